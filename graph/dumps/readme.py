"""The README of a dump: what the files are, how they may be used, what each column holds."""

from __future__ import annotations

from collections.abc import Sequence

from graph.catalogue.texts import Texts
from graph.dumps.files import CHECKSUMS, CSVW_METADATA, Titled
from graph.dumps.tables import SEPARATOR, Column, Table
from graph.namespaces import BASE


def readme(files: Sequence[Titled], tables: Sequence[Table], texts: Texts) -> str:
    """Markdown, each text in Vietnamese and English."""
    parts = [
        f"# {texts.whole.title.vi} / {texts.whole.title.en}",
        texts.whole.description.vi,
        texts.whole.description.en,
        f"Giấy phép / Licence: [CC BY 4.0]({texts.licence.deed}). {texts.licence.rights.vi} {texts.licence.rights.en}",
        f"Nguồn / Source: <{BASE}>. `sha256sum -c {CHECKSUMS}` kiểm tra các tệp / checks the files.",
        _files(files),
        f"Trong bảng, các giá trị của một danh sách cách nhau bằng `{SEPARATOR}`; "
        f"`{CSVW_METADATA}` nêu kiểu dữ liệu và khóa. / In the tables the values of a list are parted by "
        f"`{SEPARATOR}`; `{CSVW_METADATA}` has datatypes and keys (CSV on the Web).",
        *(_table(table) for table in tables),
    ]
    return "\n\n".join(parts) + "\n"


def _files(files: Sequence[Titled]) -> str:
    rows = [f"| `{one.file.path}` | {one.title.vi} | {one.title.en} | {one.file.size} |" for one in files]
    return "\n".join(["| tệp / file | nội dung | content | byte |", "|---|---|---|---|", *rows])


def _table(table: Table) -> str:
    head = f"## {table.name}\n\n{table.description.vi} {table.description.en}\n"
    rows = ["| cột / column | nội dung | content | đơn vị / unit | kiểu / type |", "|---|---|---|---|---|"]
    for one in table.columns:
        rows.append(f"| `{one.name}` | {one.title.vi} | {one.title.en} | {_unit(one)} | {_type(one)} |")
    return "\n".join([head, *rows])


def _unit(column: Column) -> str:
    return f"{column.unit.vi} / {column.unit.en}" if column.unit else ""


def _type(column: Column) -> str:
    kind = f"{column.type} → `{column.references}.id`" if column.references else column.type
    return f"danh sách / list: {kind}" if column.many else kind
