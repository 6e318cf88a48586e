"""What Alembic runs; the connection is handed over by `api.storage.database`."""

from __future__ import annotations

from importlib import import_module

from alembic import context
from sqlalchemy import Connection

from api.storage.database import VERSION_TABLE
from api.storage.model import TABLE_MODULES, Base


def _run(connection: Connection) -> None:
    for module in TABLE_MODULES:
        import_module(module)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        version_table=VERSION_TABLE,
        render_as_batch=connection.dialect.name == "sqlite",
        include_name=lambda name, kind, _: kind != "table" or name in Base.metadata.tables,
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
