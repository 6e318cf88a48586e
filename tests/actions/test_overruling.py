"""When the search overrules what the classifier heard."""

from dataclasses import dataclass, field

import pytest

from actions.intent import Intent
from actions.memory import Memory
from actions.overruling import OVERRULING_FILE, OverrulingRules, load_overruling
from tests.actions.conftest import BIRTH
from tests.actions.talk import SURE

TALK = Memory(BIRTH)
STORY = "em muốn đăng ký khai sinh cho con"


@dataclass
class Searched:
    """A search that gives every message the same chance of being off topic."""

    engine: object
    off_topic: float
    asked: list = field(default_factory=list)

    def decide(self, message):
        self.asked.append(message)
        return self

    def __getattr__(self, name):
        return getattr(self.engine, name)


@pytest.fixture
def overruling(services):
    def build(off_topic):
        return load_overruling(Searched(services.engine, off_topic), services.cues)

    return build


def heard(name, confidence, question=0.0):
    return Intent(name, confidence, ((name, confidence), ("ask_steps", question)))


def test_a_question_is_no_refusal(overruling):
    assert not overruling(0.0).is_question(STORY, Intent("ask_fee", 0.2), Memory())


@pytest.mark.parametrize(
    ("off_topic", "confidence", "question"),
    [(0.1, 0.3, True), (0.1, 0.5, False), (0.3, 0.3, False)],
)
def test_alone_an_unsure_refusal_gives_way_to_a_sure_search(
    overruling, off_topic, confidence, question
):
    intent = heard("out_of_scope", confidence, 0.4)
    assert overruling(off_topic).is_question(STORY, intent, Memory()) is question


@pytest.mark.parametrize(
    ("off_topic", "confidence", "chance", "question"),
    [
        (0.8, 0.7, 0.3, True),
        (0.98, 0.7, 0.3, False),
        (0.8, 0.9, 0.3, False),
        (0.8, 0.7, 0.1, False),
    ],
)
def test_in_a_talk_less_is_needed(overruling, off_topic, confidence, chance, question):
    intent = heard("health", confidence, chance)
    message = "con út nó ốm thì sao"
    assert overruling(off_topic).is_question(message, intent, TALK) is question
    assert overruling(off_topic).is_question(message, intent, Memory()) is False


def test_in_a_talk_naming_what_is_asked_is_enough(overruling):
    intent = heard("out_of_scope", 0.6, 0.3)
    assert overruling(0.9).is_question("mấy ngày", intent, TALK)
    assert not overruling(0.9).is_question("thế à", intent, TALK)


@pytest.mark.parametrize(
    ("message", "confidence", "chance", "question"),
    [
        ("mất bao nhiêu", 0.85, 0.1, True),
        ("mất bao nhiêu", 0.95, 0.04, False),
        ("bôi trơn mất bao nhiêu", 0.85, 0.1, False),
    ],
)
def test_what_says_no_more_than_what_it_asks_is_no_bribe(
    overruling, message, confidence, chance, question
):
    intent = heard("bribery", confidence, chance)
    assert overruling(0.98).is_question(message, intent, TALK) is question


@pytest.mark.parametrize("name", ["bribery", "personal_data", "abuse", "hand_over"])
def test_what_is_strictly_refused_needs_more_in_a_talk_too(overruling, name):
    assert not overruling(0.8).is_question(STORY, heard(name, 0.4, 0.3), TALK)
    assert not overruling(0.4).is_question(STORY, heard(name, 0.6, 0.3), TALK)
    assert overruling(0.4).is_question(STORY, heard(name, 0.5, 0.3), TALK)


@pytest.mark.parametrize(
    ("message", "off_topic", "confidence", "question"),
    [
        ("làm lại sổ đỏ", 0.01, 0.75, True),
        ("làm lại sổ đỏ", 0.01, 0.85, False),
        ("làm lại từ đầu", 0.2, 0.5, False),
        ("làm lại", 0.01, 0.5, False),
    ],
)
def test_what_names_a_procedure_does_not_steer(
    overruling, message, off_topic, confidence, question
):
    intent = Intent("start_over", confidence)
    assert overruling(off_topic).is_question(message, intent, Memory()) is question


def test_a_denial_with_words_of_its_own_asks_something_else(overruling):
    denial = Intent("deny", SURE)
    asked = "không phải, tôi hỏi khai sinh cho đứa lớn cơ"
    assert overruling(0.5).is_question(asked, denial, TALK)
    assert not overruling(0.5).is_question("không phải vậy", denial, TALK)
    assert not overruling(0.5).is_question(asked, denial, Memory())


def test_a_cry_for_help_in_a_talk_may_be_a_question(overruling):
    message = "tờ giấy bị chuột gặm mất nửa trang"
    assert overruling(0.8).reads_like_a_question(message, TALK)
    assert not overruling(0.8).reads_like_a_question(message, Memory())
    assert not overruling(0.1).reads_like_a_question("thế", TALK)


def test_a_threshold_that_is_none_is_named(tmp_path, services):
    text = OVERRULING_FILE.read_text("utf-8").replace("trust_in_choice: 0.7", "trust_in_choice: 7")
    path = tmp_path / "overruling.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match="trust_in_choice"):
        load_overruling(services.engine, services.cues, path)


def test_every_intent_that_is_named_exists(services):
    import yaml

    rules = OverrulingRules.model_validate(yaml.safe_load(OVERRULING_FILE.read_text("utf-8")))
    folder = OVERRULING_FILE.parent.parent / "bot" / "domain"
    domain = yaml.safe_load((folder / "domain.yml").read_text("utf-8"))
    known = {next(iter(i)) if isinstance(i, dict) else i for i in domain["intents"]}
    assert {*rules.strict, *rules.steering, *rules.never_a_choice} <= known
