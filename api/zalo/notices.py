"""Tell people on Zalo that their dossier has moved, where they agreed to be told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.zalo.ledger import Ledger
from api.zalo.model import Watch
from api.zalo.outbox import Outbox
from api.zalo.seal import Seal
from api.zalo.texts import ZaloTexts
from dossiers.status import Status

__all__ = ["DossierNotices", "FindStatus"]

FindStatus = Callable[[str], Status | None]
"""The status of a dossier by its code, or None where it is not known."""


@dataclass(frozen=True)
class DossierNotices:
    """Compares the dossiers that people watch with what they were told last."""

    ledger: Ledger
    outbox: Outbox
    seal: Seal
    texts: ZaloTexts
    find_status: FindStatus
    clock: Callable[[], datetime]

    async def tell(self) -> None:
        """Queue a notice for every watched dossier whose status is another than before."""
        await self.ledger.run(self._tell)

    def _tell(self, session: Session) -> int:
        queued = 0
        for watch in session.scalars(select(Watch)).all():
            code = self.seal.open(watch.code)
            status = self.find_status(code)
            if status is None or int(status) == watch.told:
                continue
            # A dossier that was not known when the person asked: the first look only learns.
            if watch.told is not None:
                self._queue(session, watch, code, status)
                queued += 1
            watch.told = int(status)
        return queued

    def _queue(self, session: Session, watch: Watch, code: str, status: Status) -> None:
        now = self.clock()
        text = self.texts.replies["notice"].format(code=code, status=status.label)
        data = {"ma_ho_so": code, "trang_thai": status.label, "ngay": now.strftime("%d/%m/%Y")}
        origin = hashlib.sha256(
            f"notice {watch.id} {watch.told} {int(status)} {now.isoformat()}".encode()
        ).hexdigest()
        self.outbox.queue(
            session, watch.person_key, origin, [("notice", {"text": text, "data": data})]
        )
