"""What the routes need from the application, by type."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import State

from api.address_digest import AddressDigest
from api.conversation import Conversation
from api.feedback import OpinionStore
from api.form_documents import FormDocuments
from api.form_filling.desk import FillingDesk
from api.handover.desk import HandOver
from api.offline.site import OfflineSite
from api.rate_limit import RateLimiter
from api.rendering.dossier import DossierRenderer
from api.rendering.form import FormRenderer
from api.rendering.html import HtmlRenderer
from api.rendering.places import PlaceRenderer
from api.rendering.procedure import ProcedureRenderer
from api.rendering.procedure_list import ProcedureListRenderer
from api.rendering.questions import QuestionPages
from api.session import sender_of
from api.settings import Settings
from dossiers.desk import DossierDesk, build_desk
from knowledge_base.catalogue import Catalogue, load_catalogue
from knowledge_base.encoder import load_encoder
from knowledge_base.forms import FormLibrary
from knowledge_base.places import OfficeBook, load_offices
from knowledge_base.places.offices import OFFICES_FILE
from knowledge_base.search import SearchEngine, build_search_engine

__all__ = [
    "FOLLOWING_COOKIE",
    "AddressDep",
    "SenderDep",
    "CatalogueDep",
    "ConversationDep",
    "DocumentLimiterDep",
    "FormDocumentsDep",
    "FormRendererDep",
    "FormsDep",
    "DeskDep",
    "DossierRendererDep",
    "HandOverDep",
    "LaterCatalogueDep",
    "FillingDep",
    "LimiterDep",
    "OfflineDep",
    "ProcedureRendererDep",
    "QuestionPagesDep",
    "RendererDep",
    "ListRendererDep",
    "SearchDep",
    "SettingsDep",
    "OfficesDep",
    "OpinionStoreDep",
    "PlaceRendererDep",
    "SiteDep",
    "TodayDep",
    "client_address",
    "dossier_desk",
    "open_dossier_desk",
]

FOLLOWING_COOKIE = "motcua_theo_doi"


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _conversation(request: Request) -> Conversation:
    conversation: Conversation = request.app.state.conversation
    return conversation


def _filling(request: Request) -> FillingDesk:
    filling: FillingDesk = request.app.state.filling
    return filling


def _renderer(request: Request) -> HtmlRenderer:
    renderer: HtmlRenderer = request.app.state.renderer
    return renderer


def _procedure_renderer(request: Request) -> ProcedureRenderer:
    renderer: ProcedureRenderer = request.app.state.procedure_renderer
    return renderer


def _hand_over(request: Request) -> HandOver:
    hand_over: HandOver = request.app.state.hand_over
    return hand_over


def _question_pages(request: Request) -> QuestionPages:
    pages: QuestionPages = request.app.state.question_pages
    return pages


async def _catalogue(request: Request) -> Catalogue:
    """The catalogue, built at the first request that needs it and then kept."""
    state = request.app.state
    async with state.catalogue_lock:
        if state.catalogue is None:
            folder = state.settings.data_folder / "catalogue"
            state.catalogue = await asyncio.to_thread(load_catalogue, folder)
    catalogue: Catalogue = state.catalogue
    return catalogue


async def _engine(request: Request) -> SearchEngine:
    """The search over the catalogue: the one of the actions, or built when first needed."""
    catalogue = await _catalogue(request)
    state = request.app.state
    async with state.catalogue_lock:
        if state.search_engine is None:
            encoder = await asyncio.to_thread(load_encoder, state.settings.encoder or None)
            state.search_engine = await asyncio.to_thread(build_search_engine, catalogue, encoder)
    engine: SearchEngine = state.search_engine
    return engine


def _search(request: Request) -> Callable[[], Awaitable[SearchEngine]]:
    return partial(_engine, request)


def _list_renderer(request: Request) -> ProcedureListRenderer:
    renderer: ProcedureListRenderer = request.app.state.list_renderer
    return renderer


def _opinions(request: Request) -> OpinionStore:
    return OpinionStore(request.app.state.database)


def _today(request: Request) -> Callable[[], date]:
    today: Callable[[], date] = request.app.state.today
    return today


def _later_catalogue(request: Request) -> Callable[[], Awaitable[Catalogue]]:
    return partial(_catalogue, request)


async def _offices(request: Request) -> OfficeBook:
    """The imported offices, read when first needed."""
    state = request.app.state
    if state.offices is None:
        path = state.settings.data_folder / OFFICES_FILE
        state.offices = OfficeBook(await asyncio.to_thread(load_offices, path))
    offices: OfficeBook = state.offices
    return offices


def _later_offices(request: Request) -> Callable[[], Awaitable[OfficeBook]]:
    return partial(_offices, request)


def _place_renderer(request: Request) -> PlaceRenderer:
    renderer: PlaceRenderer = request.app.state.place_renderer
    return renderer


def _site(request: Request) -> str:
    """The address that citizens know this site by: of the settings, or of this request."""
    public: str = request.app.state.settings.public_url
    return public or f"{request.url.scheme}://{request.url.netloc}"


def _offline(request: Request) -> OfflineSite:
    site: OfflineSite = request.app.state.offline
    return site


async def dossier_desk(request: Request) -> DossierDesk:
    """The desk, opened at the first request that needs it and then kept."""
    return await open_dossier_desk(request.app.state)


async def open_dossier_desk(state: State) -> DossierDesk:
    """The desk of an application's state."""
    async with state.dossiers_lock:
        if state.dossiers is None:
            settings: Settings = state.settings
            state.dossiers = await asyncio.to_thread(
                build_desk,
                settings.database,
                settings.dossier_key,
                state.clock,
                demo=settings.demo_dossiers,
                source=settings.dossier_source,
            )
    desk: DossierDesk = state.dossiers
    return desk


def _dossier_renderer(request: Request) -> DossierRenderer:
    renderer: DossierRenderer = request.app.state.dossier_renderer
    return renderer


def _limiter(request: Request) -> RateLimiter:
    limiter: RateLimiter = request.app.state.limiter
    return limiter


def _forms(request: Request) -> FormLibrary:
    forms: FormLibrary = request.app.state.form_library
    return forms


def _form_renderer(request: Request) -> FormRenderer:
    renderer: FormRenderer = request.app.state.form_renderer
    return renderer


def _form_documents(request: Request) -> FormDocuments:
    documents: FormDocuments = request.app.state.form_documents
    return documents


def _document_limiter(request: Request) -> RateLimiter:
    limiter: RateLimiter = request.app.state.document_limiter
    return limiter


def _sender(request: Request) -> str:
    """The conversation of the cookie, or a new one where it is missing or not ours."""
    return sender_of(request)


def client_address(request: Request) -> str:
    """The address of the client, for rate limits only."""
    return request.client.host if request.client else "?"


def _address(request: Request) -> str:
    """A digest of the client's address, for the limits on look-ups."""
    digest: AddressDigest = request.app.state.address_digest
    return digest(client_address(request))


SettingsDep = Annotated[Settings, Depends(_settings)]
ConversationDep = Annotated[Conversation, Depends(_conversation)]
CatalogueDep = Annotated[Catalogue, Depends(_catalogue)]
SearchDep = Annotated[Callable[[], Awaitable[SearchEngine]], Depends(_search)]
"""Call it for the search; a page that needs none does not wait for it."""
ListRendererDep = Annotated[ProcedureListRenderer, Depends(_list_renderer)]
LaterCatalogueDep = Annotated[Callable[[], Awaitable[Catalogue]], Depends(_later_catalogue)]
"""Call it for the catalogue, where most requests need none."""
OfficesDep = Annotated[Callable[[], Awaitable[OfficeBook]], Depends(_later_offices)]
PlaceRendererDep = Annotated[PlaceRenderer, Depends(_place_renderer)]
OpinionStoreDep = Annotated[OpinionStore, Depends(_opinions)]
TodayDep = Annotated[Callable[[], date], Depends(_today)]
SiteDep = Annotated[str, Depends(_site)]
HandOverDep = Annotated[HandOver, Depends(_hand_over)]
ProcedureRendererDep = Annotated[ProcedureRenderer, Depends(_procedure_renderer)]
QuestionPagesDep = Annotated[QuestionPages, Depends(_question_pages)]
FillingDep = Annotated[FillingDesk, Depends(_filling)]
RendererDep = Annotated[HtmlRenderer, Depends(_renderer)]
FormsDep = Annotated[FormLibrary, Depends(_forms)]
FormRendererDep = Annotated[FormRenderer, Depends(_form_renderer)]
FormDocumentsDep = Annotated[FormDocuments, Depends(_form_documents)]
DocumentLimiterDep = Annotated[RateLimiter, Depends(_document_limiter)]
DeskDep = Annotated[DossierDesk, Depends(dossier_desk)]
DossierRendererDep = Annotated[DossierRenderer, Depends(_dossier_renderer)]
AddressDep = Annotated[str, Depends(_address)]
LimiterDep = Annotated[RateLimiter, Depends(_limiter)]
OfflineDep = Annotated[OfflineSite, Depends(_offline)]
SenderDep = Annotated[str, Depends(_sender)]
