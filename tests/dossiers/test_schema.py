from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from dossiers.model import Base
from dossiers.schema import VERSION_TABLE, migration_config, upgrade_schema


def test_the_migrations_make_exactly_the_tables_of_the_model(engine):
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


def test_a_file_database_is_upgraded_and_its_other_tables_left_alone(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'hồ sơ 100%.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT)")
    upgrade_schema(engine)
    assert {"dossiers", "alembic_version"} <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_no_column_is_made_for_a_person():
    names = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    personal = {"name_of_owner", "owner", "applicant", "phone", "email", "address", "identity"}
    assert not names & personal
