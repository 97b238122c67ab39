"""/health: whether the process is there, and whether it can answer."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from service.leases import leased, select
from service.shared import service_of

router = APIRouter(prefix="/health")


@router.get("/live")
async def live() -> JSONResponse:
    """Say that the process handles requests."""
    return JSONResponse({"status": "live"})


@router.get("/ready")
async def ready(request: Request) -> JSONResponse:
    """Say that a release is open and a worker answers from it; otherwise a problem with status 503 says why not.

    After the start it comes when what the first reader would wait for has been read, in a second or two.
    """
    await asyncio.shield(request.app.state.prepared)
    service = service_of(request)
    async with leased(service.known_pool, service.settings) as lease:
        await select(lease, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1")
        return JSONResponse({"status": "ready", "release": lease.release.id, "issued": lease.release.issued})
