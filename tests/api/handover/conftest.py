"""A hand-over on a database of its own, at a time that a test may change."""

from datetime import datetime, timedelta

import pytest

from api.handover.desk import build_hand_over
from api.settings import Settings
from api.storage import open_database
from dossiers.clock import VIETNAM
from knowledge_base.answer import AnswerComposer, load_texts

MONDAY = datetime(2026, 11, 23, 10, 30, tzinfo=VIETNAM)


class Clock:
    """Tells a time that stands still until it is moved."""

    def __init__(self):
        self.now = MONDAY

    def __call__(self):
        return self.now

    def forward(self, **passed):
        self.now += timedelta(**passed)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def engine(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'motcua.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def build(engine, clock):
    """Build a hand-over with these settings."""

    def build(**settings):
        composer = AnswerComposer(load_texts(), lambda: clock().date())
        return build_hand_over(Settings(**settings), engine, composer, clock)

    return build


@pytest.fixture
def hand_over(build):
    return build(office_hours="7:30–11:30, 13:00–17:00", take_over_minutes=30)


@pytest.fixture
def book(hand_over):
    return hand_over.book


@pytest.fixture
def leave(book):
    """Leave a question in a conversation and return it."""

    def leave(text="Con tôi sinh ở nước ngoài thì làm ở đâu?", conversation="c" * 64):
        book.await_question(conversation, "web")
        return book.leave(conversation, text)

    return leave
