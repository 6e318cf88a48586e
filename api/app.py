"""The public application: chat page, pages of procedures, JSON interface, health."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from api.conversation import Conversation
from api.errors import SettingsError
from api.rasa_client import RasaClient
from api.rate_limit import RateLimiter
from api.rendering.html import HtmlRenderer
from api.rendering.procedure import ProcedureRenderer
from api.routes import chat, health, messages, procedures
from api.security import SecurityHeaders
from api.settings import Settings
from knowledge_base.answer import AnswerComposer, load_texts
from knowledge_base.answer.blocks import Contact
from knowledge_base.catalogue import Catalogue

__all__ = ["create_app"]

_TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_STATIC = Path(__file__).parent / "static"


def create_app(
    settings: Settings,
    *,
    catalogue: Catalogue | None = None,
    rasa_transport: httpx.AsyncBaseTransport | None = None,
    now: Callable[[], datetime] | None = None,
) -> FastAPI:
    """Create the application; `rasa_transport` and `now` are for tests.

    Without a `catalogue`, the one of the data folder is built when a page first needs it.

    Raises:
        SettingsError: the application faces the network with cookies that travel in the clear.
    """
    if settings.host not in ("127.0.0.1", "localhost", "::1") and not settings.secure_cookies:
        raise SettingsError(
            "MOTCUA_HOST mở ra mạng ngoài thì phải đặt MOTCUA_SECURE_COOKIES=1 và chạy sau HTTPS"
        )
    clock = now or (lambda: datetime.now(_TIME_ZONE))
    texts = load_texts()
    renderer = HtmlRenderer(procedure_url=procedures.PATH)
    rasa = RasaClient(
        settings.bot_url,
        token=settings.rasa_token,
        timeout=settings.bot_timeout_seconds,
        transport=rasa_transport,
    )

    def today() -> date:
        return clock().date()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with rasa:
            yield

    app = FastAPI(title="Trợ lý Một Cửa", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.state.rasa = rasa
    app.state.catalogue = catalogue
    app.state.catalogue_lock = asyncio.Lock()
    app.state.conversation = Conversation(
        rasa, AnswerComposer(texts, today), office_contact(settings)
    )
    app.state.renderer = renderer
    app.state.procedure_renderer = ProcedureRenderer(renderer, texts, today)
    app.state.limiter = RateLimiter(settings.messages_per_minute)
    app.add_exception_handler(RequestValidationError, _refuse)
    app.add_middleware(SecurityHeaders, frame_ancestors=settings.frame_ancestors)
    app.include_router(chat.router)
    app.include_router(messages.router)
    app.include_router(procedures.router)
    app.include_router(health.router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    return app


async def _refuse(_: Request, error: Exception) -> Response:
    """Say what is wrong with a request, and repeat nothing of it: it may be personal."""
    assert isinstance(error, RequestValidationError)
    faults = [{name: fault[name] for name in ("type", "loc", "msg")} for fault in error.errors()]
    return Response(json.dumps({"detail": faults}), 422, media_type="application/json")


def office_contact(settings: Settings) -> Contact:
    """Whom to ask, from the settings; unset ones name the one-stop desk and no number."""
    return Contact(
        name=settings.office_name or "Bộ phận một cửa nơi bạn ở",
        phone=settings.office_phone or None,
        note=settings.office_hours or None,
    )
