"""Messages to those who follow a dossier: made here, sent by the channels, kept and listed.

A channel takes what waits with `pending`, sends it, and says so with `mark_sent`; the web, where
reading is sending, does both at once with `take`. Two replicas never tell the same thing twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update

from dossiers import model
from dossiers.clock import Clock, system_clock
from dossiers.connectors.source import DossierSource
from dossiers.errors import SourceError
from dossiers.followings import follower_key
from dossiers.news import FollowingTexts, News, Told, news
from dossiers.record import DossierRecord
from dossiers.registry import SessionFactory
from dossiers.status import Status
from knowledge_base.calendar import Calendar

__all__ = ["NoticeQueue", "QueuedNotice"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class QueuedNotice:
    """One message: to whom on which channel, and whether it went out.

    `follower` is a digest (`follower_key`); a channel finds its own person by it.
    """

    id: int
    code: str
    follower: str
    channel: str
    kind: str
    text: str
    made_at: datetime
    sent_at: datetime | None = None
    sent_how: str | None = None


class NoticeQueue:
    """Makes, hands out and keeps notices."""

    def __init__(
        self,
        sessions: SessionFactory,
        source: DossierSource,
        calendar: Calendar,
        texts: FollowingTexts,
        *,
        clock: Clock = system_clock,
    ) -> None:
        self._sessions = sessions
        self._source = source
        self._calendar = calendar
        self._texts = texts
        self._clock = clock

    def collect(self) -> int:
        """Look at every dossier that is followed and queue what is new; return how much that was.

        A dossier whose source is down is left for the next time; so is one that is only last known.
        """
        table = model.Following
        with self._sessions() as session:
            followings = list(session.scalars(select(table).where(table.ended_at.is_(None))))
        made = 0
        find = self._finder()
        for following in sorted(followings, key=lambda row: row.dossier_code):
            record = find(following.dossier_code)
            if record is not None:
                made += self._tell(following, record)
        return made

    def pending(self, channel: str, *, limit: int = 100) -> list[QueuedNotice]:
        """Return what waits to be sent over `channel`, oldest first."""
        waits = model.Notice.sent_at.is_(None)
        return self._select(limit, waits, model.Following.channel == channel)

    def mark_sent(self, notice_id: int, how: str) -> bool:
        """Keep that a notice went out and `how` («web», «zalo template»…); False if it had."""
        notices = model.Notice
        with self._sessions() as session, session.begin():
            done = session.execute(
                update(notices)
                .where(notices.id == notice_id, notices.sent_at.is_(None))
                .values(sent_at=self._clock(), sent_how=how)
                .returning(notices.id)
            )
            return done.first() is not None

    def take(self, conversation: str, how: str = "web") -> list[QueuedNotice]:
        """Return what waits for a conversation that is looking, and count it as sent."""
        waits = model.Notice.sent_at.is_(None)
        found = self._select(100, waits, model.Following.conversation == follower_key(conversation))
        return [notice for notice in found if self.mark_sent(notice.id, how)]

    def tell_of_code(self, code: str, conversation: str, how: str = "page") -> list[str]:
        """Return what waits for the web followers of a dossier that was just proved.

        The owner may come with another browser than the one that follows: what waits there keeps
        waiting, and what waits for `conversation` itself counts as sent.
        """
        waits = model.Notice.sent_at.is_(None)
        web, of_code = model.Following.channel == "web", model.Following.dossier_code == code
        found = self._select(100, waits, web, of_code)
        for notice in found:
            if notice.follower == follower_key(conversation):
                self.mark_sent(notice.id, how)
        return list(dict.fromkeys(notice.text for notice in found))

    def listed(self, *, code: str | None = None, limit: int = 100) -> list[QueuedNotice]:
        """Return the latest notices, sent or waiting, for the operator; newest first."""
        wanted = [model.Following.dossier_code == code] if code else []
        return self._select(limit, *wanted, newest_first=True)

    def _select(
        self, limit: int, *conditions: ColumnElement[bool], newest_first: bool = False
    ) -> list[QueuedNotice]:
        notices, followings = model.Notice, model.Following
        query = (
            select(notices, followings)
            .join(followings, followings.id == notices.following_id)
            .where(*conditions)
            .order_by(notices.id.desc() if newest_first else notices.id)
            .limit(limit)
        )
        with self._sessions() as session:
            return [_queued(notice, following) for notice, following in session.execute(query)]

    def _finder(self) -> Callable[[str], DossierRecord | None]:
        """A look-up that asks for each code once."""
        known: dict[str, DossierRecord | None] = {}

        def find(code: str) -> DossierRecord | None:
            if code not in known:
                try:
                    found = self._source.find(code)
                except SourceError as error:
                    logger.warning("notices.source_down source=%s", error.source)
                    found = None
                known[code] = found.record if found and not found.stale else None
            return known[code]

        return find

    def _tell(self, following: model.Following, record: DossierRecord) -> int:
        told = Told(
            Status(following.told_status),
            following.told_due_on,
            following.told_apologies,
            following.told_near_for,
            following.told_late_for,
        )
        now = self._clock()
        found, known = news(told, record, self._calendar, self._texts, now)
        if not found and known == told:
            return 0
        return len(found) if self._queue(following, found, known, now) else 0

    def _queue(
        self, following: model.Following, found: list[News], known: Told, now: datetime
    ) -> bool:
        """Write the news and what is known then; False where another replica was first."""
        table = model.Following
        with self._sessions() as session, session.begin():
            changed = session.execute(
                update(table)
                .where(table.id == following.id, table.round == following.round)
                .where(table.ended_at.is_(None))
                .values(
                    round=following.round + 1,
                    told_status=int(known.status),
                    told_due_on=known.due_on,
                    told_apologies=known.apologies,
                    told_near_for=known.near_for,
                    told_late_for=known.late_for,
                    ended_at=now if known.status.is_terminal else None,
                )
                .returning(table.id)
            )
            if changed.first() is None:
                return False
            rows = [
                {"following_id": following.id, "made_at": now, "kind": one.kind, "text": one.text}
                for one in found
            ]
            if rows:
                session.execute(insert(model.table_of(model.Notice)), rows)
            return True


def _queued(notice: model.Notice, following: model.Following) -> QueuedNotice:
    return QueuedNotice(
        id=notice.id,
        code=following.dossier_code,
        follower=following.conversation,
        channel=following.channel,
        kind=notice.kind,
        text=notice.text,
        made_at=notice.made_at,
        sent_at=notice.sent_at,
        sent_how=notice.sent_how,
    )
