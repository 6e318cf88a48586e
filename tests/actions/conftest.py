"""What the tests of the actions share: six invented procedures, a clock that stands, a talk."""

from datetime import datetime

import pytest

import actions.services
from actions.endpoint import all_actions
from actions.services import TIME_ZONE, build_services
from knowledge_base.catalogue import Catalogue
from knowledge_base.search import SearchEngine, load_search_config
from knowledge_base.search.decision import DecisionModels, LogisticModel
from knowledge_base.search.hit import FEATURES
from knowledge_base.search.signals import SIGNALS
from knowledge_base.search.word_model import WordModel
from knowledge_base.text import Lexicon
from tests.actions.talk import Talk
from tests.factories import make_bare, make_channel, make_procedure, make_requirement
from tests.knowledge_base.search.conftest import CONTEXT
from tests.knowledge_base.search.hashing_encoder import HashingEncoder

BIRTH, MARRIAGE, FIRST, LOST, FIREWORKS, BARE = (f"1.00000{n}" for n in range(1, 7))
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=TIME_ZONE)

# Numbers of these tests' own: tuning the real search changes nothing here.
WEIGHTS = {"topic_words": 1.0, "name_meaning": 0.3, "question_meaning": 1.0}
QUESTIONS = {
    BIRTH: ["vợ mới đẻ làm giấy cho em bé"],
    MARRIAGE: ["hai đứa lấy nhau"],
    FIRST: ["xin phép nuôi rồng"],
    LOST: ["đánh rơi giấy nuôi rồng"],
}
OFF_TOPIC = ["thời tiết hôm nay thế nào"]


def make_procedures():
    counter = make_channel(quantity=1, unit="working_day", fee="8.000 đồng")
    return [
        make_procedure(
            BIRTH,
            name="Đăng ký khai sinh",
            field="Hộ tịch",
            requirements=[make_requirement("Tờ khai"), make_requirement("Giấy chứng sinh")],
            channels=[counter],
        ),
        make_procedure(
            MARRIAGE,
            name="Đăng ký kết hôn",
            field="Hộ tịch",
            requirements=[make_requirement("Giấy xác nhận độc thân")],
            channels=[make_channel(quantity=3, unit="working_day", fee="Miễn phí")],
        ),
        make_procedure(
            FIRST,
            name="Cấp giấy phép nuôi rồng lần đầu",
            requirements=[make_requirement("Bản vẽ chuồng")],
            channels=[make_channel(quantity=7, unit="day", fee="50.000 đồng")],
        ),
        make_procedure(
            LOST,
            name="Cấp giấy phép nuôi rồng bị mất",
            requirements=[make_requirement("Đơn trình báo mất")],
            channels=[make_channel(quantity=2, unit="day", fee="20.000 đồng")],
        ),
        make_procedure(FIREWORKS, name="Cho phép bắn pháo hoa nổ", field="An ninh"),
        make_bare(BARE, name="Công nhận nghệ nhân thả diều", field="Văn hóa"),
    ]


def step_at(signal, limit, *, sharpness):
    """A model whose chance is a step at `limit`: near 1 above it, or below it if negative."""
    zeros = dict.fromkeys(SIGNALS, 0.0)
    return LogisticModel(
        means=zeros,
        scales=dict.fromkeys(SIGNALS, 1.0),
        coefficients={**zeros, signal: sharpness},
        intercept=-sharpness * limit,
    )


def make_engine(procedures):
    shipped = load_search_config()
    decision = {"refuse_above": 0.5, "ask_back_above": 0.5, "near_share": 0.8, "choices": 4}
    config = shipped.model_copy(
        update={
            "weights": {feature: WEIGHTS.get(feature, 0.0) for feature in FEATURES},
            "decision": shipped.decision.model_copy(update=decision),
        }
    )
    models = DecisionModels(
        off_topic=step_at("score", 0.4, sharpness=-200.0),
        ambiguous=step_at("second", 0.75, sharpness=200.0),
        off_topic_words=WordModel(),
        ambiguous_words=WordModel(),
    )
    lexicon = Lexicon(spelling={"ko": "không"}, synonyms={})
    catalogue = Catalogue(procedures)
    return SearchEngine(
        catalogue, QUESTIONS, lexicon, HashingEncoder(), config, models, OFF_TOPIC, CONTEXT
    )


@pytest.fixture(scope="package")
def small_parts():
    """While this lasts, services are built from small things in place of the large ones."""
    asked = {}

    def load_small_catalogue(folder):
        asked["catalogue"] = folder
        return Catalogue(make_procedures())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions.services, "load_catalogue", load_small_catalogue)
        patch.setattr(actions.services, "load_encoder", lambda name: asked.update(encoder=name))
        patch.setattr(actions.services, "build_search_engine", lambda c, *_: make_engine(c))
        yield asked


@pytest.fixture(scope="package")
def data_folder(small_parts, tmp_path_factory):
    """A data folder with the three invented dossiers in its database."""
    folder = tmp_path_factory.mktemp("data")
    build_services(folder, demo=True, now=lambda: NOW)
    return folder


@pytest.fixture(scope="package")
def services(data_folder):
    return build_services(data_folder, now=lambda: NOW)


@pytest.fixture
def talk(services):
    return Talk(all_actions(services))
