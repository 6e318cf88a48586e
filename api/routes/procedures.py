"""`GET /thu-tuc/{code}`: the page of one procedure. It needs no bot and stores nothing."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dependencies import CatalogueDep, ProcedureRendererDep
from api.rendering.procedure import Case
from knowledge_base.procedure import Procedure

__all__ = ["PATH", "router"]

PATH = "/thu-tuc/{code}"

router = APIRouter()
_QUESTION = "q_"


@router.get(PATH, response_class=HTMLResponse)
def page(
    code: str, request: Request, catalogue: CatalogueDep, renderer: ProcedureRendererDep
) -> HTMLResponse:
    """Show the procedure for the case that the query describes.

    `q_<question>=<option>` answers a question, `have=<paper>` says that a paper is at hand, and
    `check` asks what is missing. What the procedure does not know is ignored.
    """
    procedure = catalogue.find(code)
    if procedure is None:
        return HTMLResponse(renderer.render_unknown(), status_code=404)
    address = f"{request.url.netloc}{PATH.format(code=procedure.code)}"
    case = _read_case(procedure, request)
    return HTMLResponse(renderer.render_page(procedure, case, find=catalogue.find, address=address))


def _read_case(procedure: Procedure, request: Request) -> Case:
    query = request.query_params
    given = {question.id: query.get(_QUESTION + question.id) for question in procedure.questions}
    return Case(
        answers={question: option for question, option in given.items() if option is not None},
        have=frozenset(query.getlist("have")),
        checked="check" in query,
    )
