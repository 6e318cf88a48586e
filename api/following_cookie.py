"""Tell a browser, at its next visit, what is new of the dossiers it follows.

The cookie holds a conversation's id and opens nothing but the notices that wait for it; it is set
only after consent, and taken away when there is nothing more to tell.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from api.conversation import is_sender
from api.dependencies import FOLLOWING_COOKIE, SenderDep, dossier_desk
from api.rendering.html import HtmlRenderer
from knowledge_base.answer import Answer, Status
from knowledge_base.answer.blocks import Block, Heading, Paragraph

__all__ = ["DossierNews", "DossierNewsDep", "keep_following", "set_following_cookie"]

_DAYS = 180


@dataclass(frozen=True)
class DossierNews:
    """What is new, as Answers, and whether this browser has, or has no longer, what to follow."""

    answers: tuple[Answer, ...] = ()
    follows: bool = False
    is_over: bool = False

    def leave_cookie(self, response: Response, sender: str, secure: bool) -> None:
        """Keep the cookie while there is something to follow, and take it away after that."""
        if self.follows:
            set_following_cookie(response, sender, secure)
        elif self.is_over:
            response.delete_cookie(FOLLOWING_COOKIE)


async def _news(request: Request, sender: SenderDep) -> DossierNews:
    follower = request.cookies.get(FOLLOWING_COOKIE)
    # A frame on another site has no follower, and one on ours must not take the news of the page.
    if follower is None or "embed" in request.query_params:
        return DossierNews()
    if not is_sender(follower):
        return DossierNews(is_over=True)
    desk = await dossier_desk(request)
    notices = await asyncio.to_thread(desk.notices.take, follower)
    # A conversation ends after an hour; what it followed goes on in the present one, where it can
    # be withdrawn.
    follows = await asyncio.to_thread(desk.followings.move, follower, sender)
    answers: tuple[Answer, ...] = ()
    if notices:
        renderer: HtmlRenderer = request.app.state.renderer
        title: str = renderer.texts["dossier"]["news"]
        blocks: list[Block] = [Heading(text=title)]
        blocks += [Paragraph(text=renderer.address(notice.text)) for notice in notices]
        answers = (Answer(status=Status.ANSWERED_FOLLOWING, blocks=blocks),)
    return DossierNews(answers, follows=follows, is_over=not follows)


DossierNewsDep = Annotated[DossierNews, Depends(_news)]


async def keep_following(request: Request, response: Response, sender: str, secure: bool) -> None:
    """After a consent in the chat: what this browser followed before is followed beside it."""
    before = request.cookies.get(FOLLOWING_COOKIE, "")
    if is_sender(before) and before != sender:
        desk = await dossier_desk(request)
        await asyncio.to_thread(desk.followings.move, before, sender)
    set_following_cookie(response, sender, secure)


def set_following_cookie(response: Response, follower: str, secure: bool) -> None:
    """Let the browser come back as `follower`."""
    response.set_cookie(
        FOLLOWING_COOKIE,
        follower,
        max_age=_DAYS * 24 * 60 * 60,
        httponly=True,
        samesite="lax",
        secure=secure,
    )
