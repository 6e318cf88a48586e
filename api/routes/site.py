"""What other sites ask for: the sitemap, and the script that shows the chat in a frame."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from api.dependencies import CatalogueDep, RendererDep, SettingsDep, SiteDep
from api.rendering.html import EMBED_SCRIPT
from api.routes import places
from api.routes.procedures import LIST_PATH, PATH
from knowledge_base.procedure import Detail, Procedure

__all__ = ["router"]

router = APIRouter()
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES = ("/", LIST_PATH, places.PATH)


@router.get("/sitemap.xml")
def sitemap(catalogue: CatalogueDep, site: SiteDep) -> Response:
    """List the pages with something to read: procedures that are known by name alone are not."""
    pages: list[tuple[str, date | None]] = [(path, None) for path in _PAGES]
    pages += _procedure_pages(catalogue)
    root = ElementTree.Element("urlset", xmlns=_NAMESPACE)
    for path, day in pages:
        entry = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(entry, "loc").text = site + path
        if day is not None:
            ElementTree.SubElement(entry, "lastmod").text = day.isoformat()
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, media_type="application/xml")


@router.get("/embed.js")
def embed_script() -> FileResponse:
    """The launcher; any site may load it, only those of the settings get the frame."""
    headers = {"Cache-Control": "max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
    return FileResponse(EMBED_SCRIPT, media_type="text/javascript", headers=headers)


@router.get("/nhung-thu", response_class=HTMLResponse)
def try_embedding(
    renderer: RendererDep, settings: SettingsDep, site: SiteDep, procedure: str = ""
) -> str:
    """Show the launcher as citizens would see it on another site."""
    return renderer.render_embedding(
        site,
        allowed=settings.frame_ancestors,
        secure=settings.secure_cookies,
        procedure=procedure if len(procedure) <= 40 else "",
    )


@router.get("/robots.txt", response_class=PlainTextResponse)
def robots(site: SiteDep) -> str:
    """Let the pages be found; a case in the query is one citizen's and no page of its own."""
    return f"User-agent: *\nDisallow: /chat/\nDisallow: /*?\nSitemap: {site}/sitemap.xml\n"


def _procedure_pages(procedures: Iterable[Procedure]) -> list[tuple[str, date | None]]:
    return [
        (PATH.format(code=procedure.code), procedure.source.checked_on)
        for procedure in procedures
        if procedure.detail == Detail.FULL
    ]
