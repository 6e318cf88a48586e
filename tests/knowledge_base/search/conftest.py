"""Eight invented procedures, some of them siblings, and a search over them."""

import pytest

from knowledge_base.catalogue import Catalogue
from knowledge_base.search import SearchEngine, load_search_config
from knowledge_base.search.context_model import FEATURES as CONTEXT_FEATURES
from knowledge_base.search.context_model import ContextModel
from knowledge_base.search.decision import DecisionModels, LogisticModel
from knowledge_base.search.hit import FEATURES
from knowledge_base.search.signals import SIGNALS
from knowledge_base.search.word_model import WordModel
from knowledge_base.text import Lexicon
from tests.factories import make_procedure, make_requirement
from tests.knowledge_base.search.hashing_encoder import HashingEncoder

FIRST, LOST, FOREIGN, RENEW = (f"1.00000{n}" for n in (1, 2, 3, 4))
MARRIAGE, BIRTH, DEATH, FIREWORKS = (f"1.00000{n}" for n in (5, 6, 7, 8))

# (code, name, field, level)
PROCEDURES = (
    (FIRST, "Cấp giấy phép nuôi rồng lần đầu", "Chăn nuôi", "commune"),
    (LOST, "Cấp lại giấy phép nuôi rồng bị mất", "Chăn nuôi", "commune"),
    (FOREIGN, "Cấp giấy phép nuôi rồng cho người nước ngoài", "Chăn nuôi", "province"),
    (RENEW, "Gia hạn giấy phép nuôi rồng", "Chăn nuôi", "commune"),
    (MARRIAGE, "Đăng ký kết hôn", "Hộ tịch", "commune"),
    (BIRTH, "Đăng ký khai sinh", "Hộ tịch", "commune"),
    (DEATH, "Đăng ký khai tử", "Hộ tịch", "commune"),
    (FIREWORKS, "Cho phép bắn pháo hoa nổ", "An ninh trật tự", "province"),
)
QUESTIONS = {
    FIRST: ["em muốn nuôi một con rồng trong vườn", "xin phép nuôi rồng"],
    LOST: ["đánh rơi giấy nuôi rồng xin lại"],
    FOREIGN: ["người nước ngoài xin nuôi rồng"],
    RENEW: ["giấy nuôi rồng sắp hết hạn"],
    MARRIAGE: ["hai đứa lấy nhau làm giấy kết hôn"],
    BIRTH: ["vợ mới đẻ làm giấy cho em bé"],
    DEATH: ["ông nội vừa qua đời làm giấy báo tử"],
    FIREWORKS: ["đốt pháo mừng năm mới"],
}
LEXICON = Lexicon(
    spelling={"gpnr": "giấy phép nuôi rồng", "ko": "không", "đk": "đăng ký"},
    synonyms={"thẻ ngọc": ("giấy phép nuôi rồng",), "cưới": ("kết hôn",)},
)

OFF_TOPIC = ["trời hôm nay có mưa không", "đội nào thắng trận bóng"]

# Numbers of the tests' own, so that tuning the real search changes nothing here.
WEIGHTS = {
    "topic_words": 1.0,
    "body_words": 0.3,
    "name_meaning": 0.3,
    "question_meaning": 1.0,
    "level": 0.02,
}
DECISION = {
    "refuse_above": 0.5,
    "ask_back_above": 0.5,
    "choices": 4,
    "near_share": 0.8,
    "vague_above": 0.99,
    "near_share_if_vague": 0.6,
    "general_within": 0.2,
}
FOLLOW_UP = {
    "long_message": 9,
    "new_topic_from": 2,
    "choice_lead": 0.1,
    "sure_from": 0.35,
    "corrections": ["không phải", "tôi hỏi"],
}


def make_model(signal, limit, steepness):
    """A model that is sure below `limit` of one signal and says no above it."""
    coefficients = dict.fromkeys(SIGNALS, 0.0) | {signal: -steepness}
    return LogisticModel(
        means=dict.fromkeys(SIGNALS, 0.0),
        scales=dict.fromkeys(SIGNALS, 1.0),
        coefficients=coefficients,
        intercept=steepness * limit,
    )


MODELS = DecisionModels(
    off_topic=make_model("score", 0.5, 20.0),
    ambiguous=make_model("margin", 0.05, 100.0),
    off_topic_words=WordModel(weights={"mua": 1.5}),
    ambiguous_words=WordModel(weights={"lai": 0.5}),
)


CONTEXT = ContextModel(
    weights=dict.fromkeys(CONTEXT_FEATURES, 0.0)
    | {
        "alone_topic_words": 4.0,
        "alone_question_meaning": 2.0,
        "behind_topic_words": 2.0,
        "stays": 2.5,
        "stays_per_word": -1.5,
        "stays_if_denied": -4.0,
        "stays_if_back": -3.0,
        "recent_if_back": 4.0,
        "stays_if_moving": -1.0,
    },
    back=["quay lại"],
    moving=WordModel(weights={"thoi": 1.0, "duoc": -1.0}),
)


def make_config(weights=WEIGHTS, decision=None, follow_up=None, **parts):
    """The shipped configuration with numbers for a catalogue of eight."""
    shipped = load_search_config()
    return shipped.model_copy(
        update={
            "weights": {feature: weights.get(feature, 0.0) for feature in FEATURES},
            "decision": shipped.decision.model_copy(update=DECISION | (decision or {})),
            "follow_up": shipped.follow_up.model_copy(update=FOLLOW_UP | (follow_up or {})),
            "expansion_weight": 0.8,
            **parts,
        }
    )


def make_engine(procedures, questions=None, off_topic=OFF_TOPIC, **parts):
    return SearchEngine(
        Catalogue(procedures),
        questions or {},
        LEXICON,
        HashingEncoder(),
        make_config(**parts),
        MODELS,
        off_topic,
        CONTEXT,
    )


@pytest.fixture(scope="package")
def procedures():
    papers = {FIREWORKS: ["Phương án bảo vệ kho thuốc nổ"], FIRST: ["Bản vẽ chuồng"]}
    return [
        make_procedure(
            code,
            name=name,
            field=field,
            levels=[level],
            requirements=[make_requirement(paper) for paper in papers.get(code, [])],
        )
        for code, name, field, level in PROCEDURES
    ]


@pytest.fixture(scope="package")
def engine(procedures):
    return make_engine(procedures, QUESTIONS)
