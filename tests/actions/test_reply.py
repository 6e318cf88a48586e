from pathlib import Path

import pytest
import yaml

import actions
from knowledge_base.answer import Status
from knowledge_base.answer.aspect import Aspect
from tests.actions.conftest import BIRTH, MARRIAGE

ROOT = Path(actions.__file__).parent.parent
RULES = yaml.safe_load((ROOT / "bot" / "data" / "rules" / "rules.yml").read_text("utf-8"))["rules"]
STORY = "sáng nay trời mưa to, hai đứa em lấy nhau đăng ký kết hôn mà chưa biết mang gì"


def intents_of(action):
    """The intents that the rules send to `action`."""
    return [
        intent["intent"]
        for rule in RULES
        if rule["steps"][-1] == {"action": action}
        for intent in rule["steps"][0].get("or", rule["steps"][:1])
    ]


REPLIES = intents_of("action_reply")


@pytest.fixture
def reply(talk):
    def reply(message, intent, confidence=0.9, **more):
        return talk.say(message, intent, confidence, action="action_reply", **more)

    return reply


@pytest.mark.parametrize("intent", REPLIES)
def test_every_intent_of_the_rule_has_a_fixed_reply(reply, intent):
    answer = reply("ừ", intent)
    assert answer.blocks
    assert answer.procedure_code is None


@pytest.mark.parametrize(
    ("intent", "status"),
    [
        ("greet", Status.ANSWERED_SOCIAL),
        ("thank", Status.ANSWERED_SOCIAL),
        ("hand_over", Status.HANDED_OVER),
        ("complaint", Status.HANDED_OVER),
        ("out_of_scope", Status.GUARDED_OUT_OF_SCOPE),
        ("abuse", Status.GUARDED_ABUSE),
        ("bribery", Status.GUARDED_BRIBERY),
        ("personal_data", Status.GUARDED_PERSONAL_DATA),
        ("prompt_injection", Status.GUARDED_INJECTION),
        ("emergency", Status.GUARDED_EMERGENCY),
        ("gibberish", Status.UNANSWERABLE_NOT_UNDERSTOOD),
    ],
)
def test_the_status_tells_reports_what_was_said(reply, intent, status):
    assert reply("một câu", intent).status == status


def test_an_emergency_gets_the_numbers_to_call(reply):
    text = " ".join(block.text for block in reply("cháy nhà", "emergency").blocks)
    assert all(number in text for number in ("113", "114", "115"))


def test_social_talk_does_not_disturb_what_was_spoken_of(talk, reply):
    talk.say("đăng ký khai sinh", "ask_overview")
    reply("cảm ơn em", "thank")
    assert talk.say("lệ phí bao nhiêu", "ask_fee").procedure_code == BIRTH


@pytest.mark.parametrize("intent", ["out_of_scope", "abuse", "complaint", "greet", "gibberish"])
def test_an_unsure_refusal_gives_way_to_a_sure_search(reply, intent):
    answer = reply(STORY, intent, 0.3, ranking=[("ask_documents", 0.25)])
    assert (answer.procedure_code, answer.aspect) == (MARRIAGE, Aspect.DOCUMENTS)


@pytest.mark.parametrize("intent", ["out_of_scope", "abuse", "bribery", "personal_data"])
def test_a_sure_refusal_stands(reply, services, intent):
    assert reply(STORY, intent, 0.9) == services.composer.reply(intent)


def test_an_unsure_refusal_stands_when_the_search_finds_nothing(reply, services):
    answer = reply("hôm nay trời mưa to quá đi mất", "out_of_scope", 0.2)
    assert answer == services.composer.reply("out_of_scope")


@pytest.mark.parametrize("message", ["khai", "ừ thì khai"])
def test_what_names_nothing_is_never_taken_for_a_question(reply, services, message):
    assert reply(message, "greet", 0.2) == services.composer.reply("greet")


def test_a_dossier_code_is_looked_up_even_in_an_angry_message(reply):
    answer = reply("làm ăn gì mà H05.12-261123-0007 mãi không xong", "abuse")
    assert answer.status == Status.ANSWERED_DOSSIER


class TestStartOver:
    @pytest.mark.parametrize("intent", intents_of("action_start_over"))
    def test_everything_is_forgotten(self, talk, services, intent):
        talk.say("đăng ký khai sinh", "ask_overview")
        answer = talk.say("làm lại từ đầu", intent, action="action_start_over")
        assert answer == services.composer.reply("start_over")
        after = talk.say("lệ phí bao nhiêu", "ask_fee")
        assert after.status == Status.UNANSWERABLE_NO_MATCH

    def test_choices_on_offer_are_forgotten_too(self, talk, services):
        talk.say("giấy phép nuôi rồng", "ask_fee")
        talk.say("bắt đầu lại", "start_over", action="action_start_over")
        answer = talk.say("1", "choose", action="action_choose")
        assert answer == services.composer.reply("no_choice")

    def test_an_unsure_one_that_asks_something_is_answered(self, talk):
        answer = talk.say(STORY, "start_over", 0.2, action="action_start_over")
        assert answer.procedure_code == MARRIAGE


class TestRepeat:
    @pytest.mark.parametrize("intent", intents_of("action_repeat"))
    def test_the_last_answer_is_said_again(self, talk, intent):
        first = talk.say("đăng ký khai sinh hết bao nhiêu tiền", "ask_fee")
        again = talk.say("nói lại đi", intent, action="action_repeat")
        assert (again.procedure_code, again.aspect) == (BIRTH, Aspect.FEE)
        assert again.blocks == first.blocks

    def test_with_nothing_to_say_again_it_asks_what_is_meant(self, talk, services):
        answer = talk.say("nói lại đi", "repeat", action="action_repeat")
        assert answer == services.composer.reply("not_understood")

    def test_an_unsure_one_that_asks_something_is_answered(self, talk):
        answer = talk.say(STORY, "repeat", 0.2, action="action_repeat")
        assert answer.procedure_code == MARRIAGE
