"""Create and bring forward the dossier tables, in SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

__all__ = ["MIGRATIONS_FOLDER", "VERSION_TABLE", "migration_config", "upgrade_schema"]

MIGRATIONS_FOLDER = Path(__file__).parent / "migrations"
VERSION_TABLE = "dossiers_schema_version"
_LOCK = 7_062_026  # any number, the same in all replicas


def upgrade_schema(
    engine: Engine,
    revision: str = "head",
    *,
    folder: Path = MIGRATIONS_FOLDER,
    lock: int = _LOCK,
) -> None:
    """Bring the tables of the revisions in `folder` to `revision`; idle where they are there.

    Replicas that start together wait for one another (PostgreSQL), on `lock`.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
        command.upgrade(migration_config(connection, folder), revision)


def migration_config(connection: Connection, folder: Path = MIGRATIONS_FOLDER) -> Config:
    """Return the Alembic configuration for `connection`, also to take a step back."""
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
