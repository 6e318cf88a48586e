"""What makes the site installable: the service worker, the manifest, the page without a signal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, Response

from api.dependencies import OfflineDep
from api.offline.site import Addresses, OfflineSite
from api.rendering.html import HtmlRenderer
from api.routes import volunteer
from knowledge_base.answer import Texts
from knowledge_base.answer.blocks import Contact

__all__ = ["AWAY", "MANIFEST", "WORKER", "open_offline_site", "router"]

WORKER = "/sw.js"
MANIFEST = "/manifest.webmanifest"
AWAY = "/ngoai-tuyen"

router = APIRouter()
_ASK_AGAIN = {"Cache-Control": "no-cache"}


def open_offline_site(
    html: HtmlRenderer, texts: Texts, office: Contact, today: Callable[[], date], static: Path
) -> OfflineSite:
    """The volunteer's part of the site at the addresses of its routes; `static` holds its files."""
    addresses = Addresses(
        page=volunteer.PAGE,
        copy=volunteer.COPY,
        away=AWAY,
        scripts=volunteer.SCRIPTS,
        static="/static",
    )
    folder = static / "volunteer"
    return OfflineSite(html, texts, office, today, addresses=addresses, folder=folder)


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
