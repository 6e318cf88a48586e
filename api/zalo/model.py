"""The tables of the Zalo channel.

Whatever names a person or holds their words is sealed (`api.zalo.seal`); a person's rows go when
they ask for it. Message texts are wiped once answered.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.storage.model import Base, Moment

__all__ = [
    "Delivery",
    "DeliveryState",
    "Grant",
    "GrantState",
    "Inbound",
    "InboundState",
    "Person",
    "Remark",
]


class InboundState(StrEnum):
    """How far an inbound message is."""

    WAITING = "waiting"
    DONE = "done"
    KEPT = "kept"  # an event that is not known: kept for the operators, not answered


class DeliveryState(StrEnum):
    """How far an outbound message is."""

    QUEUED = "queued"
    SENDING = "sending"  # the call has begun; after a crash it may or may not have arrived
    UNSURE = "unsure"  # no answer came; the conversation at Zalo will tell
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"  # Zalo allows no message to this person now


class GrantState(StrEnum):
    """How sure the pair of tokens is."""

    GOOD = "good"
    REFRESHING = "refreshing"  # written before the call: found after a crash, it tells of one
    UNSURE = "unsure"
    DEAD = "dead"


class Person(Base):
    """Somebody who wrote to the OA."""

    __tablename__ = "zalo_person"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)  # pseudonym of the user id
    sender: Mapped[str] = mapped_column(String(64), unique=True)  # their conversation at the bot
    user_id: Mapped[str] = mapped_column(Text)  # sealed
    last_inbound_at: Mapped[datetime] = mapped_column(Moment)
    follows: Mapped[bool] = mapped_column(Boolean, default=True)
    on_offer: Mapped[str | None] = mapped_column(Text)  # sealed: choices, remainder


class Inbound(Base):
    """One event of the webhook. The key stays when the text is wiped, to know a redelivery."""

    __tablename__ = "zalo_inbound"
    __table_args__ = (
        Index("ix_zalo_inbound_turn", "person_key", "state", "sent_at"),
        Index("ix_zalo_inbound_state", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    person_key: Mapped[str | None] = mapped_column(String(64))
    event: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    sent_at: Mapped[datetime] = mapped_column(Moment)
    received_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    body: Mapped[str | None] = mapped_column(Text)  # sealed


class Delivery(Base):
    """One outbound message; `origin` and `part` make it unique, so nothing is queued twice."""

    __tablename__ = "zalo_delivery"
    __table_args__ = (
        UniqueConstraint("origin", "part", name="uq_zalo_delivery_origin"),
        Index("ix_zalo_delivery_turn", "person_key", "state", "id"),
        Index("ix_zalo_delivery_state", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    origin: Mapped[str] = mapped_column(String(64))  # key of the inbound message or of the notice
    part: Mapped[int] = mapped_column(Integer)
    person_key: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    content: Mapped[str | None] = mapped_column(Text)  # sealed
    queued_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    error_code: Mapped[int | None] = mapped_column(Integer)
    message_id: Mapped[str | None] = mapped_column(String(128))


class Grant(Base):
    """The pair of tokens of one OA, sealed; the pair before it is kept for inquiries."""

    __tablename__ = "zalo_grant"

    oa_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    pair: Mapped[str] = mapped_column(Text)  # sealed
    previous_pair: Mapped[str | None] = mapped_column(Text)  # sealed
    state: Mapped[str] = mapped_column(String(16))
    expires_at: Mapped[datetime] = mapped_column(Moment)
    refreshed_at: Mapped[datetime] = mapped_column(Moment)
    tried_at: Mapped[datetime | None] = mapped_column(Moment)


class Remark(Base):
    """The last thing of its kind that operators should know, as JSON without personal data."""

    __tablename__ = "zalo_remark"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
