"""Who wants to be told of which dossier (Luật 91/2025/QH15: with consent, and until withdrawn).

Only a citizen who has just proved a dossier may follow it; the caller sees to that. What is kept is
the code, a digest of the conversation, and the words that were agreed to: no phone, no name.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dossiers import model
from dossiers.clock import Clock, in_vietnam, system_clock
from dossiers.errors import UnknownDossierError
from dossiers.news import FollowingTexts
from dossiers.registry import Registry, SessionFactory

__all__ = ["FollowedDossier", "Followings", "follower_key"]


def follower_key(conversation: str) -> str:
    """The digest that stands for a conversation: a copy of the table gives nobody's session away.

    A conversation's id is 192 random bits, so that it needs no key.
    """
    return hashlib.sha256(f"follower {conversation}".encode()).hexdigest()


@dataclass(frozen=True)
class FollowedDossier:
    """A dossier that a conversation follows, since when, and with which words."""

    code: str
    channel: str
    consented_at: datetime
    consent: str


class Followings:
    """Keeps consents to be told."""

    def __init__(
        self,
        sessions: SessionFactory,
        registry: Registry,
        texts: FollowingTexts,
        *,
        clock: Clock = system_clock,
    ) -> None:
        self._sessions = sessions
        self._registry = registry
        self._texts = texts
        self._clock = clock

    def consent_for(self, code: str) -> str:
        """The words to agree to before `follow`."""
        return self._texts.consent_for(code)

    def follow(self, code: str, conversation: str, channel: str) -> None:
        """Keep that `conversation` agreed to the words of `consent_for`; again is idle.

        News is counted from now on.

        Raises:
            UnknownDossierError: the registry holds no such dossier.
        """
        record = self._registry.get(code)
        if record is None:
            raise UnknownDossierError(code)
        following = model.Following(
            dossier_code=code,
            conversation=follower_key(conversation),
            channel=channel,
            consented_at=self._clock(),
            consent=self.consent_for(code),
            ended_at=None,
            round=0,
            told_status=int(record.status),
            told_due_on=in_vietnam(record.due_at).date() if record.due_at else None,
            told_apologies=len(record.apologies),
            told_near_for=None,
            told_late_for=None,
        )
        try:
            with self._sessions() as session, session.begin():
                known = _find(session, code, conversation)
                if known is not None and known.ended_at is None:
                    return
                if known is not None:
                    _forget(session, [known.id])
                session.add(following)
        except IntegrityError:
            return  # the same click twice at the same moment

    def withdraw(self, code: str, conversation: str) -> bool:
        """End a following; tell whether there was one. Notices that still wait are dropped."""
        with self._sessions() as session, session.begin():
            known = _find(session, code, conversation)
            if known is None or known.ended_at is not None:
                return False
            known.ended_at = self._clock()
            notices = model.Notice
            session.execute(
                delete(notices).where(notices.following_id == known.id, notices.sent_at.is_(None))
            )
            return True

    def of(self, conversation: str) -> list[FollowedDossier]:
        """Return what a conversation follows, oldest first."""
        table = model.Following
        query = (
            select(table)
            .where(table.conversation == follower_key(conversation), table.ended_at.is_(None))
            .order_by(table.consented_at, table.id)
        )
        with self._sessions() as session:
            return [
                FollowedDossier(row.dossier_code, row.channel, row.consented_at, row.consent)
                for row in session.scalars(query)
            ]

    def move(self, old: str, new: str) -> bool:
        """Let the conversation `new` go on for `old`; tell whether `new` follows anything then.

        Where both follow a dossier, the following of `new` stays.
        """
        table = model.Following
        with self._sessions() as session, session.begin():
            if old != new:
                there = set(
                    session.scalars(
                        select(table.dossier_code).where(table.conversation == follower_key(new))
                    )
                )
                for row in session.scalars(
                    select(table).where(table.conversation == follower_key(old))
                ):
                    if row.dossier_code not in there:
                        row.conversation = follower_key(new)
        return bool(self.of(new))

    def forget(self, conversation: str) -> int:
        """Delete all that a conversation follows and was told; return how many followings."""
        with self._sessions() as session, session.begin():
            table = model.Following
            found = list(
                session.scalars(
                    select(table.id).where(table.conversation == follower_key(conversation))
                )
            )
            _forget(session, found)
            return len(found)

    def forget_old(self) -> int:
        """Delete what ended longer ago than it may be kept; return how many followings."""
        before = self._clock() - timedelta(days=self._texts.keep_days)
        with self._sessions() as session, session.begin():
            old = list(
                session.scalars(select(model.Following.id).where(model.Following.ended_at < before))
            )
            _forget(session, old)
            return len(old)


def _find(session: Session, code: str, conversation: str) -> model.Following | None:
    return session.scalars(
        select(model.Following).where(
            model.Following.dossier_code == code,
            model.Following.conversation == follower_key(conversation),
        )
    ).one_or_none()


def _forget(session: Session, ids: list[int]) -> None:
    session.execute(delete(model.Notice).where(model.Notice.following_id.in_(ids)))
    session.execute(delete(model.Following).where(model.Following.id.in_(ids)))
