"""Pass news of followed dossiers on to Zalo (`dossiers.notices` makes and keeps them).

Zalo decides what may be sent: a message while the person was heard of lately, an approved template
after that, nothing without one. What may not go out now waits until the person writes again.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.zalo.ledger import Ledger
from api.zalo.model import Person
from api.zalo.outbox import Outbox
from api.zalo.postman import Rules
from api.zalo.texts import ZaloTexts
from api.zalo.windows import Window, window
from dossiers.desk import DossierDesk
from dossiers.followings import follower_key
from dossiers.notices import QueuedNotice
from knowledge_base.form_of_address import FormOfAddress

__all__ = ["NoticeRelay"]

logger = logging.getLogger(__name__)

_CHANNEL = "zalo"


@dataclass(frozen=True)
class NoticeRelay:
    """Moves notices from the dossiers' queue into the outbox, each once."""

    ledger: Ledger
    outbox: Outbox
    texts: ZaloTexts
    rules: Rules
    open_desk: Callable[[], Awaitable[DossierDesk]]
    clock: Callable[[], datetime]
    address: FormOfAddress = FormOfAddress.BAN

    async def relay(self) -> None:
        """Queue what waits and may go out now."""
        desk = await self.open_desk()
        waiting = await asyncio.to_thread(desk.notices.pending, _CHANNEL)
        followers = await self.ledger.run(_followers) if waiting else {}
        for notice in waiting:
            how = await self._pass_on(notice, followers.get(notice.follower))
            if how is not None:
                await asyncio.to_thread(desk.notices.mark_sent, notice.id, how)

    async def _pass_on(self, notice: QueuedNotice, person_key: str | None) -> str | None:
        try:
            return await self.ledger.run(lambda session: self._queue(session, notice, person_key))
        except IntegrityError:
            # It was queued before, and we died before that was noted with the dossier.
            return _CHANNEL

    def _queue(self, session: Session, notice: QueuedNotice, person_key: str | None) -> str | None:
        """Queue one notice; None where it has to wait."""
        person = session.get(Person, person_key) if person_key else None
        if person is None:
            logger.warning("zalo.notice_for_nobody id=%s", notice.id)
            return f"{_CHANNEL} không còn người nhận"
        state = window(person.last_inbound_at, self.clock())
        as_message = state == Window.FREE or (state == Window.PAID and self.rules.paid_messages)
        if not person.follows or not (as_message or self.rules.notice_template):
            return None
        data = {
            "ma_ho_so": notice.code,
            "tin_moi": self.texts.news[notice.kind],
            "ngay": self.clock().strftime("%d/%m/%Y"),
        }
        content = {"text": self.address(notice.text), "data": data}
        origin = hashlib.sha256(f"notice {notice.id}".encode()).hexdigest()
        self.outbox.queue(session, person.key, origin, [("notice", content)])
        return _CHANNEL if as_message else f"{_CHANNEL} template"


def _followers(session: Session) -> dict[str, str]:
    """The people of this channel by the digest that the dossiers know them by."""
    rows = session.execute(select(Person.sender, Person.key))
    return {follower_key(sender): key for sender, key in rows}
