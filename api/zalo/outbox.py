"""The durable outbox: each part of each answer once, a person's parts in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from api.zalo.model import Delivery, DeliveryState, Person
from api.zalo.seal import Seal

__all__ = ["Outbox", "Parcel"]

_TURN = (
    Delivery.id,
    Delivery.kind,
    Delivery.content,
    Delivery.state,
    Delivery.attempts,
    Delivery.queued_at,
    Delivery.due_at,
    Delivery.started_at,
    Person.user_id,
    Person.last_inbound_at,
    Person.follows,
)
_OPEN = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNSURE)


@dataclass(frozen=True)
class Parcel:
    """One outbound message whose turn it is, opened."""

    id: int
    person_key: str
    user_id: str
    kind: str
    content: dict[str, Any]
    state: DeliveryState
    attempts: int
    queued_at: datetime
    started_at: datetime | None
    last_inbound_at: datetime
    follows: bool


class Outbox:
    """Queues messages, gives them out person by person in order, and notes how they fared."""

    def __init__(self, seal: Seal, clock: Callable[[], datetime]) -> None:
        """Take what seals the contents, and the clock."""
        self._seal, self._clock = seal, clock

    def queue(
        self, session: Session, person_key: str, origin: str, parts: Sequence[tuple[str, Any]]
    ) -> None:
        """Queue the parts (kind, content) of one answer.

        Raises:
            sqlalchemy.exc.IntegrityError: they are queued already.
        """
        now = self._clock()
        rows = [
            {
                "origin": origin,
                "part": number,
                "person_key": person_key,
                "kind": kind,
                "state": DeliveryState.QUEUED,
                "content": self._seal.close(content),
                "queued_at": now,
                "due_at": now,
                "attempts": 0,
            }
            for number, (kind, content) in enumerate(parts)
        ]
        if rows:
            session.connection().execute(insert(Delivery), rows)

    def people_waiting(self, session: Session) -> list[str]:
        """Everybody with a message to send whose time has come."""
        rows = (
            select(Delivery.person_key)
            .where(Delivery.state.in_(_OPEN), Delivery.due_at <= self._clock())
            .distinct()
        )
        return list(session.scalars(rows))

    def next(self, session: Session, person_key: str) -> Parcel | None:
        """Give out the person's earliest open message.

        A queued one is marked as being sent before it is: found so after a crash, it is unsure.
        """
        connection = session.connection()
        row = connection.execute(
            select(*_TURN)
            .join(Person, Person.key == Delivery.person_key)
            .where(Delivery.person_key == person_key, Delivery.state.in_(_OPEN))
            .order_by(Delivery.id)
            .limit(1)
        ).first()
        now = self._clock()
        if row is None or row.due_at > now:
            return None
        state, attempts, started_at = DeliveryState(row.state), row.attempts, row.started_at
        if state == DeliveryState.QUEUED:
            attempts, started_at = attempts + 1, now
            connection.execute(
                update(Delivery)
                .where(Delivery.id == row.id)
                .values(state=DeliveryState.SENDING, started_at=now, attempts=attempts)
            )
        return Parcel(
            id=row.id,
            person_key=person_key,
            user_id=self._seal.open(row.user_id),
            kind=row.kind,
            content=self._seal.open(row.content) if row.content else {},
            state=state,
            attempts=attempts,
            queued_at=row.queued_at,
            started_at=started_at,
            last_inbound_at=row.last_inbound_at,
            follows=row.follows,
        )

    def settle(
        self,
        session: Session,
        parcel: Parcel,
        state: DeliveryState,
        *,
        message_id: str | None = None,
        error_code: int | None = None,
    ) -> None:
        """The message was sent, failed or dropped: its words are wiped."""
        session.connection().execute(
            update(Delivery)
            .where(Delivery.id == parcel.id)
            .values(
                state=state,
                settled_at=self._clock(),
                message_id=message_id,
                error_code=error_code,
                content=None,
            )
        )

    def postpone(
        self,
        session: Session,
        parcel: Parcel,
        seconds: float,
        *,
        state: DeliveryState = DeliveryState.QUEUED,
        error_code: int | None = None,
        content: dict[str, Any] | None = None,
    ) -> None:
        """Try again later, with other content where `content` is given."""
        values: dict[str, Any] = {
            "state": state,
            "due_at": self._clock() + timedelta(seconds=seconds),
            "error_code": error_code,
        }
        if content is not None:
            values["content"] = self._seal.close(content)
        session.connection().execute(
            update(Delivery).where(Delivery.id == parcel.id).values(values)
        )

    def recover(self, session: Session) -> int:
        """After a start: whatever was being sent is unsure now; return how many."""
        found = session.scalars(
            select(Delivery).where(Delivery.state == DeliveryState.SENDING)
        ).all()
        for row in found:
            row.state = DeliveryState.UNSURE
        return len(found)

    def known_message_ids(self, session: Session, person_key: str) -> set[str]:
        """Ids that Zalo gave to messages sent to this person."""
        rows = select(Delivery.message_id).where(
            Delivery.person_key == person_key, Delivery.message_id.is_not(None)
        )
        return {message_id for message_id in session.scalars(rows) if message_id}

    def counts(self, session: Session) -> dict[str, int]:
        """How many messages stand in each state."""
        rows = session.execute(select(Delivery.state, func.count()).group_by(Delivery.state))
        return {state: count for state, count in rows}
