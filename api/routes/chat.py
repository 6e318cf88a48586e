"""The chat page: `GET /`, and `POST /chat/messages` for its form, with and without JavaScript."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Header, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.conversation import Conversation
from api.dependencies import (
    COOKIE,
    ConversationDep,
    LimiterDep,
    RendererDep,
    SenderDep,
    SettingsDep,
    client_address,
)
from api.following_cookie import DossierNewsDep, keep_following
from api.rendering.html import Turn
from api.security import is_same_origin
from knowledge_base.answer import Answer, Status

__all__ = ["router"]

router = APIRouter()
_SESSION_SECONDS = 60 * 60


@router.get("/", response_class=HTMLResponse)
async def page(
    conversation: ConversationDep,
    renderer: RendererDep,
    sender: SenderDep,
    settings: SettingsDep,
    news: DossierNewsDep,
    embed: bool = False,
) -> Response:
    """Show the chat with the turns of this session, after what is new of dossiers followed."""
    turns = [Turn(question=None, answer=answer, answer_id="tin-ho-so") for answer in news.answers]
    turns += [Turn(question=None, answer=conversation.reply("greet"), answer_id="chao")]
    turns += [
        Turn(question=asked, answer=answer, answer_id=f"luot-{number}")
        for number, (asked, answer) in enumerate(await conversation.history(sender), start=1)
    ]
    response = HTMLResponse(renderer.render_page(turns, embed=embed))
    _set_cookie(response, sender, settings.secure_cookies)
    news.leave_cookie(response, sender, settings.secure_cookies)
    return response


@router.post("/chat/messages")
async def post_message(
    request: Request,
    conversation: ConversationDep,
    renderer: RendererDep,
    limiter: LimiterDep,
    sender: SenderDep,
    settings: SettingsDep,
    message: Annotated[str, Form(max_length=20_000)] = "",
    embed: Annotated[bool, Form()] = False,
    x_fragment: Annotated[str | None, Header()] = None,
) -> Response:
    """Answer the form: one turn as HTML for the script, the whole page for a plain form."""
    if not is_same_origin(request):
        return Response("Yêu cầu không đến từ trang này.", status_code=403)
    address = client_address(request)
    if limiter.allows(sender, address):
        answer, status = await conversation.ask(sender, message, "web", address), 200
    else:
        answer, status = conversation.reply("error_too_many"), 429
    turn = Turn(question=message.strip(), answer=answer, answer_id=f"luot-{secrets.token_hex(4)}")
    response: Response
    if x_fragment:
        response = HTMLResponse(renderer.render_turn(turn, embed=embed), status_code=status)
    elif await _leaves_no_trace(conversation, sender, answer):
        response = HTMLResponse(renderer.render_page([turn], embed=embed), status_code=status)
    else:
        response = RedirectResponse("/?embed=1#cuoi" if embed else "/#cuoi", status_code=303)
    _set_cookie(response, sender, settings.secure_cookies)
    if answer.status is Status.ANSWERED_FOLLOWING:
        await keep_following(request, response, sender, settings.secure_cookies)
    return response


async def _leaves_no_trace(conversation: Conversation, sender: str, answer: Answer) -> bool:
    """Tell whether a reload would not show the answer, so that it must be shown at once.

    A fault is never kept; what officers read or wrote must not be lost while the bot is away.
    """
    group = str(answer.status).partition("_")[0]
    if group == "error":
        return True
    if group != "handed":
        return False
    turns = await conversation.history(sender)
    return not turns or turns[-1][1].status != answer.status


def _set_cookie(response: Response, sender: str, secure: bool) -> None:
    response.set_cookie(
        COOKIE, sender, max_age=_SESSION_SECONDS, httponly=True, samesite="lax", secure=secure
    )
