"""The gateway's tables: made, kept, taken back."""

from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.dialects import sqlite

from api.storage import open_database
from api.storage.database import VERSION_TABLE, migration_config, upgrade_schema
from api.storage.model import TABLE_MODULES, Base, Moment


@pytest.fixture
def engine(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'dữ liệu 100%' / 'motcua.db'}")
    yield engine
    engine.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_model(engine):
    for module in TABLE_MODULES:
        import_module(module)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_again_is_idle(engine):
    before = inspect(engine).get_table_names()
    upgrade_schema(engine)
    assert inspect(engine).get_table_names() == before


def test_the_schema_can_be_taken_back(engine):
    with engine.begin() as connection:
        command.downgrade(migration_config(connection), "base")
    assert inspect(engine).get_table_names() == [VERSION_TABLE]


def test_a_file_is_written_ahead_so_that_readers_do_not_wait(engine):
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_moment_keeps_its_instant_and_needs_its_zone():
    moment = Moment()
    dialect = sqlite.dialect()
    there = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=7)))
    stored = moment.process_bind_param(there, dialect)
    assert stored == datetime(2026, 11, 23, 2, 0)
    assert moment.process_result_value(stored, dialect) == there.astimezone(UTC)
    with pytest.raises(ValueError, match="zone"):
        moment.process_bind_param(datetime(2026, 11, 23), dialect)
