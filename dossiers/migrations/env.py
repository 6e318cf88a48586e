"""What Alembic runs; the connection is handed over by `dossiers.schema`."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from dossiers.model import Base
from dossiers.schema import VERSION_TABLE


def _run(connection: Connection) -> None:
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
