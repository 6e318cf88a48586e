import pytest
from rasa_sdk import Tracker

from actions.intent import Intent
from knowledge_base.answer.aspect import Aspect
from tests.actions.talk import make_tracker


def test_intent_and_confidence_of_the_latest_message_are_read():
    intent = Intent.of(make_tracker("lệ phí", "ask_fee", 0.8))
    assert (intent.name, intent.confidence) == ("ask_fee", 0.8)


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_question_intent_names_its_aspect(aspect):
    intent = Intent(f"ask_{aspect}", 0.9)
    assert intent.aspect == aspect
    assert intent.is_question


@pytest.mark.parametrize(
    ("name", "aspect"),
    [
        ("checklist", Aspect.DOCUMENTS),
        ("fill_form", Aspect.FORM),
        ("find_office", Aspect.WHERE),
        ("life_event", Aspect.STEPS),
    ],
)
def test_a_task_asks_an_aspect_too(name, aspect):
    intent = Intent(name, 0.9)
    assert intent.aspect == aspect
    assert intent.is_question


def test_the_fallback_gives_way_to_what_was_nearest():
    tracker = make_tracker("?", "nlu_fallback", 0.3, ranking=[("ask_fee", 0.11), ("greet", 0.1)])
    intent = Intent.of(tracker)
    assert (intent.name, intent.confidence) == ("ask_fee", 0.11)
    assert [name for name, _ in intent.ranking] == ["ask_fee", "greet"]


def test_another_intent_takes_the_aspect_of_the_likeliest_question():
    intent = Intent("out_of_scope", 0.3, (("out_of_scope", 0.3), ("greet", 0.2), ("ask_time", 0.1)))
    assert intent.aspect == Aspect.TIME
    assert not intent.is_question


def test_an_intent_without_any_question_behind_it_asks_no_aspect():
    assert Intent("greet", 0.9, (("greet", 0.9), ("thank", 0.1))).aspect is None


@pytest.mark.parametrize(
    "latest", [None, {}, {"intent": None}, {"intent": {}, "intent_ranking": None}]
)
def test_a_message_that_was_not_classified_falls_back(latest):
    intent = Intent.of(Tracker("s", {}, latest, [], False, None, {}, None))
    assert (intent.name, intent.confidence, intent.aspect) == ("nlu_fallback", 0.0, None)
