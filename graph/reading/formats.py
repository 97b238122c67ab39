"""Which format a file has, known from its first bytes, never from its name."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import IO, Literal

from graph.reading.limits import Limits, UnreadableError
from graph.reading.rendition import Rendition

Format = Literal["text", "word", "spreadsheet", "webpage", "pdf"]
Reader = Callable[[IO[bytes], Limits], Rendition]

ENDINGS: dict[Format, str] = {
    "text": ".txt",
    "word": ".docx",
    "spreadsheet": ".xlsx",
    "webpage": ".html",
    "pdf": ".pdf",
}
_PDF_WITHIN = 1024  # bytes before its mark that a PDF may hold (ISO 32000-1, Annex H, note 13)
_OPENING = 4096  # bytes by which a web page is known
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|\?xml[^>]*>\s*<(?:!doctype\s+)?html|html|head|body|meta|title|div|p|table|center|font|span|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(rb"^(?:\|[ \t|:-]*-{3}[ \t|:-]*\||#{1,6} \S.*|\*\*[^<>*\r\n]+\*\*)[ \t]*\r?$", re.MULTILINE)
"""A line that only Markdown has, into which converters put the tables that it cannot write as HTML."""
_WHOLE_PAGE = re.compile(rb"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_MAIN_PARTS: dict[str, Format] = {"word/document.xml": "word", "xl/workbook.xml": "spreadsheet"}
_OFFICE_XML = re.compile(rb"<(?:pkg:package|w:wordDocument|(?:ss:)?Workbook|office:document)\b")
_REFUSED = (
    (b"{\\rtf", "is rich text (.rtf); save it as Word (.docx)"),
    (b"\x89PNG", "is an image; recognise its text (OCR) first"),
    (b"\xff\xd8\xff", "is an image; recognise its text (OCR) first"),
    (b"II*\0", "is an image; recognise its text (OCR) first"),
    (b"MM\0*", "is an image; recognise its text (OCR) first"),
    (b"Rar!", "is an archive; unpack it first"),
    (b"7z\xbc\xaf", "is an archive; unpack it first"),
    (b"\x1f\x8b", "is an archive; unpack it first"),
    (b"MIME-Version:", "is a web archive (.mht); save it as HTML or Word (.docx)"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def recognise(data: bytes, limits: Limits) -> Format:
    """The format of a file; what nothing else is known of is text. Raises :class:`UnreadableError` for a format that
    is known and not read here, with what to do about it."""
    if data.startswith(b"PK\x03\x04"):
        return _of_archive(data, limits)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableError("is encrypted; save it without a password")
        raise UnreadableError("is a file of Office 97-2003 (.doc, .xls); save it as .docx or .xlsx")
    for mark, reason in _REFUSED:
        if data.startswith(mark):
            raise UnreadableError(reason)
    if _OFFICE_XML.search(data[:_OPENING]):
        raise UnreadableError("is XML of an office program; save it as .docx or .xlsx")
    opening = _opening(data)
    is_page = _PAGE.match(opening) and (_WHOLE_PAGE.search(opening) or not _MARKDOWN.search(data))
    return "webpage" if is_page else "text"


def _opening(data: bytes) -> bytes:
    """The first bytes of a file, as UTF-8 where it says itself that it is UTF-16."""
    opening = data[:_OPENING]
    if opening.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return opening.decode("utf-16", errors="replace").encode()
    return opening


def _of_archive(data: bytes, limits: Limits) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableError(f"is a damaged or truncated archive: {error}") from None
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("is encrypted; save it without a password")
    expanded = sum(member.file_size for member in members)
    if expanded > limits.expanded_bytes:
        raise UnreadableError(
            f"unpacks to {expanded} bytes, more than PHANCONG_EXPANDED_BYTES allows ({limits.expanded_bytes})"
        )
    found = next((_MAIN_PARTS[member.filename] for member in members if member.filename in _MAIN_PARTS), None)
    if found is None:
        what = "OpenDocument" if any(member.filename == "content.xml" for member in members) else "an archive"
        raise UnreadableError(f"is {what}, neither Word nor a spreadsheet; save it as .docx or .xlsx")
    return found


def reader(format: Format, *, recognise: bool = False, allow: Callable[[int], None] | None = None) -> Reader:
    """The reader of a format that is no text; imported only here, for its libraries take their time. Of PDFs:
    ``recognise`` the text of scanned pages; ``allow`` is told the seconds that all pages may take once they are
    counted."""
    read = import_module(f"graph.reading.{format}").read
    found: Reader = partial(read, recognise=recognise, allow=allow) if format == "pdf" else read
    return found
