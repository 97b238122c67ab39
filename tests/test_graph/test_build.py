from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.build import BuiltGraph, build, inputs_digest
from graph.sources import SourceError, load_sources

PLAN = (
    "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\n\nSố: {number}\nNghệ An, ngày 05 tháng 01 năm 2026\n\nKẾ HOẠCH\n"
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị\n\nPHỤ LỤC\n"
    "TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời hạn\n1\tXây dựng kho dữ liệu dùng chung\t{lead}\tSở Tài chính\tQuý II/2026\n"
)


def folder_of(tmp_path: Path, **texts: str) -> Path:
    """A folder of sources with their manifest."""
    blocks = []
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        blocks.append(
            f'[[source]]\nid = "{name}"\nfile = "{name}.txt"\nsha256 = "{sha256}"\ntitle = "{name}"\narea = "nghe-an"\n'
        )
    (tmp_path / "sources.toml").write_text("".join(blocks), encoding="utf-8")
    return tmp_path


def run(folder: Path) -> BuiltGraph:
    with ThreadPoolExecutor(1) as executor:
        return build(load_sources(folder), executor, lambda done, total, one: None)


def test_two_builds_are_identical_whatever_the_order_of_sources(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir(), (tmp_path / "y").mkdir()
    one, two = PLAN.format(number="1/KH-UBND", lead="Sở Y tế"), PLAN.format(number="2/KH-UBND", lead="Công an tỉnh")
    first, second = run(folder_of(tmp_path / "x", a=one, b=two)), run(folder_of(tmp_path / "y", b=two, a=one))
    assert first.nquads == second.nquads
    assert first.conforms
    assert first.counts["Task"] == 2


def test_the_digest_of_inputs_changes_with_a_source(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=PLAN.format(number="1/KH-UBND", lead="Sở Y tế"))
    before = inputs_digest(load_sources(folder))
    assert before == inputs_digest(load_sources(folder))
    folder_of(tmp_path, a=PLAN.format(number="1/KH-UBND", lead="Sở Nội vụ"))
    assert inputs_digest(load_sources(folder)) != before


def test_a_source_that_is_no_plan_fails_the_build_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"a\.txt: is no plan"):
        run(folder_of(tmp_path, a="Danh sách mua hàng\n- gạo\n"))
