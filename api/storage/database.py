"""Open the database and bring the gateway's tables to their newest form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url

from dossiers import schema

__all__ = ["MIGRATIONS_FOLDER", "VERSION_TABLE", "open_database", "upgrade_schema"]

VERSION_TABLE = "gateway_schema_version"
MIGRATIONS_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 7_062_027  # any number, the same in all replicas, another than that of the dossiers
_BUSY_SECONDS = 15


def open_database(url: str) -> Engine:
    """Return an engine for `url` (`sqlite:///file` or PostgreSQL), its tables up to date.

    A SQLite file is made with its folder and written ahead, so that readers do not wait for the
    writer; a second process waits its turn instead of failing.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database cannot be opened or changed.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})
        event.listen(engine, "connect", _write_ahead)
    else:
        engine = create_engine(url, pool_pre_ping=True)
    upgrade_schema(engine)
    return engine


def upgrade_schema(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to `revision`; replicas that start together wait (PostgreSQL)."""
    schema.upgrade_schema(engine, revision, folder=MIGRATIONS_FOLDER, lock=_LOCK)


def _write_ahead(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
