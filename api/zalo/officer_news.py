"""Bring what officers wrote to the people on Zalo who asked, without their writing first."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.rendering.zalo import ZaloRenderer
from api.zalo.ledger import Ledger
from api.zalo.model import Person
from api.zalo.outbox import Outbox
from api.zalo.windows import Window, window
from knowledge_base.answer import Answer

__all__ = ["OfficerNews", "OfficerRelay"]

_CHANNEL = "zalo"


class OfficerNews(Protocol):
    """Where officers' answers and messages wait (`api.handover.reception`)."""

    def has_news(self, channel: str) -> bool:
        """Tell whether anything waits for anybody on `channel`."""

    def news(self, sender: str) -> Answer | None:
        """Return what waits for a conversation, and count it as told."""


@dataclass(frozen=True)
class OfficerRelay:
    """Queues officers' words for whoever may be written to free of charge."""

    ledger: Ledger
    outbox: Outbox
    renderer: ZaloRenderer
    reception: OfficerNews
    clock: Callable[[], datetime]

    async def relay(self) -> None:
        """Queue what waits; whoever may not be written to now reads it when they write again."""
        if not await asyncio.to_thread(self.reception.has_news, _CHANNEL):
            return
        for key, sender in await self.ledger.run(self._reachable):
            news = await asyncio.to_thread(self.reception.news, sender)
            if news is not None:
                await self._queue(key, news)

    def _reachable(self, session: Session) -> list[tuple[str, str]]:
        now = self.clock()
        people = session.scalars(select(Person).where(Person.follows)).all()
        return [
            (person.key, person.sender)
            for person in people
            if window(person.last_inbound_at, now) == Window.FREE
        ]

    async def _queue(self, person_key: str, news: Answer) -> None:
        parts = [("text", {"text": text}) for text in self.renderer.render(news).texts]
        origin = secrets.token_hex(32)
        await self.ledger.run(lambda session: self.outbox.queue(session, person_key, origin, parts))
