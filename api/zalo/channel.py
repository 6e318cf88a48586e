"""The Zalo channel, put together from the settings."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import httpx
from sqlalchemy import Engine

from api.conversation import Conversation
from api.errors import SettingsError, ZaloError
from api.rendering.zalo import ZaloRenderer
from api.settings import Settings
from api.zalo.client import ZaloClient
from api.zalo.error_codes import ErrorCodes
from api.zalo.files import FileFetcher
from api.zalo.inbox import Inbox
from api.zalo.ledger import Ledger
from api.zalo.line import ZaloLine
from api.zalo.locks import CrossLock
from api.zalo.message import Capabilities
from api.zalo.notices import NoticeRelay
from api.zalo.officer_news import OfficerNews, OfficerRelay
from api.zalo.outbox import Outbox
from api.zalo.pace import Pace
from api.zalo.postman import Postman, Rules
from api.zalo.seal import Seal
from api.zalo.texts import load_zalo_texts
from api.zalo.tokens import TokenKeeper
from api.zalo.turns import Turns
from api.zalo.worker import Worker
from dossiers.desk import DossierDesk

__all__ = ["Account", "ZaloChannel", "is_set_up", "open_account", "open_channel"]

Clock = Callable[[], datetime]
_OFFICERS, _MINUTE, _HOUR = 5.0, 60.0, 3600.0
_NEEDED = ("zalo_app_id", "zalo_app_secret", "zalo_oa_id", "zalo_oa_secret", "zalo_key")


def is_set_up(settings: Settings) -> bool:
    """Tell whether the channel is on.

    Raises:
        SettingsError: some of the settings that it needs are given and others are not.
    """
    missing = [name for name in _NEEDED if not getattr(settings, name)]
    if missing and len(missing) < len(_NEEDED):
        names = ", ".join(f"MOTCUA_{name.upper()}" for name in missing)
        raise SettingsError(f"Kênh Zalo còn thiếu: {names}")
    return not missing


@dataclass(frozen=True)
class Account:
    """One OA: its tables, its tokens, the way to Zalo. Enough for the command line."""

    ledger: Ledger
    seal: Seal
    tokens: TokenKeeper
    client: ZaloClient
    inbox: Inbox
    outbox: Outbox
    codes: ErrorCodes
    clock: Clock

    @property
    def line(self) -> ZaloLine:
        """Calls with the token of the hour."""
        return ZaloLine(self.client, self.tokens, self.codes)

    async def close(self) -> None:
        """Close the connections and the thread of the database."""
        await self.tokens.close()
        await self.client.close()
        self.ledger.close()


def open_account(
    settings: Settings,
    engine: Engine,
    clock: Clock,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Account:
    """Open the OA of the settings; `transport` is for tests.

    Raises:
        SettingsError: the key is none.
    """
    seal, ledger = Seal(settings.zalo_key), Ledger(engine)
    tokens = TokenKeeper(
        ledger,
        seal,
        CrossLock("zalo-tokens", settings.data_folder / "zalo", engine),
        oauth_url=settings.zalo_oauth_url,
        app_id=settings.zalo_app_id,
        app_secret=settings.zalo_app_secret,
        oa_id=settings.zalo_oa_id,
        clock=clock,
        transport=transport,
    )
    client = ZaloClient(
        settings.zalo_api_url,
        Pace(settings.zalo_calls_per_minute),
        app_secret=settings.zalo_app_secret if settings.zalo_secret_proof else "",
        transport=transport,
    )
    inbox = Inbox(ledger, seal, oa_id=settings.zalo_oa_id, clock=clock)
    return Account(ledger, seal, tokens, client, inbox, Outbox(seal, clock), ErrorCodes(), clock)


class ZaloChannel:
    """The running channel: enter it to work the queues off, leave it to stop."""

    def __init__(self, account: Account, files: FileFetcher, worker: Worker) -> None:
        """Take the parts; `open_channel` makes them."""
        self.account, self.inbox, self.worker = account, account.inbox, worker
        self._files = files
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> ZaloChannel:
        self._task = asyncio.create_task(self.worker.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._files.close()
        await self.account.close()


def open_channel(
    settings: Settings,
    engine: Engine,
    conversation: Conversation,
    reception: OfficerNews,
    open_desk: Callable[[], Awaitable[DossierDesk]],
    forget: Callable[[str], Awaitable[None]],
    clock: Clock,
    *,
    site: httpx.AsyncBaseTransport | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> ZaloChannel:
    """Put the channel together.

    `reception` holds what officers wrote, `open_desk` gives the dossiers' desk, `forget` makes all
    else forget a conversation, `site` is this application, for its own files.

    Raises:
        SettingsError: the key is none.
    """
    account = open_account(settings, engine, clock, transport)
    texts = load_zalo_texts(address=settings.form_of_address)
    files = FileFetcher(settings.public_url, site)
    rules = Rules(
        Capabilities(settings.zalo_buttons, settings.zalo_list_image),
        settings.zalo_notice_template,
        settings.zalo_paid_messages,
    )
    renderer = ZaloRenderer(settings.public_url, address=settings.form_of_address)
    turns = Turns(
        conversation,
        renderer,
        texts,
        forget,
    )
    postman = Postman(
        account.ledger,
        account.outbox,
        account.line,
        files,
        texts,
        rules,
        account.codes,
        clock=clock,
    )
    officers = OfficerRelay(account.ledger, account.outbox, renderer, reception, clock)
    relay = NoticeRelay(
        account.ledger,
        account.outbox,
        texts,
        rules,
        open_desk,
        clock,
        settings.form_of_address,
    )

    async def keep_token_fresh() -> None:
        with contextlib.suppress(ZaloError):  # `motcua zalo status` shows it
            await account.tokens.get()

    async def forget_old() -> None:
        await account.ledger.run(account.inbox.forget_old)

    worker = Worker(
        account.ledger,
        account.inbox,
        account.outbox,
        turns,
        postman,
        CrossLock("zalo-worker", settings.data_folder / "zalo", engine),
        (
            (_HOUR, keep_token_fresh),
            (_HOUR, forget_old),
            (_MINUTE, relay.relay),
            (_OFFICERS, officers.relay),
        ),
    )
    return ZaloChannel(account, files, worker)
