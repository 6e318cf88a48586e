"""Security headers on every response: a strict content policy, no sniffing, no referrer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["SecurityHeaders", "content_policy", "is_same_origin"]

_FAULT = "Trợ lý đang gặp trục trặc. Xin thử lại sau ít phút, hoặc hỏi bộ phận một cửa gần nhất."


def content_policy(frame_ancestors: Sequence[str]) -> str:
    """The Content-Security-Policy: nothing but our own files, framed only where allowed."""
    ancestors = " ".join(["'self'", *frame_ancestors])
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "frame-src 'self'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {ancestors}; "
        "require-trusted-types-for 'script'; trusted-types fragment service-worker"
    )


def is_same_origin(request: Request) -> bool:
    """A browser names the page's origin; another site's form is refused (CSRF)."""
    origin = request.headers.get("origin")
    if origin is None or origin == "null":
        return origin is None
    return urlsplit(origin).netloc == request.headers.get("host")


class SecurityHeaders:
    """ASGI middleware that adds the headers, also where the application fails."""

    def __init__(self, app: ASGIApp, frame_ancestors: Sequence[str] = ()) -> None:
        """Wrap `app`."""
        self._app = app
        self._headers = {
            "Content-Security-Policy": content_policy(frame_ancestors),
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
            "X-Content-Type-Options": "nosniff",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:
            # The framework's own answer to a fault would pass by here, without the headers.
            if not started:
                await PlainTextResponse(_FAULT, 500)(scope, receive, send_with_headers)
            raise
