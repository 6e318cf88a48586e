"""The gateway's tables: made, kept, taken back."""

from importlib import import_module

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from api.storage import open_database
from api.storage.database import MIGRATIONS_FOLDER, VERSION_TABLE, upgrade_schema
from api.storage.model import TABLE_MODULES, Base
from dossiers.schema import migration_config


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
        command.downgrade(migration_config(connection, MIGRATIONS_FOLDER), "base")
    assert inspect(engine).get_table_names() == [VERSION_TABLE]


def test_a_file_is_written_ahead_so_that_readers_do_not_wait(engine):
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
