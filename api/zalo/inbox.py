"""The durable inbox: stored before Zalo hears «200», once however often it is delivered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.conversation import new_sender
from api.zalo.event import Event, Kind
from api.zalo.ledger import Ledger
from api.zalo.model import Consent, Delivery, Inbound, InboundState, Person, Watch
from api.zalo.seal import Seal

__all__ = ["Inbox", "Waiting"]

_UNANSWERED = (Kind.ECHO, Kind.RECEIPT)
_KEYS_KEPT = timedelta(days=30)
_KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """An inbound message whose turn it is; `on_offer` is what the last answer left open."""

    id: int
    key: str
    person_key: str
    sender: str
    kind: Kind
    text: str
    attempts: int
    on_offer: dict[str, Any] = field(default_factory=dict)


class Inbox:
    """Stores events, gives them out person by person in order, and forgets."""

    def __init__(
        self, ledger: Ledger, seal: Seal, *, oa_id: str, clock: Callable[[], datetime]
    ) -> None:
        """Take where they are kept, what seals them, and whose inbox it is."""
        self._ledger, self._seal, self._oa_id, self._clock = ledger, seal, oa_id, clock

    async def store(self, event: Event, raw: bytes) -> str | None:
        """Store an event once; return the key of the person who now waits for an answer.

        Our own echoes and receipts are not stored; unknown events are, for the operators.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: it could not be stored. Zalo should deliver it again.
        """
        if event.kind in _UNANSWERED:
            return None
        try:
            return await self._ledger.run(lambda session: self._store(session, event, raw))
        except IntegrityError:
            # Another replica stored the same redelivery between our look and our insert.
            return None

    def _store(self, session: Session, event: Event, raw: bytes) -> str | None:
        if session.scalar(select(Inbound.id).where(Inbound.key == event.key)) is not None:
            return None
        now = self._clock()
        row = Inbound(
            key=event.key,
            event=event.name,
            kind=event.kind,
            state=InboundState.WAITING,
            sent_at=event.sent_at or now,
            received_at=now,
            due_at=now,
        )
        if event.kind == Kind.UNKNOWN or not event.user_id:
            row.state = InboundState.KEPT
            row.body = self._seal.close(raw.decode("utf-8", "replace"))
            session.add(row)
            return None
        person_key = self._meet(session, event, now)
        row.person_key = person_key
        # A photo, a place, a phone number is never stored: it is enough to know that one came.
        row.body = self._seal.close(event.text) if event.kind == Kind.TEXT else None
        session.add(row)
        return person_key

    def _meet(self, session: Session, event: Event, now: datetime) -> str:
        """Find or enter the person, and note when they were last heard of."""
        key = self._seal.pseudonym(self._oa_id, event.user_id)
        heard = event.sent_at if event.sent_at and event.sent_at < now else now
        person = session.get(Person, key)
        if person is None:
            person = Person(
                key=key,
                sender=new_sender(),
                user_id=self._seal.close(event.user_id),
                last_inbound_at=heard,
                follows=True,
            )
            session.add(person)
        elif event.kind != Kind.UNFOLLOW:
            person.last_inbound_at = max(person.last_inbound_at, heard)
        if event.kind != Kind.WITHDRAW:
            person.follows = event.kind != Kind.UNFOLLOW
        return key

    def people_waiting(self, session: Session) -> list[str]:
        """Everybody with a message whose time has come."""
        rows = (
            select(Inbound.person_key)
            .where(Inbound.state == InboundState.WAITING, Inbound.due_at <= self._clock())
            .distinct()
        )
        return [key for key in session.scalars(rows) if key]

    def next(self, session: Session, person_key: str) -> Waiting | None:
        """Give out the person's earliest message, and count the attempt."""
        found = session.execute(
            select(Inbound, Person)
            .join(Person, Person.key == Inbound.person_key)
            .where(Inbound.person_key == person_key, Inbound.state == InboundState.WAITING)
            .order_by(Inbound.sent_at, Inbound.id)
            .limit(1)
        ).first()
        if found is None or found[0].due_at > self._clock():
            return None
        row, person = found
        row.attempts += 1
        return Waiting(
            id=row.id,
            key=row.key,
            person_key=person_key,
            sender=person.sender,
            kind=Kind(row.kind),
            text=self._seal.open(row.body) if row.body else "",
            attempts=row.attempts,
            on_offer=self._seal.open(person.on_offer) if person.on_offer else {},
        )

    def done(
        self, session: Session, message: Waiting, on_offer: dict[str, Any] | None = None
    ) -> None:
        """The message is answered: its words are wiped, its key stays.

        `on_offer` is what the answer leaves open; None leaves what was open before.
        """
        if on_offer is not None:
            sealed = self._seal.close(on_offer) if on_offer else None
            session.execute(
                update(Person).where(Person.key == message.person_key).values(on_offer=sealed)
            )
        session.execute(
            update(Inbound)
            .where(Inbound.id == message.id)
            .values(state=InboundState.DONE, body=None)
        )

    def postpone(self, session: Session, message: Waiting, seconds: float) -> None:
        """Try again later; what the person wrote after it waits behind it."""
        session.execute(
            update(Inbound)
            .where(Inbound.person_key == message.person_key)
            .where(Inbound.state == InboundState.WAITING)
            .values(due_at=self._clock() + timedelta(seconds=seconds))
        )

    def forget_person(self, session: Session, person_key: str) -> None:
        """Delete everything about a person but the bare keys of what they sent."""
        for table in (Delivery, Consent, Watch):
            session.execute(delete(table).where(table.person_key == person_key))
        session.execute(
            update(Inbound)
            .where(Inbound.person_key == person_key)
            .values(person_key=None, body=None, state=InboundState.DONE)
        )
        session.execute(delete(Person).where(Person.key == person_key))

    def forget_old(self, session: Session) -> int:
        """Delete what is no longer needed to know a redelivery; return how many rows."""
        now = self._clock()
        old = delete(Inbound).where(
            Inbound.state != InboundState.WAITING, Inbound.received_at < now - _KEYS_KEPT
        )
        result = session.execute(old)
        settled = delete(Delivery).where(
            Delivery.settled_at.is_not(None), Delivery.settled_at < now - _KEPT_FOR
        )
        session.execute(settled)
        return result.rowcount if isinstance(result, CursorResult) else 0

    def counts(self, session: Session) -> dict[str, int]:
        """How many messages stand in each state."""
        rows = session.execute(select(Inbound.state, func.count()).group_by(Inbound.state))
        return {state: count for state, count in rows}
