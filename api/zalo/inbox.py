"""The durable inbox: stored before Zalo hears «200», once however often it is delivered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, CursorResult, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.conversation import new_sender
from api.zalo.event import Event, Kind
from api.zalo.ledger import Ledger
from api.zalo.model import Delivery, Inbound, InboundState, Person
from api.zalo.seal import Seal

__all__ = ["Inbox", "Waiting"]

_UNANSWERED = (Kind.ECHO, Kind.RECEIPT)
_KEYS_KEPT = timedelta(days=30)
_KEPT_FOR = timedelta(days=30)
_TURN = (
    Inbound.id,
    Inbound.key,
    Inbound.kind,
    Inbound.body,
    Inbound.due_at,
    Inbound.attempts,
    Person.sender,
    Person.on_offer,
)


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
            # Zalo waits for this one.
            return await self._ledger.run(
                lambda session: self._store(session, event, raw), urgent=True
            )
        except IntegrityError:
            # Another replica stored the same redelivery between our look and our insert.
            return None

    def _store(self, session: Session, event: Event, raw: bytes) -> str | None:
        connection = session.connection()
        if connection.scalar(select(Inbound.id).where(Inbound.key == event.key)) is not None:
            return None
        now = self._clock()
        row = {
            "key": event.key,
            "event": event.name,
            "kind": event.kind,
            "state": InboundState.WAITING,
            "sent_at": event.sent_at or now,
            "received_at": now,
            "due_at": now,
            "attempts": 0,
        }
        if event.kind == Kind.UNKNOWN or not event.user_id:
            row["state"] = InboundState.KEPT
            row["body"] = self._seal.close(raw.decode("utf-8", "replace"))
            connection.execute(insert(Inbound), row)
            return None
        row["person_key"] = self._meet(connection, event, now)
        # A photo, a place, a phone number is never stored: it is enough to know that one came.
        row["body"] = self._seal.close(event.text) if event.kind == Kind.TEXT else None
        connection.execute(insert(Inbound), row)
        return str(row["person_key"])

    def _meet(self, connection: Connection, event: Event, now: datetime) -> str:
        """Find or enter the person, and note when they were last heard of."""
        key = self._seal.pseudonym(self._oa_id, event.user_id)
        heard = event.sent_at if event.sent_at and event.sent_at < now else now
        found = connection.execute(
            select(Person.last_inbound_at, Person.follows).where(Person.key == key)
        ).first()
        if found is None:
            connection.execute(
                insert(Person),
                {
                    "key": key,
                    "sender": new_sender(),
                    "user_id": self._seal.close(event.user_id),
                    "last_inbound_at": heard,
                    "follows": event.kind != Kind.UNFOLLOW,
                },
            )
            return key
        follows = found.follows if event.kind == Kind.WITHDRAW else event.kind != Kind.UNFOLLOW
        if event.kind == Kind.UNFOLLOW:
            heard = found.last_inbound_at
        connection.execute(
            update(Person)
            .where(Person.key == key)
            .values(last_inbound_at=max(found.last_inbound_at, heard), follows=follows)
        )
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
        connection = session.connection()
        row = connection.execute(
            select(*_TURN)
            .join(Person, Person.key == Inbound.person_key)
            .where(Inbound.person_key == person_key, Inbound.state == InboundState.WAITING)
            .order_by(Inbound.sent_at, Inbound.id)
            .limit(1)
        ).first()
        if row is None or row.due_at > self._clock():
            return None
        attempts = row.attempts + 1
        connection.execute(update(Inbound).where(Inbound.id == row.id).values(attempts=attempts))
        return Waiting(
            id=row.id,
            key=row.key,
            person_key=person_key,
            sender=row.sender,
            kind=Kind(row.kind),
            text=self._seal.open(row.body) if row.body else "",
            attempts=attempts,
            on_offer=self._seal.open(row.on_offer) if row.on_offer else {},
        )

    def done(
        self, session: Session, message: Waiting, on_offer: dict[str, Any] | None = None
    ) -> None:
        """The message is answered: its words are wiped, its key stays.

        `on_offer` is what the answer leaves open; None leaves what was open before.
        """
        connection = session.connection()
        if on_offer is not None:
            sealed = self._seal.close(on_offer) if on_offer else None
            connection.execute(
                update(Person).where(Person.key == message.person_key).values(on_offer=sealed)
            )
        connection.execute(
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
        session.execute(delete(Delivery).where(Delivery.person_key == person_key))
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
