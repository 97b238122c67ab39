"""/data: where the data are to be had, under which licence, how to cite them, and what tells whether to trust them."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.catalogue.texts import load_texts
from graph.dumps.files import DumpFile
from service.changes import numbers_of
from service.dumps import citation, files_of, title_of
from service.pages import language_of, page_response
from service.shared import service_of

router = APIRouter()

_PARTS = "documents/"  # the folder of the files of each document, of which there are many


@router.api_route("/data", methods=["GET", "HEAD"])
async def data(request: Request) -> Response:
    """Return the page of the data of the release in use."""
    release = service_of(request).releases.current()
    files = files_of(release)
    context = {
        "files": sorted((one for one in files if not one.path.startswith(_PARTS)), key=_metadata_last),
        "parts": sum(one.path.startswith(_PARTS) for one in files),
        "whole": sum(one.size for one in files),
        "citation": citation(request, release),
        "title": title_of,
        "licence": load_texts().licence,
        "records": numbers_of(release),
    }
    return page_response(request, release, "data.html", language_of(request), **context)


def _metadata_last(file: DumpFile) -> tuple[bool, str]:
    return title_of(file) is None, file.path
