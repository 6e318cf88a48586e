"""Which conversation a request of a browser belongs to, on our page and in another site's frame.

On our page a cookie says it. In a frame on another site browsers drop ordinary cookies, so there
the page itself carries the id in its forms, never in an address; behind HTTPS a partitioned cookie
(CHIPS) keeps it besides, so that the conversation outlives a move to the site's next page.
"""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from api.conversation import is_sender, new_sender

__all__ = ["COOKIE", "FRAME_COOKIE", "SESSION_SECONDS", "remember", "sender_of"]

COOKIE = "motcua_phien"
FRAME_COOKIE = "motcua_khung"
SESSION_SECONDS = 60 * 60


def sender_of(request: Request, *, framed: bool = False, carried: str = "") -> str:
    """The conversation that the page carries or the cookie names; a new one where neither is ours.

    What is carried counts in a frame alone: elsewhere a form could bring another's conversation.
    """
    if framed and is_sender(carried):
        return carried
    value = request.cookies.get(FRAME_COOKIE if framed else COOKIE, "")
    return value if is_sender(value) else new_sender()


def remember(response: Response, sender: str, *, secure: bool, framed: bool = False) -> None:
    """Set the cookie; in a frame only where other sites' frames may have one.

    The page may show what is being written into a form: no copy of it stays anywhere.
    """
    response.headers["Cache-Control"] = "no-store"
    if not framed:
        response.set_cookie(
            COOKIE, sender, max_age=SESSION_SECONDS, httponly=True, samesite="lax", secure=secure
        )
    elif secure:
        # Starlette writes «Partitioned» only from Python 3.14 on.
        response.headers.append(
            "set-cookie",
            f"{FRAME_COOKIE}={sender}; HttpOnly; Max-Age={SESSION_SECONDS}; Path=/; "
            "SameSite=None; Secure; Partitioned",
        )
