"""What all tables of the gateway share: their registry, their moments, their names.

Each feature declares its tables beside itself (`api/handover/model.py` …) on this `Base`, and a
revision in `migrations/versions` makes them. `TABLE_MODULES` names those modules, so that the
migrations and their test know every table.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

__all__ = ["TABLE_MODULES", "Base", "Moment"]

TABLE_MODULES: tuple[str, ...] = ("api.handover.model", "api.zalo.model", "api.feedback.model")
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The tables of the gateway."""

    metadata = MetaData(naming_convention=_NAMES)


class Moment(TypeDecorator[datetime]):
    """A moment with a zone in Python, naive UTC in the database, alike in SQLite and PostgreSQL."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment with a zone into naive UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give naive UTC its zone back."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)
