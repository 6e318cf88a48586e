"""`/thu-tuc`: find a procedure, read its page, take its sheet as a PDF.

No page here needs the bot, and none stores anything.
"""

from __future__ import annotations

import logging

import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from api.dependencies import (
    CatalogueDep,
    DocumentLimiterDep,
    ListRendererDep,
    ProcedureRendererDep,
    SearchDep,
    SiteDep,
    client_address,
)
from api.rendering.procedure import QUESTION, SHEET_STYLE, Case
from dossiers.codes import NumberKind, identify_number
from knowledge_base.errors import RenderingError
from knowledge_base.pdf import make_pdf
from knowledge_base.procedure import Procedure
from knowledge_base.search import Verdict
from knowledge_base.text import clean

__all__ = ["LIST_PATH", "PATH", "router"]

LIST_PATH = "/thu-tuc"
PATH = "/thu-tuc/{code}"

logger = logging.getLogger(__name__)
router = APIRouter()
_SHOWN = 10
_SHOWN_UNSURE = 5
_LONGEST_QUERY = 200
_PRIVATE = (NumberKind.IDENTITY_NUMBER, NumberKind.PHONE_NUMBER)


@router.get(LIST_PATH, response_class=HTMLResponse)
async def find(
    catalogue: CatalogueDep,
    search: SearchDep,
    renderer: ListRendererDep,
    site: SiteDep,
    q: str = "",
) -> HTMLResponse:
    """Show the procedures that `q` may mean, best first; without `q`, the fields to look in."""
    asked = clean(q)[:_LONGEST_QUERY]
    if not asked:
        return HTMLResponse(await run_in_threadpool(renderer.render_fields, catalogue, site))
    if identify_number(asked) in _PRIVATE:
        return HTMLResponse(renderer.render_refusal(site))
    named = catalogue.find(asked)
    if named is not None:
        return HTMLResponse(renderer.render_found(asked, [named], sure=True, site=site))
    engine = await search()
    decision = await run_in_threadpool(engine.decide, asked)
    sure = decision.verdict != Verdict.REFUSE
    hits = await run_in_threadpool(engine.search, asked, _SHOWN if sure else _SHOWN_UNSURE)
    found = [hit.procedure for hit in hits]
    return HTMLResponse(renderer.render_found(asked, found, sure=sure, site=site))


# Before the page itself, whose code would take the ending as its own.
@router.get(PATH + ".pdf")
async def sheet(
    code: str,
    request: Request,
    catalogue: CatalogueDep,
    renderer: ProcedureRendererDep,
    limiter: DocumentLimiterDep,
    site: SiteDep,
) -> Response:
    """The sheet to print for the case of the query, as an accessible PDF."""
    procedure = catalogue.find(code)
    if procedure is None:
        return HTMLResponse(renderer.render_unknown(), status_code=404)
    address = client_address(request)
    if not limiter.allows(address, address):
        return PlainTextResponse(renderer.words["pdf_too_many"], status_code=429)
    case = _read_case(procedure, request)
    html = renderer.render_sheet(procedure, case, find=catalogue.find, site=site)
    try:
        pdf = await anyio.to_thread.run_sync(
            make_pdf, html, SHEET_STYLE, limiter=request.app.state.pdf_makers
        )
    except RenderingError as error:
        logger.error("pdf.unavailable reason=%s", error)
        return PlainTextResponse(renderer.words["pdf_failed"], status_code=503)
    named = f'inline; filename="phieu-{procedure.code}.pdf"'
    return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": named})


@router.get(PATH, response_class=HTMLResponse)
def page(
    code: str,
    request: Request,
    catalogue: CatalogueDep,
    renderer: ProcedureRendererDep,
    site: SiteDep,
) -> HTMLResponse:
    """Show the procedure for the case that the query describes.

    `q_<question>=<option>` answers a question, `have=<paper>` says that a paper is at hand, and
    `check` asks what is missing. What the procedure does not know is ignored.
    """
    procedure = catalogue.find(code)
    if procedure is None:
        return HTMLResponse(renderer.render_unknown(), status_code=404)
    case = _read_case(procedure, request)
    return HTMLResponse(renderer.render_page(procedure, case, find=catalogue.find, site=site))


def _read_case(procedure: Procedure, request: Request) -> Case:
    query = request.query_params
    given = {question.id: query.get(QUESTION + question.id) for question in procedure.questions}
    return Case(
        answers={question: option for question, option in given.items() if option is not None},
        have=frozenset(query.getlist("have")),
        checked="check" in query,
    )
