"""The chat page: `GET /`, and `POST /chat/messages` for its form, with and without JavaScript."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Header, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.conversation import Conversation
from api.dependencies import (
    ConversationDep,
    FillingDep,
    LaterCatalogueDep,
    LimiterDep,
    RendererDep,
    SenderDep,
    SettingsDep,
    SiteDep,
    client_address,
)
from api.feedback import answer_id, wants_opinion
from api.following_cookie import DossierNewsDep, keep_following
from api.rendering.html import Turn
from api.security import is_same_origin
from api.session import COOKIE, SESSION_SECONDS, remember, sender_of
from knowledge_base.answer import Answer, Status

__all__ = ["router"]

router = APIRouter()
FILLING_COOKIE = "motcua_dien"


@router.get("/", response_class=HTMLResponse)
async def page(
    request: Request,
    conversation: ConversationDep,
    catalogue: LaterCatalogueDep,
    renderer: RendererDep,
    settings: SettingsDep,
    site: SiteDep,
    news: DossierNewsDep,
    own: SenderDep,
    embed: bool = False,
    procedure: str = "",
) -> Response:
    """Show the chat with the turns of this session, after what is new of dossiers followed.

    `procedure` is a code to speak of. A frame on another site shows no news: it knows no follower.
    """
    sender = sender_of(request, framed=True) if embed else own
    answers = [] if embed else news.answers
    turns = [Turn(question=None, answer=answer, answer_id="tin-ho-so") for answer in answers]
    turns += await _turns(conversation, sender)
    named = (await catalogue()).find(procedure) if procedure else None
    if named is not None:
        shown = conversation.present(named)
        turns.append(Turn(question=None, answer=shown, answer_id="thu-tuc"))
    html = renderer.render_page(turns, embed=embed, carried=sender, site=site)
    response = HTMLResponse(html)
    remember(response, sender, secure=settings.secure_cookies, framed=embed)
    if not embed:
        news.leave_cookie(response, sender, settings.secure_cookies)
    return response


@router.post("/chat/messages")
async def post_message(
    request: Request,
    conversation: ConversationDep,
    renderer: RendererDep,
    limiter: LimiterDep,
    settings: SettingsDep,
    filling: FillingDep,
    message: Annotated[str, Form(max_length=20_000)] = "",
    embed: Annotated[bool, Form()] = False,
    carried: Annotated[str, Form(alias="conversation")] = "",
    x_fragment: Annotated[str | None, Header()] = None,
) -> Response:
    """Answer the form: one turn as HTML for the script, the whole page for a plain form."""
    if not is_same_origin(request):
        return Response("Yêu cầu không đến từ trang này.", status_code=403)
    sender = sender_of(request, framed=embed, carried=carried)
    address = client_address(request)
    noted = FILLING_COOKIE in request.cookies
    if noted and COOKIE in request.cookies:
        filling.expect(sender)
    if limiter.allows(sender, address):
        answer, status = await conversation.ask(sender, message, "web", address), 200
    else:
        answer, status = conversation.reply("error_too_many"), 429
    turn = _turn(message.strip(), answer, f"luot-{secrets.token_hex(4)}", sender)
    response: Response
    if x_fragment:
        html = renderer.render_turn(turn, embed=embed, carried=sender)
        response = HTMLResponse(html, status_code=status)
    elif await _leaves_no_trace(conversation, sender, answer):
        html = renderer.render_page([turn], embed=embed, carried=sender)
        response = HTMLResponse(html, status_code=status)
    elif embed:
        # Going back to the address would lose a conversation that the page alone carries.
        turns = await _turns(conversation, sender)
        response = HTMLResponse(renderer.render_page(turns, embed=True, carried=sender))
    else:
        response = RedirectResponse("/#cuoi", status_code=303)
    remember(response, sender, secure=settings.secure_cookies, framed=embed)
    if answer.status is Status.ANSWERED_FOLLOWING:
        await keep_following(request, response, sender, settings.secure_cookies)
    fills = filling.is_filling(sender)
    if fills or noted:
        _note_filling(response, fills, settings.secure_cookies)
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


async def _turns(conversation: Conversation, sender: str) -> list[Turn]:
    """The welcome, then what was said in this session."""
    welcome = Turn(question=None, answer=conversation.reply("greet"), answer_id="chao")
    history = await conversation.history(sender)
    return [
        welcome,
        *(
            _turn(asked, answer, f"luot-{number}", sender)
            for number, (asked, answer) in enumerate(history, start=1)
        ),
    ]


def _turn(asked: str | None, answer: Answer, name: str, sender: str) -> Turn:
    opinion = answer_id(sender, answer) if wants_opinion(answer) else None
    return Turn(question=asked, answer=answer, answer_id=name, feedback_id=opinion)


def _note_filling(response: Response, fills: bool, secure: bool) -> None:
    """Let the browser remember that what comes next is a value, should this process forget it."""
    if fills:
        response.set_cookie(
            FILLING_COOKIE,
            "1",
            max_age=SESSION_SECONDS,
            httponly=True,
            samesite="lax",
            secure=secure,
        )
    else:
        response.delete_cookie(FILLING_COOKIE, httponly=True, samesite="lax", secure=secure)
