"""`/hoi-dap`: the answer to a question left for the officers, under its code.

Nothing here may be kept by a browser or a search engine, and codes cannot be tried at will.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.dependencies import HandOverDep, QuestionPagesDep, client_address
from api.handover.codes import read_code
from api.handover.reception import QUESTIONS_PATH

__all__ = ["router"]

router = APIRouter()
_PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
_LONGEST = 20


@router.get(QUESTIONS_PATH, response_class=HTMLResponse)
def entry(pages: QuestionPagesDep, hand_over: HandOverDep, ma: str = "") -> Response:
    """Show the field for a code; a code that was typed leads to its page."""
    if not ma.strip():
        return HTMLResponse(pages.entry(), headers=_PRIVATE)
    code = read_code(ma)
    if code is None:
        error = hand_over.texts.unknown_code.format(code=ma.strip()[:_LONGEST])
        return HTMLResponse(pages.entry(code=ma.strip()[:_LONGEST], error=error), 404, _PRIVATE)
    return RedirectResponse(f"{QUESTIONS_PATH}/{code}", status_code=303, headers=_PRIVATE)


@router.get(f"{QUESTIONS_PATH}/{{code}}", response_class=HTMLResponse)
def page(
    code: str, request: Request, pages: QuestionPagesDep, hand_over: HandOverDep
) -> HTMLResponse:
    """Show the question and its answer, both masked; nothing else of the conversation."""
    client = client_address(request)
    if not hand_over.guesses.allows(client):
        error = hand_over.texts.too_many
        return HTMLResponse(pages.entry(error=error), 429, _PRIVATE)
    read = read_code(code)
    question = hand_over.book.find(read) if read else None
    if question is None:
        hand_over.guesses.count(client)
        shown = code[:_LONGEST]
        error = hand_over.texts.unknown_code.format(code=shown)
        return HTMLResponse(pages.entry(code=shown, error=error), 404, _PRIVATE)
    return HTMLResponse(pages.question(question), headers=_PRIVATE)
