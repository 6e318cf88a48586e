"""The tables in which dossiers are kept.

No table has a column for a citizen's name, phone, address or identity number, and none may get
one; the two secrets that prove ownership are kept as salted hashes (`dossiers.proofs`). Moments are
stored in UTC without a zone, alike in SQLite and PostgreSQL, and read in Vietnamese time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from dossiers.clock import in_vietnam

__all__ = [
    "Apology",
    "Attempt",
    "Base",
    "DataError",
    "Delivery",
    "Dossier",
    "DossierPart",
    "Following",
    "Moment",
    "Notice",
    "Payment",
    "Step",
    "Supplement",
    "table_of",
]

# SQLite numbers rows by itself only in a column of its own INTEGER type.
_ROW_NUMBER = BigInteger().with_variant(Integer(), "sqlite")
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment with a zone in Python, naive UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring a moment to naive UTC."""
        del dialect
        return None if value is None else in_vietnam(value).astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Bring naive UTC to Vietnamese time."""
        del dialect
        return None if value is None else in_vietnam(value.replace(tzinfo=UTC))


class Base(DeclarativeBase):
    """Base of the tables of this package."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar = {
        datetime: Moment,
        date: Date,
        list[str]: JSON,
        int: BigInteger,
    }


def table_of(entity: type[Base]) -> Table:
    """Return the table of an entity, for statements on many rows."""
    return cast(Table, entity.__table__)


class Dossier(Base):
    """One dossier (hồ sơ)."""

    __tablename__ = "dossiers"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    code_raw: Mapped[str | None]
    procedure_code: Mapped[str | None] = mapped_column(index=True)
    procedure_name: Mapped[str | None]
    procedure_version: Mapped[str | None]
    field_code: Mapped[str | None]
    field_name: Mapped[str | None]
    agency_helping: Mapped[str | None]
    agency_receiving: Mapped[str | None]
    agency_deciding: Mapped[str | None]
    channel: Mapped[str | None]
    received_at: Mapped[datetime | None] = mapped_column(index=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    due_quantity: Mapped[float | None]
    due_unit: Mapped[str | None]
    due_provisional: Mapped[bool]
    calendar_version: Mapped[str | None]
    status: Mapped[int] = mapped_column(index=True)
    status_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    collect_at: Mapped[str | None]
    source_system: Mapped[str]
    synced_at: Mapped[datetime]
    pin_hash: Mapped[str | None]
    phone_hash: Mapped[str | None]


class DossierPart(Base):
    """Base of the tables that hang on a dossier."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(_ROW_NUMBER, primary_key=True)
    dossier_code: Mapped[str] = mapped_column(ForeignKey("dossiers.code"), index=True)


class Step(DossierPart):
    """One step of handling, kept also where its status could not follow the one before."""

    __tablename__ = "dossier_steps"

    at: Mapped[datetime]
    unit: Mapped[str | None]
    text: Mapped[str | None]
    status: Mapped[int | None]
    due_by: Mapped[datetime | None]


class Supplement(DossierPart):
    """One request to add papers."""

    __tablename__ = "dossier_supplements"

    asked_at: Mapped[datetime]
    asked_by: Mapped[str | None]
    items: Mapped[list[str]]
    answered_at: Mapped[datetime | None]
    due_before: Mapped[datetime | None]
    due_after: Mapped[datetime | None]
    reference: Mapped[str | None]


class Apology(DossierPart):
    """One written apology with the new date."""

    __tablename__ = "dossier_apologies"

    issued_at: Mapped[datetime]
    issuer: Mapped[str | None]
    reason: Mapped[str | None]
    due_before: Mapped[datetime | None]
    due_after: Mapped[datetime | None]
    seq: Mapped[int]


class Payment(DossierPart):
    """One fee, in đồng."""

    __tablename__ = "dossier_payments"

    name: Mapped[str]
    amount: Mapped[int]
    state: Mapped[str]
    fee_code: Mapped[str | None]
    reference: Mapped[str | None]


class Delivery(DossierPart):
    """One hand-over of the result."""

    __tablename__ = "dossier_deliveries"

    mode: Mapped[str]
    at: Mapped[datetime | None]
    tracking: Mapped[str | None]


class DataError(DossierPart):
    """Something a system told that cannot be right, for the officer to see."""

    __tablename__ = "dossier_data_errors"

    found_at: Mapped[datetime]
    kind: Mapped[str]
    message: Mapped[str]
    source: Mapped[str | None]


class Attempt(Base):
    """One try to see a dossier; code and client only as keyed digests."""

    __tablename__ = "dossier_attempts"
    __table_args__ = (
        Index("ix_dossier_attempts_client_at", "client_key", "at"),
        Index("ix_dossier_attempts_code_at", "code_key", "at"),
    )

    id: Mapped[int] = mapped_column(_ROW_NUMBER, primary_key=True)
    at: Mapped[datetime]
    client_key: Mapped[str] = mapped_column(String(64))
    code_key: Mapped[str] = mapped_column(String(64))
    with_proof: Mapped[bool]
    proved: Mapped[bool]


class Following(Base):
    """One citizen's wish to be told of a dossier; who that is, only the conversation knows.

    `consent` holds the words that were agreed to. The `told_…` columns say what the citizen knows,
    and `round` counts how often they changed, so that of two replicas one tells.
    """

    __tablename__ = "dossier_followings"
    __table_args__ = (
        UniqueConstraint("dossier_code", "conversation", name="uq_dossier_followings_dossier_code"),
    )

    id: Mapped[int] = mapped_column(_ROW_NUMBER, primary_key=True)
    dossier_code: Mapped[str] = mapped_column(ForeignKey("dossiers.code"), index=True)
    conversation: Mapped[str] = mapped_column(String(64), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    consented_at: Mapped[datetime]
    consent: Mapped[str]
    ended_at: Mapped[datetime | None]
    round: Mapped[int]
    told_status: Mapped[int]
    told_due_on: Mapped[date | None]
    told_apologies: Mapped[int]
    told_near_for: Mapped[date | None]
    told_late_for: Mapped[date | None]


class Notice(Base):
    """One message to a follower: waiting until `sent_at`, and then how it went."""

    __tablename__ = "dossier_notices"

    id: Mapped[int] = mapped_column(_ROW_NUMBER, primary_key=True)
    following_id: Mapped[int] = mapped_column(ForeignKey("dossier_followings.id"), index=True)
    made_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    sent_how: Mapped[str | None] = mapped_column(String(32))
