"""What makes the site installable: the service worker, the manifest, the page without a signal."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, Response

from api.dependencies import OfflineDep

__all__ = ["AWAY", "MANIFEST", "WORKER", "router"]

WORKER = "/sw.js"
MANIFEST = "/manifest.webmanifest"
AWAY = "/ngoai-tuyen"

router = APIRouter()
_ASK_AGAIN = {"Cache-Control": "no-cache"}


@router.get(WORKER)
def worker(offline: OfflineDep) -> Response:
    """Give the service worker; it changes with anything it keeps."""
    return Response(offline.worker(), headers=_ASK_AGAIN, media_type="text/javascript")


@router.get(MANIFEST)
def manifest(offline: OfflineDep) -> JSONResponse:
    """Say how the page is installed."""
    return JSONResponse(
        offline.manifest(), headers=_ASK_AGAIN, media_type="application/manifest+json"
    )


@router.get(AWAY, response_class=HTMLResponse)
def away(offline: OfflineDep) -> HTMLResponse:
    """Show the page that stands for any other without a signal."""
    return HTMLResponse(offline.pages.render_away(), headers=_ASK_AGAIN)
