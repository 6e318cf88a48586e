"""A reception on a database in memory, for tests of what is around it."""

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from api.handover.desk import build_hand_over
from api.settings import Settings
from api.storage.database import upgrade_schema
from knowledge_base.answer import AnswerComposer, load_texts
from tests.api.conftest import NOW


def new_reception(**settings):
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    upgrade_schema(engine)
    composer = AnswerComposer(load_texts(), NOW.date)
    return build_hand_over(Settings(**settings), engine, composer, lambda: NOW).reception
