"""Pages of long answers: opaque cursors, and the Link header that leads from page to page (RFC 8288).

A cursor says where a page begins. It belongs to what was asked and to a release: rows may stand elsewhere in the next
one, so that a cursor of another is refused and not answered wrongly. What proves this is a digest, and no secret: a
cursor gives nobody more than the pages that there are.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request

from service.links import Link
from service.problems import Problem
from service.releases import Release
from service.shared import public_url

RESERVED = ("limit", "cursor")
"""The parameters of an address that are about its pages."""

_DIGEST_BYTES = 9
_LONGEST_LIMIT = 9  # digits


@dataclass(frozen=True, slots=True)
class Page:
    """A part of an answer: its first row, counted from 0, and how many rows it may have; None for all that follow."""

    start: int
    limit: int | None

    def links(self, request: Request, release: Release, total: int) -> list[Link]:
        """Return links to the first, previous, next and last page, each where there is one; none for a single page."""
        if self.limit is None or total == 0 or (self.start == 0 and total <= self.limit):
            return []
        last = self.start + (total - self.start - 1) // self.limit * self.limit
        starts = {"first": 0}
        if self.start > 0:
            starts["prev"] = max(0, self.start - self.limit)
        if self.start + self.limit < total:
            starts["next"] = self.start + self.limit
        starts["last"] = last
        return [Link(name, self._of_page(request, release, start)) for name, start in starts.items()]

    def _of_page(self, request: Request, release: Release, start: int) -> str:
        if not start:
            return changed(request, {}, without=("cursor",))
        return changed(request, {"cursor": _cursor(request, release, start, self.limit)})


def address(request: Request, parameters: Iterable[tuple[str, str]]) -> str:
    """Return the address of a request as the public sees it, with these parameters in place of its own."""
    query = urlencode(list(parameters))
    return f"{public_url(request)}{request.url.path}" + (f"?{query}" if query else "")


def changed(request: Request, parameters: Mapping[str, str], without: Iterable[str] = ()) -> str:
    """Return the address of a request with some parameters changed or added, and without some."""
    left_out = {*without, *parameters}
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in left_out]
    return address(request, [*kept, *parameters.items()])


def page_of(request: Request, release: Release, usual: int | None = None) -> Page:
    """Return the part of an answer that ?limit= and ?cursor= ask for; `usual` is the limit where none is given.

    Raises Problem for a limit that is no whole number from 1, and for a cursor that is none of this answer's.
    """
    given = request.query_params.get("limit")
    limit = _limit(given) if given else usual
    cursor = request.query_params.get("cursor")
    if not cursor:
        return Page(0, limit)
    release_id, start, limit_then, digest = _read(cursor)
    if release_id != release.id:
        raise _bad(
            f'con trỏ thuộc bản dữ liệu "{release_id}", nay dùng bản "{release.id}"',
            f'the cursor belongs to the release "{release_id}", and "{release.id}" is in use now',
        )
    if digest != _digest(request, release_id, start, limit_then) or limit_then != limit:
        raise _bad(
            "con trỏ không thuộc câu hỏi, tham số và limit này, hoặc đã bị sửa",
            "the cursor does not belong to this question with these parameters and limit, or was changed",
        )
    return Page(start, limit)


def check_page(page: Page, total: int) -> None:
    """Raise Problem where a page begins behind the last row."""
    if page.start and page.start >= total:
        raise _bad("con trỏ chỉ ra ngoài kết quả", "the cursor points behind the last row")


def _limit(given: str) -> int:
    if not (given.isascii() and given.isdecimal() and len(given) <= _LONGEST_LIMIT and int(given) > 0):
        raise Problem(
            "bad-parameter",
            f'limit="{given}" has to be a whole number from 1, of at most {_LONGEST_LIMIT} digits.',
            {"parameter": "limit"},
            vi=f'limit="{given}" phải là số nguyên từ 1, có tối đa {_LONGEST_LIMIT} chữ số.',
        )
    return int(given)


def _cursor(request: Request, release: Release, start: int, limit: int | None) -> str:
    said = [release.id, start, limit, _digest(request, release.id, start, limit)]
    return base64.urlsafe_b64encode(json.dumps(said, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[str, int, int | None, str]:
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        match json.loads(base64.b64decode(padded, altchars=b"-_", validate=True)):
            case [str(release_id), int(start), int() | None as limit, str(digest)] if start > 0:
                return release_id, start, limit, digest
    except (binascii.Error, ValueError, RecursionError):
        pass
    raise _bad("con trỏ không do dịch vụ này cấp", "the cursor is none that this service gave out")


def _digest(request: Request, release_id: str, start: int, limit: int | None) -> str:
    passed_over = {"cursor", "format", "lang"}  # the same rows in another form
    asked = sorted(pair for pair in request.query_params.multi_items() if pair[0] not in passed_over)
    said = json.dumps([request.url.path, asked, release_id, start, limit])
    return hashlib.blake2b(said.encode(), digest_size=_DIGEST_BYTES).hexdigest()


def _bad(vi: str, en: str) -> Problem:
    return Problem("bad-cursor", f"{en[0].upper()}{en[1:]}.", {"parameter": "cursor"}, vi=f"{vi[0].upper()}{vi[1:]}.")
