"""/dumps/…: the files of every release that is kept, under its id; a date or "current" leads to the id it means."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from graph.catalogue.texts import filled, load_texts
from graph.dumps.files import CHECKSUMS, CSVW_METADATA, DUMPS, DumpFile, read_checksums
from graph.dumps.tables import load_tables
from graph.questions.question import Text
from service.answers import RELEASE_HEADER, asked_format, content_response, json_content, not_modified
from service.changes import numbers_of
from service.pages import HTML, language_of, render
from service.problems import Problem
from service.releases import Release
from service.shared import public_url, service_of

router = APIRouter(prefix="/dumps")

_FOREVER = "public, max-age=31536000, immutable"  # a file of a release never changes


@dataclass(frozen=True, slots=True)
class Listed:
    """A release that is kept: its id, when it was issued, whether it is the one in use, and how many records it added,
    removed and changed; None where it does not say so."""

    id: str
    issued: str
    current: bool
    changes: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation of a release names: when it was issued (ISO 8601), its lasting address, and the SHA-256 of its
    SHA256SUMS, which stands for all its files; empty where there is none."""

    id: str
    issued: str
    address: str
    sha256: str


def citation(request: Request, release: Release) -> Citation:
    """Return what a citation of a release names."""
    address = f"{public_url(request)}/dumps/{release.id}/"
    return Citation(release.id, release.issued, address, _checksum(release.folder / DUMPS / CHECKSUMS))


@router.api_route("", methods=["GET", "HEAD"], include_in_schema=False)
@router.api_route("/", methods=["GET", "HEAD"])
async def releases(request: Request) -> Response:
    """List the releases whose files are kept, the newest first."""
    known = service_of(request).releases
    current = known.current()
    listed = [Listed(one.id, one.issued, one.id == current.id, numbers_of(one)) for one in reversed(known.kept())]
    if asked_format(request, ("text/html", "application/json")) == "application/json":
        content = [asdict(one) for one in listed]
        return content_response(request, current, json_content(content), "application/json")
    page = render(request, "dumps.html", language_of(request), release=current, listed=listed)
    return content_response(request, current, page, HTML)


@router.api_route("/{name}/", methods=["GET", "HEAD"])
async def files(request: Request, name: str) -> Response:
    """List the files of a release with their sizes and checksums."""
    release = _release(request, name)
    if release.id != name:
        return _moved(request, release, "")
    found = files_of(release)
    if asked_format(request, ("text/html", "application/json")) == "application/json":
        content = [{"path": one.path, "size": one.size, "sha256": one.sha256} for one in found]
        return content_response(request, release, json_content(content), "application/json")
    context = {"of": release, "files": found, "citation": citation(request, release), "title": title_of}
    context |= {"release": service_of(request).releases.current(), "licence": load_texts().licence}
    page = render(request, "dump.html", language_of(request), **context)
    return content_response(request, release, page, HTML)


@router.api_route("/{name}/{path:path}", methods=["GET", "HEAD"])
async def file(request: Request, name: str, path: str) -> Response:
    """Return a file of a release; parts of it too (Range)."""
    release = _release(request, name)
    if release.id != name:
        return _moved(request, release, path)
    digests = _digests(release)
    if path not in digests:
        vi = f"Bản dữ liệu {name} không có tệp {path}; /dumps/{name}/ liệt kê các tệp của bản này."
        raise Problem("not-found", f"The release {name} has no file {path}; /dumps/{name}/ lists those it has.", vi=vi)
    headers = _headers(release, path, digests[path])
    if not_modified(request, headers):
        return Response(status_code=304, headers=headers)
    found = DumpFile(path, 0, digests[path])
    media_type = "application/gzip" if found.compressed else found.format.media_type
    return FileResponse(release.folder / DUMPS / path, headers=headers, media_type=media_type)


def _release(request: Request, name: str) -> Release:
    release = service_of(request).releases.find(name)
    if release is None:
        vi = f"Không có bản dữ liệu {name}; /dumps/ liệt kê các bản còn giữ."
        raise Problem("not-found", f"There is no release {name}; /dumps/ lists those that are kept.", vi=vi)
    return release


def _moved(request: Request, release: Release, path: str) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    location = f"{service_of(request).settings.public_url}/dumps/{release.id}/{path}{query}"
    return Response(status_code=302, headers={"Location": location, "Cache-Control": "no-cache"})


def _digests(release: Release) -> Mapping[str, str]:
    """The checksums of the files that are served: those of SHA256SUMS, and that file itself."""
    digests = read_checksums(release.folder / DUMPS)
    return {**digests, CHECKSUMS: release.id} if digests else {}


def files_of(release: Release) -> Sequence[DumpFile]:
    """Return the files of a release with their sizes and checksums; none where it has no dumps."""
    folder: Path = release.folder / DUMPS
    digests = {**_digests(release), CHECKSUMS: _checksum(folder / CHECKSUMS)} if _digests(release) else {}
    return [DumpFile(path, (folder / path).stat().st_size, sha256) for path, sha256 in digests.items()]


def title_of(file: DumpFile) -> Text | None:
    """Return what a file of a release holds, in words; None for metadata."""
    texts, tables = load_texts().files, {one.name: one.title for one in load_tables()}
    folder, name = file.path.rpartition("/")[0], file.name
    words = {"format": Text(file.format.name, file.format.name)}
    match folder:
        case "tables" if name in tables:
            return filled(texts["table"], {**words, "table": tables[name]})
        case "documents":
            return filled(texts["document"], words)
        case "" if name in ("phancong", "vocabulary"):
            return filled(texts[name], words)
        case _:
            return None


@lru_cache(maxsize=16)
def _checksum(path: Path) -> str:
    """The SHA-256 of a file of a release, which never changes; empty where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _headers(release: Release, path: str, digest: str) -> dict[str, str]:
    links = [f'<{load_texts().licence.deed}>; rel="license"']
    if path.endswith(".csv"):  # Model for Tabular Data, section 5.2; first, because some clients look at no other
        links.insert(0, f'<{CSVW_METADATA}>; rel="describedby"; type="application/csvm+json"')
    headers = {
        RELEASE_HEADER: release.id,
        "ETag": f'"{digest}"',
        "Cache-Control": _FOREVER,
        "Link": ", ".join(links),
    }
    if path != CHECKSUMS:  # RFC 9530
        headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:"
    return headers
