"""What the tests of dossiers share: a database in memory, a clock that stands, a hasher."""

import os
from datetime import datetime, timedelta

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import StaticPool

from dossiers.clock import VIETNAM
from dossiers.demo import insert_demo
from dossiers.model import Base
from dossiers.proofs import ProofHasher
from dossiers.registry import Registry
from dossiers.schema import VERSION_TABLE, upgrade_schema


class StandingClock:
    """A clock that moves only when told."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now

    def forward(self, **parts):
        self.now += timedelta(**parts)


@pytest.fixture
def clock():
    return StandingClock(datetime(2026, 11, 23, 10, 30, tzinfo=VIETNAM))


@pytest.fixture
def engine():
    """A fresh database in memory, or PostgreSQL where MOTCUA_TEST_DATABASE_URL names one."""
    url = os.environ.get("MOTCUA_TEST_DATABASE_URL")
    engine = create_engine(url) if url else _in_memory()
    upgrade_schema(engine)
    yield engine
    if url:
        with engine.begin() as connection:
            Base.metadata.drop_all(connection)
            connection.exec_driver_sql(f"DROP TABLE {VERSION_TABLE}")
    engine.dispose()


def _in_memory():
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _(connection, _record):
        connection.execute("PRAGMA foreign_keys = ON")

    return engine


@pytest.fixture
def sessions(engine):
    return sessionmaker(engine)


@pytest.fixture
def hasher():
    return ProofHasher(b"pepper of the tests")


@pytest.fixture
def registry(sessions, clock):
    return Registry(sessions, clock=clock)


@pytest.fixture
def demo(registry, hasher):
    insert_demo(registry, hasher)
    return registry
