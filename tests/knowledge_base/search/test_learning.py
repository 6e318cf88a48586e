"""What is held back, and the weights and models that are learned on it."""

import numpy as np
import pytest

from knowledge_base.encoder.noise import Typist
from knowledge_base.search.decision import DecisionModels
from knowledge_base.search.hit import FEATURES
from knowledge_base.search.learning import hold_back, learn_decision, learn_weights, write_models
from knowledge_base.search.signals import SIGNALS
from knowledge_base.yaml_file import YamlFile
from tests.knowledge_base.search.conftest import FIREWORKS, LOST, OFF_TOPIC, QUESTIONS, make_engine

ASKED = [("đánh rơi giấy nuôi rồng", LOST), ("mừng năm mới muốn đốt pháo", FIREWORKS)]
OFF = [*OFF_TOPIC, "hôm nay ăn phở hay bún", "bài hát này tên gì", "mua điện thoại nào tốt"]
VAGUE = ["giấy nuôi rồng", "rồng", "nuôi rồng", "giấy phép"]
OPENINGS = ["làm giấy kết hôn", "ông nội qua đời", "gia hạn giấy nuôi rồng sắp hết hạn"]


@pytest.fixture
def typist():
    return Typist({"không": ["ko"]})


@pytest.fixture
def engine(procedures):
    return make_engine(procedures, QUESTIONS, OFF)


@pytest.fixture
def models(engine, typist):
    return learn_decision(engine, ASKED, OFF, VAGUE, typist, openings=OPENINGS)


def chance(model, engine, message, **words):
    hits = engine.search(message, limit=4)
    row = engine.signals(message, hits)
    row[SIGNALS.index("off_topic_words")] = words.get("off_topic", 0.0)
    row[SIGNALS.index("ambiguous_words")] = words.get("ambiguous", 0.0)
    return model.chance(row)


def test_every_phrasing_is_kept_or_held_back():
    questions = {code: [*phrasings, f"{code} thêm"] for code, phrasings in QUESTIONS.items()}
    kept, held = hold_back(questions, share=0.5)
    assert {code for _, code in held} == set(questions)
    for code, phrasings in questions.items():
        parted = [*kept[code], *(text for text, of in held if of == code)]
        assert sorted(parted) == sorted(phrasings)
    assert (kept, held) == hold_back(questions, share=0.5)
    assert held != hold_back(questions, share=0.5, seed=6)[1]


def test_no_weight_is_below_zero_and_some_are_above(engine, typist):
    weights = learn_weights(engine, ASKED, typist)
    assert set(weights) == set(FEATURES)
    assert min(weights.values()) == 0.0
    assert max(weights.values()) > 0.0


def test_off_topic_and_vague_messages_are_told_from_clear_ones(engine, models):
    for off in OFF_TOPIC:
        said = models.off_topic_words.score(off)
        asked = models.off_topic_words.score(ASKED[0][0])
        assert said > asked
        assert chance(models.off_topic, engine, off, off_topic=said) > chance(
            models.off_topic, engine, ASKED[0][0], off_topic=asked
        )
    vague = models.ambiguous_words.score("giấy phép")
    clear = models.ambiguous_words.score(OPENINGS[0])
    assert vague > clear
    assert chance(models.ambiguous, engine, "giấy phép", ambiguous=vague) > chance(
        models.ambiguous, engine, OPENINGS[0], ambiguous=clear
    )


def test_the_words_of_the_other_question_are_set_aside(models):
    # They know the very messages: a model that saw them would trust nothing else.
    for model, other in (
        (models.off_topic, "ambiguous_words"),
        (models.ambiguous, "off_topic_words"),
    ):
        assert np.isclose(model.coefficients[other], 0.0)


def test_the_models_are_read_as_they_were_written(tmp_path, models):
    file = tmp_path / "learned.yml"
    write_models(file, models)
    assert "motcua train decision" in file.read_text("utf-8")
    read = YamlFile(file, ValueError, "").data
    assert DecisionModels.model_validate(read) == models
