"""What all tables of the gateway share: their registry, their names, and moments kept as dossiers'.

Each feature declares its tables beside itself (`api/handover/model.py` …) on this `Base`, and a
revision in `migrations/versions` makes them. `TABLE_MODULES` names those modules, so that the
migrations and their test know every table.
"""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from dossiers.model import Moment

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
