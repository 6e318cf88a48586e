"""`POST /chat/feedback`: whether an answer was useful, and why not."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Header, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from api.conversation import Conversation
from api.dependencies import (
    ConversationDep,
    LimiterDep,
    OpinionStoreDep,
    RendererDep,
    SettingsDep,
    TodayDep,
    client_address,
)
from api.feedback import Opinion, Reason, answer_id, wants_opinion
from api.feedback.opinion import LONGEST_NOTE
from api.security import is_same_origin
from api.session import remember, sender_of
from knowledge_base.answer import Answer
from knowledge_base.answer.blocks import Status
from knowledge_base.text import clean

__all__ = ["router"]

router = APIRouter()
_OF_DOSSIERS = (Status.ANSWERED_DOSSIER, Status.UNANSWERABLE_DOSSIER)


@router.post("/chat/feedback")
async def give(
    request: Request,
    conversation: ConversationDep,
    renderer: RendererDep,
    limiter: LimiterDep,
    settings: SettingsDep,
    today: TodayDep,
    store: OpinionStoreDep,
    answer: Annotated[str, Form(pattern=r"^[0-9a-f]{32}$")],
    useful: Annotated[bool, Form()],
    reason: Annotated[Reason | None, Form()] = None,
    note: Annotated[str, Form(max_length=5_000)] = "",
    embed: Annotated[bool, Form()] = False,
    carried: Annotated[str, Form(alias="conversation")] = "",
    x_fragment: Annotated[str | None, Header()] = None,
) -> Response:
    """Keep the opinion, and ask why where there is none yet.

    What the answer was about is read from the conversation, not from the form.
    """
    if not is_same_origin(request):
        return Response("Yêu cầu không đến từ trang này.", status_code=403)
    sender = sender_of(request, framed=embed, carried=carried)
    state, status = "lost", 429
    if limiter.allows(sender, client_address(request)):
        found = await _find(conversation, sender, answer)
        status = 404
        if found is not None:
            channel = "embed" if embed else "web"
            opinion = Opinion(answer, today(), channel, useful, *_about(*found))
            if not useful:
                opinion = replace(opinion, reason=reason, note=clean(note)[:LONGEST_NOTE] or None)
            await run_in_threadpool(store.keep, opinion)
            state, status = ("thanks" if useful or reason or note else "why"), 200
    html = renderer.render_feedback(
        state=state, answer=answer, embed=embed, carried=sender, whole=not x_fragment
    )
    response = HTMLResponse(html, status_code=status)
    remember(response, sender, secure=settings.secure_cookies, framed=embed)
    return response


async def _find(
    conversation: Conversation, sender: str, answer: str
) -> tuple[str | None, Answer] | None:
    """The question and the answer with this id, in the conversation of `sender` alone."""
    for asked, said in await conversation.history(sender):
        if wants_opinion(said) and answer_id(sender, said) == answer:
            return asked, said
    return None


def _about(asked: str | None, said: Answer) -> tuple[str, str | None, str | None, str | None]:
    """What the answer was about; a question about a dossier may hold its code, so it stays out."""
    question = None if said.status in _OF_DOSSIERS else asked
    return str(said.status), said.procedure_code, said.aspect and str(said.aspect), question
