"""`/tinh-nguyen`: the volunteer's page, its list of procedures, its scripts and its copy.

Nothing here knows of a person: what a volunteer writes down stays in the browser.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import CatalogueDep, OfflineDep, SiteDep
from api.offline.edition import guided
from api.routes import procedures
from api.security import is_same_origin
from knowledge_base.life_events import load_events

__all__ = ["COPY", "LIST", "PAGE", "SCRIPTS", "router"]

PAGE = "/tinh-nguyen"
LIST = f"{PAGE}/thu-tuc"
COPY = f"{PAGE}/du-lieu.json"
SCRIPTS = f"{PAGE}/ma/{{version}}"

router = APIRouter()
_UNCHANGING = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_OUR_COOKIES = "motcua_"


@router.get(PAGE, response_class=HTMLResponse)
def page(offline: OfflineDep) -> HTMLResponse:
    """Show the page. It is the same for everybody, so that it can be kept."""
    return HTMLResponse(offline.page(), headers={"Cache-Control": _ASK_AGAIN})


@router.get(LIST, response_class=HTMLResponse)
def procedure_list(catalogue: CatalogueDep, offline: OfflineDep) -> HTMLResponse:
    """Show the journeys and the procedures with guidance, for a browser without scripts."""
    return HTMLResponse(offline.pages.render_list(guided(catalogue), load_events(), catalogue.find))


@router.get(COPY)
async def copy(
    catalogue: CatalogueDep,
    offline: OfflineDep,
    site: SiteDep,
    accept_encoding: Annotated[str, Header()] = "",
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """Give the copy for places without a signal; 304 where the browser has this very one."""
    edition = await offline.library.edition(catalogue, f"{site}{procedures.PATH}")
    headers = {
        "ETag": edition.tag,
        "Cache-Control": _ASK_AGAIN,
        "X-Edition": edition.version,
        "X-Edition-Date": edition.made_on.isoformat(),
    }
    if edition.tag in if_none_match:
        return Response(status_code=304, headers=headers)
    return _smaller(
        edition.content, edition.compressed, accept_encoding, headers, "application/json"
    )


@router.get(f"{SCRIPTS}/{{name}}")
def script(
    version: str, name: str, offline: OfflineDep, accept_encoding: Annotated[str, Header()] = ""
) -> Response:
    """Give one module of the page's script."""
    found = offline.scripts.find(version, name)
    if found is None:
        return Response(status_code=404)
    headers = {"Cache-Control": _UNCHANGING}
    return _smaller(*found, accept_encoding, headers, "text/javascript")


@router.post(f"{PAGE}/nguoi-tiep-theo")
def next_person(request: Request) -> Response:
    """Part this browser from the last person: their conversation, and the dossiers they follow.

    Every cookie of this site goes, whichever page set it: the next person must not see any of it.
    """
    if not is_same_origin(request):
        return Response("Yêu cầu không đến từ trang này.", status_code=403)
    response = Response(status_code=204)
    for name in request.cookies:
        if name.startswith(_OUR_COOKIES):
            response.delete_cookie(name, httponly=True, samesite="lax")
    return response


def _smaller(
    content: bytes, compressed: bytes, accepted: str, headers: dict[str, str], media_type: str
) -> Response:
    headers = {**headers, "Vary": "Accept-Encoding"}
    if "gzip" not in accepted.lower():
        return Response(content, headers=headers, media_type=media_type)
    headers["Content-Encoding"] = "gzip"
    return Response(compressed, headers=headers, media_type=media_type)
