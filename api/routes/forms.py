"""`/bieu-mau`: the form library to read, and its files to download. It stores nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import (
    CatalogueDep,
    DocumentLimiterDep,
    FormDocumentsDep,
    FormRendererDep,
    FormsDep,
    client_address,
)
from api.form_documents import DocumentKind, FormDocument
from api.form_filling.desk import PAGE_PATH
from api.rendering.form import FormAddresses
from knowledge_base.answer import FORM_PATH
from knowledge_base.forms import Example, Form, RenderingError

__all__ = ["ADDRESSES", "LIST_PATH", "router"]

LIST_PATH = "/bieu-mau"
_BLANK_PATH = f"{FORM_PATH}/mau-trong.{{kind}}"
_EXAMPLE_PATH = f"{FORM_PATH}/vi-du/{{number}}.{{kind}}"
ADDRESSES = FormAddresses(page=FORM_PATH, blank=_BLANK_PATH, example=_EXAMPLE_PATH, fill=PAGE_PATH)
_LONGEST_SEARCH = 200

router = APIRouter()


@router.get(LIST_PATH, response_class=HTMLResponse)
def list_forms(
    forms: FormsDep,
    catalogue: CatalogueDep,
    renderer: FormRendererDep,
    tim: Annotated[str, Query()] = "",
) -> HTMLResponse:
    """Show every form, or those that hold the words of `tim`."""
    search = " ".join(tim.split())[:_LONGEST_SEARCH]
    return HTMLResponse(renderer.render_list(forms, search, catalogue.find))


@router.get(FORM_PATH, response_class=HTMLResponse)
def page(
    form: str, forms: FormsDep, catalogue: CatalogueDep, renderer: FormRendererDep
) -> HTMLResponse:
    """Show one form: what each field asks, worked examples, a wrong one, the source."""
    found = forms.find(form)
    if found is None:
        return HTMLResponse(renderer.render_message("unknown"), status_code=404)
    return HTMLResponse(renderer.render_form(found, catalogue.find))


@router.get(_BLANK_PATH)
def blank(
    form: str,
    kind: str,
    request: Request,
    forms: FormsDep,
    documents: FormDocumentsDep,
    limiter: DocumentLimiterDep,
    renderer: FormRendererDep,
) -> Response:
    """Send the blank form as DOCX or PDF."""
    found = forms.find(form)
    if found is None or kind not in set(DocumentKind):
        return HTMLResponse(renderer.render_message("unknown"), status_code=404)
    name = f"{found.id}-mau-trong"
    return _send(request, documents, limiter, renderer, found, None, DocumentKind(kind), name)


@router.get(_EXAMPLE_PATH)
def example(
    form: str,
    number: str,
    kind: str,
    request: Request,
    forms: FormsDep,
    documents: FormDocumentsDep,
    limiter: DocumentLimiterDep,
    renderer: FormRendererDep,
) -> Response:
    """Send the example of this number, from 1 in the order of the page, as DOCX or PDF."""
    found = forms.find(form)
    chosen = _example(found, number) if found else None
    if found is None or chosen is None or kind not in set(DocumentKind):
        return HTMLResponse(renderer.render_message("unknown"), status_code=404)
    name = f"{found.id}-vi-du-{number}"
    return _send(request, documents, limiter, renderer, found, chosen, DocumentKind(kind), name)


def _example(form: Form, number: str) -> Example | None:
    named = {str(place): example for place, example in enumerate(form.examples, 1)}
    return named.get(number)


def _send(
    request: Request,
    documents: FormDocumentsDep,
    limiter: DocumentLimiterDep,
    renderer: FormRendererDep,
    form: Form,
    example: Example | None,
    kind: DocumentKind,
    name: str,
) -> Response:
    document = documents.find(form, example, kind)
    if document is None:
        # Only making one costs anything: what lies ready is sent to whoever asks.
        address = client_address(request)
        if not limiter.allows(address, address):
            page = renderer.render_message("too_many")
            return HTMLResponse(page, status_code=429, headers={"Retry-After": "60"})
        try:
            document = documents.make(form, example, kind)
        except RenderingError:
            return HTMLResponse(renderer.render_message("not_made"), status_code=503)
    return _file(request, document, name)


def _file(request: Request, document: FormDocument, name: str) -> Response:
    """The file; a PDF opens in the browser, a DOCX is saved."""
    disposition = "inline" if document.kind == DocumentKind.PDF else "attachment"
    headers = {
        "ETag": document.tag,
        "Cache-Control": "public, max-age=3600",
        "Content-Disposition": f'{disposition}; filename="{name}.{document.kind}"',
    }
    if request.headers.get("if-none-match") == document.tag:
        return Response(status_code=304, headers=headers)
    return Response(document.content, media_type=document.kind.media_type, headers=headers)
