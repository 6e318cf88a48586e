"""The public application: chat page, pages of procedures, JSON interface, health."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import anyio
import httpx
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from sqlalchemy import Engine

from api.address_digest import AddressDigest
from api.conversation import Conversation
from api.dependencies import open_dossier_desk
from api.errors import SettingsError
from api.form_documents import FormDocuments
from api.form_filling.desk import FillingDesk, forget_idle_fillings
from api.form_filling.files import FinishedFiles
from api.handover.desk import HandOver, build_hand_over, forget_old_questions
from api.handover.office import office_contact
from api.handover.reception import conversation_key
from api.notice_round import telling
from api.rasa_client import RasaClient
from api.rate_limit import RateLimiter
from api.rendering.dossier import DossierRenderer
from api.rendering.form import FormRenderer
from api.rendering.form_filling import FormFillingRenderer
from api.rendering.html import HtmlRenderer
from api.rendering.places import PlaceRenderer
from api.rendering.procedure import ProcedureRenderer
from api.rendering.procedure_list import ProcedureListRenderer
from api.rendering.questions import QuestionPages
from api.routes import (
    chat,
    dossiers,
    feedback,
    form_filling,
    health,
    messages,
    offline,
    places,
    procedures,
    questions,
    site,
    volunteer,
)
from api.routes import forms as form_pages
from api.routes.zalo import zalo_router
from api.security import SecurityHeaders
from api.settings import Settings
from api.storage import open_database
from api.zalo.channel import ZaloChannel, is_set_up, open_channel
from dossiers.desk import DossierDesk
from knowledge_base.answer import AnswerComposer, load_texts
from knowledge_base.catalogue import Catalogue
from knowledge_base.forms import shipped_forms
from knowledge_base.search import SearchEngine

__all__ = ["create_app"]

_TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_PDFS_AT_ONCE = 2
_STATIC = Path(__file__).parent / "static"


def create_app(
    settings: Settings,
    *,
    catalogue: Catalogue | None = None,
    search_engine: SearchEngine | None = None,
    rasa_transport: httpx.AsyncBaseTransport | None = None,
    zalo_transport: httpx.AsyncBaseTransport | None = None,
    now: Callable[[], datetime] | None = None,
) -> FastAPI:
    """Create the application; `rasa_transport`, `zalo_transport` and `now` are for tests.

    Without a `catalogue` or the `search_engine` over it, those of the data folder are built when
    a page first needs them.

    Raises:
        SettingsError: the application faces the network with cookies that travel in the clear.
        sqlalchemy.exc.SQLAlchemyError: the database cannot be opened.
    """
    if settings.host not in ("127.0.0.1", "localhost", "::1") and not settings.secure_cookies:
        raise SettingsError(
            "MOTCUA_HOST mở ra mạng ngoài thì phải đặt MOTCUA_SECURE_COOKIES=1 và chạy sau HTTPS"
        )
    clock = now or (lambda: datetime.now(_TIME_ZONE))
    texts, library = load_texts(), shipped_forms()
    renderer = HtmlRenderer(procedure_url=procedures.PATH, form_url=form_pages.ADDRESSES.page)
    rasa = RasaClient(
        settings.bot_url,
        token=settings.rasa_token,
        timeout=settings.bot_timeout_seconds,
        transport=rasa_transport,
    )

    def today() -> date:
        return clock().date()

    engine = open_database(settings.database)
    composer = AnswerComposer(texts, today)
    hand_over = build_hand_over(settings, engine, composer, clock)
    address_digest = AddressDigest()

    filling = FillingDesk(library, FinishedFiles(clock), clock)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        forgetting = asyncio.create_task(
            forget_old_questions(hand_over.book, settings.question_days, clock)
        )
        forgetting_values = asyncio.create_task(forget_idle_fillings(filling))
        rounds = telling(lambda: open_dossier_desk(app.state), settings.notice_minutes)
        async with rasa, rounds, AsyncExitStack() as channels:
            if zalo is not None:
                await channels.enter_async_context(zalo)
            yield
        forgetting.cancel()
        forgetting_values.cancel()
        engine.dispose()

    app = FastAPI(title="Trợ lý Một Cửa", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.state.rasa = rasa
    app.state.catalogue = catalogue
    app.state.search_engine = search_engine
    app.state.today = today
    app.state.catalogue_lock = asyncio.Lock()
    app.state.database = engine
    app.state.hand_over = hand_over
    app.state.dossiers = None
    app.state.dossiers_lock = asyncio.Lock()
    app.state.clock = clock
    app.state.address_digest = address_digest
    app.state.conversation = Conversation(
        rasa,
        composer,
        office_contact(settings),
        hand_over.reception,
        address_digest,
        filling,
    )
    app.state.filling = filling
    app.state.filling_renderer = FormFillingRenderer(renderer, today)
    app.state.renderer = renderer
    app.state.question_pages = QuestionPages(renderer, hand_over.texts)
    app.state.form_library = library
    app.state.form_renderer = FormRenderer(renderer, form_pages.ADDRESSES, today)
    app.state.form_documents = FormDocuments(today)
    app.state.procedure_renderer = ProcedureRenderer(renderer, texts, today, library)
    app.state.offline = offline.open_offline_site(
        renderer, texts, office_contact(settings), today, _STATIC
    )
    app.state.dossier_renderer = DossierRenderer(renderer, texts, office_contact(settings))
    app.state.pdf_makers = anyio.CapacityLimiter(_PDFS_AT_ONCE)
    app.state.offices = None
    app.state.place_renderer = PlaceRenderer(renderer, texts)
    app.state.list_renderer = ProcedureListRenderer(renderer, texts)
    app.state.limiter = RateLimiter(settings.messages_per_minute)
    app.state.document_limiter = RateLimiter(settings.documents_per_minute)
    app.add_exception_handler(RequestValidationError, _refuse)
    app.add_middleware(SecurityHeaders, frame_ancestors=settings.frame_ancestors)
    app.include_router(chat.router)
    app.include_router(feedback.router)
    app.include_router(messages.router)
    app.include_router(procedures.router)
    app.include_router(places.router)
    app.include_router(questions.router)
    app.include_router(site.router)
    app.include_router(form_pages.router)
    app.include_router(volunteer.router)
    app.include_router(offline.router)
    app.include_router(dossiers.router)
    app.include_router(form_filling.router)
    app.include_router(health.router)
    zalo = _open_zalo(app, settings, engine, clock, zalo_transport)
    # Only what is the same for everybody is compressed: no secret can be guessed from its size.
    app.mount("/static", GZipMiddleware(StaticFiles(directory=_STATIC)), name="static")
    return app


def _open_zalo(
    app: FastAPI,
    settings: Settings,
    engine: Engine,
    clock: Callable[[], datetime],
    transport: httpx.AsyncBaseTransport | None,
) -> ZaloChannel | None:
    """Add the Zalo channel where its settings are given."""
    if not is_set_up(settings):
        return None
    conversation: Conversation = app.state.conversation
    hand_over: HandOver = app.state.hand_over

    async def open_desk() -> DossierDesk:
        return await open_dossier_desk(app.state)

    async def forget(sender: str) -> None:
        await conversation.forget(sender)
        await asyncio.to_thread(hand_over.book.forget, conversation_key(sender))
        await asyncio.to_thread((await open_desk()).followings.forget, sender)

    channel = open_channel(
        settings,
        engine,
        conversation,
        hand_over.reception,
        open_desk,
        forget,
        clock,
        site=httpx.ASGITransport(app),
        transport=transport,
    )
    app.state.zalo = channel
    app.include_router(zalo_router(settings, channel))
    return channel


async def _refuse(_: Request, error: Exception) -> Response:
    """Say what is wrong with a request, and repeat nothing of it: it may be personal."""
    assert isinstance(error, RequestValidationError)
    faults = [{name: fault[name] for name in ("type", "loc", "msg")} for fault in error.errors()]
    return Response(json.dumps({"detail": faults}), 422, media_type="application/json")
