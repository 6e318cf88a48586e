"""`GET /noi-nop`: where a commune's people hand in their dossiers. It needs no bot."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from api.dependencies import (
    LaterCatalogueDep,
    OfficesDep,
    PlaceRendererDep,
    SiteDep,
)
from dossiers.masking import mask_personal
from knowledge_base.places import find_places
from knowledge_base.text import clean

__all__ = ["PATH", "router"]

PATH = "/noi-nop"

router = APIRouter()
_LONGEST_QUERY = 200


@router.get(PATH, response_class=HTMLResponse)
async def where(
    catalogue: LaterCatalogueDep,
    offices: OfficesDep,
    renderer: PlaceRendererDep,
    site: SiteDep,
    q: str = "",
    procedure: str = "",
) -> HTMLResponse:
    """Show the commune of today for the old or new name in `q`, and its office if it is known."""
    asked = mask_personal(clean(q)[:_LONGEST_QUERY])
    named = (await catalogue()).find(procedure) if procedure else None
    found = await run_in_threadpool(find_places, asked) if asked else []
    html = renderer.render(asked, found, await offices(), procedure=named, site=site)
    return HTMLResponse(html)
