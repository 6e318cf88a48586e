"""`/bieu-mau/{form}/dien`: fill in a form, one question a screen; `/tep/{token}`: fetch a file.

The screens are stateless: what was answered travels in the form of the page and back, never in an
address. Nothing is stored or logged here. A file made in the chat is fetched once.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import DocumentLimiterDep, FillingDep, FormsDep, client_address
from api.form_filling.desk import PAGE_PATH
from api.form_filling.files import FILE_PATH, FinishedFile
from api.form_filling.printing import FORMATS, print_draft
from api.form_filling.screen import Screen, read_screen, take_screen
from api.rendering.form_filling import FormFillingRenderer
from knowledge_base.forms import Form, RenderingError

__all__ = ["router"]

router = APIRouter()
logger = logging.getLogger(__name__)
_LARGEST_BODY = 512 * 1024
_MOST_FIELDS = 1000
_NO_STORE = {"Cache-Control": "no-store"}


def _form(form: str, forms: FormsDep) -> Form | None:
    return forms.find(form)


def _renderer(request: Request) -> FormFillingRenderer:
    renderer: FormFillingRenderer = request.app.state.filling_renderer
    return renderer


FoundFormDep = Annotated[Form | None, Depends(_form)]
FormFillingRendererDep = Annotated[FormFillingRenderer, Depends(_renderer)]


@router.get(PAGE_PATH, response_class=HTMLResponse)
def first_screen(found: FoundFormDep, renderer: FormFillingRendererDep) -> HTMLResponse:
    """Show the first question."""
    if found is None:
        return _page(renderer.render_unknown(), 404)
    return _page(renderer.render_screen(Screen.first(found, renderer.address), start=True))


@router.post(PAGE_PATH, response_class=HTMLResponse)
async def next_screen(
    request: Request,
    found: FoundFormDep,
    renderer: FormFillingRendererDep,
    limiter: DocumentLimiterDep,
) -> Response:
    """Take what a screen sends: an answer, a step back, a correction, or the wish for the file."""
    if found is None:
        return _page(renderer.render_unknown(), 404)
    sent = await _read_body(request)
    if sent is None:
        return _page(
            renderer.render_screen(Screen.first(found, renderer.address), fault="too_large"), 413
        )
    address = client_address(request)
    screen = read_screen(found, sent, renderer.today(), renderer.address)
    wish = sent.get("do", "next")
    if wish not in FORMATS:
        return _page(renderer.render_screen(take_screen(screen, sent, renderer.today())))
    if not limiter.allows(f"file {address}", address):
        return _page(renderer.render_screen(screen, fault="too_many"), 429)
    if screen.draft.contradictions(renderer.today()):
        return _page(renderer.render_screen(screen, fault="fix_first"), 422)
    try:
        file = await asyncio.to_thread(print_draft, screen.draft, wish, renderer.today())
    except RenderingError:
        logger.warning("filling.file_failed form=%s format=%s", found.id, wish)
        return _page(renderer.render_screen(screen, fault="make_failed"), 503)
    return _download(file)


@router.get(FILE_PATH)
def fetch_file(token: str, filling: FillingDep, renderer: FormFillingRendererDep) -> Response:
    """Hand out a file that the chat made, once."""
    file = filling.files.take(token)
    return _download(file) if file else _page(renderer.render_gone(), 404)


async def _read_body(request: Request) -> dict[str, str] | None:
    """The fields of the body; None where it is larger than any form, or no form at all."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST_BODY:
            return None
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        return None
    return dict(pairs)


def _page(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status_code=status, headers=_NO_STORE)


def _download(file: FinishedFile) -> Response:
    headers = {**_NO_STORE, "Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=file.media_type, headers=headers)
