"""The public application: chat page, pages of procedures, JSON interface, health."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import anyio
import httpx
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import State

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
    forms,
    health,
    messages,
    offline,
    places,
    procedures,
    questions,
    site,
    volunteer,
)
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
_RESOURCES = (
    chat,
    feedback,
    messages,
    procedures,
    places,
    questions,
    site,
    forms,
    volunteer,
    offline,
    dossiers,
    form_filling,
    health,
)


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
    app = FastAPI(title="Trợ lý Một Cửa", lifespan=_lifespan, docs_url=None, redoc_url=None)
    state = app.state
    state.settings, state.clock = settings, clock
    state.catalogue, state.search_engine = catalogue, search_engine
    state.catalogue_lock = asyncio.Lock()
    _keep_services(state, rasa_transport)
    _keep_renderers(state)
    app.add_exception_handler(RequestValidationError, _refuse)
    app.add_middleware(SecurityHeaders, frame_ancestors=settings.frame_ancestors)
    for resource in _RESOURCES:
        app.include_router(resource.router)
    state.zalo = _open_zalo(app, zalo_transport)
    # Only what is the same for everybody is compressed: no secret can be guessed from its size.
    app.mount("/static", GZipMiddleware(StaticFiles(directory=_STATIC)), name="static")
    return app


def _keep_services(state: State, rasa_transport: httpx.AsyncBaseTransport | None) -> None:
    """Keep what answers: Rasa, the database, the desks, and the limits on who asks."""
    settings, clock = state.settings, state.clock
    state.today = lambda: clock().date()
    state.rasa = RasaClient(
        settings.bot_url,
        token=settings.rasa_token,
        timeout=settings.bot_timeout_seconds,
        transport=rasa_transport,
    )
    state.database = open_database(settings.database)
    address = settings.form_of_address
    state.texts = load_texts(address=address)
    state.form_library = shipped_forms().addressed(address)
    composer = AnswerComposer(state.texts, state.today)
    state.hand_over = build_hand_over(settings, state.database, composer, clock)
    state.dossiers, state.dossiers_lock = None, asyncio.Lock()
    state.offices = None
    state.filling = FillingDesk(state.form_library, FinishedFiles(clock), clock, address=address)
    state.address_digest = AddressDigest()
    state.conversation = Conversation(
        state.rasa,
        composer,
        office_contact(settings),
        state.hand_over.reception,
        state.address_digest,
        state.filling,
        address=address,
    )
    state.limiter = RateLimiter(settings.messages_per_minute)
    state.document_limiter = RateLimiter(settings.documents_per_minute)


def _keep_renderers(state: State) -> None:
    """Keep what writes pages and documents."""
    texts, today, office = state.texts, state.today, office_contact(state.settings)
    renderer = HtmlRenderer(
        procedure_url=procedures.PATH,
        form_url=forms.ADDRESSES.page,
        address=state.settings.form_of_address,
    )
    state.renderer = renderer
    state.filling_renderer = FormFillingRenderer(renderer, today)
    state.question_pages = QuestionPages(renderer, state.hand_over.texts)
    state.form_renderer = FormRenderer(renderer, forms.ADDRESSES, today)
    state.form_documents = FormDocuments(today)
    state.procedure_renderer = ProcedureRenderer(renderer, texts, today, state.form_library)
    # The volunteer is «bạn», whoever the citizen beside them is.
    state.offline = offline.open_offline_site(renderer, load_texts(), office, today, _STATIC)
    state.dossier_renderer = DossierRenderer(renderer, texts, office)
    state.place_renderer = PlaceRenderer(renderer, texts)
    state.list_renderer = ProcedureListRenderer(renderer, texts)
    state.pdf_makers = anyio.CapacityLimiter(_PDFS_AT_ONCE)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Forget what is old and tell of news while the application runs; close at its end."""
    state = app.state
    settings: Settings = state.settings
    forgetting = [
        asyncio.create_task(
            forget_old_questions(state.hand_over.book, settings.question_days, state.clock)
        ),
        asyncio.create_task(forget_idle_fillings(state.filling)),
    ]
    rounds = telling(lambda: open_dossier_desk(state), settings.notice_minutes)
    async with state.rasa, rounds, AsyncExitStack() as channels:
        if state.zalo is not None:
            await channels.enter_async_context(state.zalo)
        yield
    for task in forgetting:
        task.cancel()
    state.database.dispose()


def _open_zalo(app: FastAPI, transport: httpx.AsyncBaseTransport | None) -> ZaloChannel | None:
    """Add the Zalo channel where its settings are given."""
    state = app.state
    if not is_set_up(state.settings):
        return None
    conversation: Conversation = state.conversation
    hand_over: HandOver = state.hand_over

    async def open_desk() -> DossierDesk:
        return await open_dossier_desk(state)

    async def forget(sender: str) -> None:
        await conversation.forget(sender)
        await asyncio.to_thread(hand_over.book.forget, conversation_key(sender))
        await asyncio.to_thread((await open_desk()).followings.forget, sender)

    channel = open_channel(
        state.settings,
        state.database,
        conversation,
        hand_over.reception,
        open_desk,
        forget,
        state.clock,
        site=httpx.ASGITransport(app),
        transport=transport,
    )
    app.include_router(zalo_router(state.settings, channel))
    return channel


async def _refuse(_: Request, error: Exception) -> Response:
    """Say what is wrong with a request, and repeat nothing of it: it may be personal."""
    assert isinstance(error, RequestValidationError)
    faults = [{name: fault[name] for name in ("type", "loc", "msg")} for fault in error.errors()]
    return Response(json.dumps({"detail": faults}), 422, media_type="application/json")
