"""What happens around every answer: guards before it, people after a second miss."""

import pytest

from knowledge_base.answer import Status
from tests.actions.conftest import BIRTH
from tests.actions.talk import texts_of
from tests.actions.test_answer_question import WHICH_DRAGON

ODD = "xyzzy plugh qwerty zork"


def test_a_second_message_in_a_row_that_is_not_understood_ends_with_people(talk):
    first = talk.say(ODD, "gibberish", action="action_reply")
    second = talk.say(ODD, "gibberish", action="action_reply")
    third = talk.say(ODD, "gibberish", action="action_reply")
    assert first.status == Status.UNANSWERABLE_NOT_UNDERSTOOD
    assert second.status == Status.HANDED_OVER
    assert second.choices
    assert third.status == Status.UNANSWERABLE_NOT_UNDERSTOOD


def test_an_answer_in_between_begins_the_count_anew(talk):
    talk.say(ODD, "gibberish", action="action_reply")
    talk.say("đăng ký khai sinh ở đâu", "ask_where")
    again = talk.say(ODD, "gibberish", action="action_reply")
    assert again.status == Status.UNANSWERABLE_NOT_UNDERSTOOD


@pytest.mark.parametrize("intent", ["ask_fee", "ask_steps", "ask_overview"])
def test_a_bribe_is_refused_whatever_the_classifier_says(talk, intent):
    answer = talk.say("khai sinh mà lót tay cho cán bộ thì hết bao nhiêu", intent)
    assert answer.status == Status.GUARDED_BRIBERY
    assert answer.procedure_code is None


def test_an_abolished_paper_is_corrected_before_the_answer(talk):
    talk.say("đăng ký khai sinh cho con", "ask_overview")
    answer = talk.say("thế có cần sổ hộ khẩu không", "ask_documents")
    assert answer.procedure_code == BIRTH
    assert "01/01/2023" in answer.blocks[0].text


def test_an_unsure_cry_for_help_that_reads_like_a_question_is_answered_with_the_numbers(talk):
    answer = talk.say("đăng ký khai sinh cho con", "emergency", 0.6, action="action_reply")
    assert answer.procedure_code == BIRTH
    assert "115" in texts_of(answer)


def test_a_sure_cry_for_help_gets_the_numbers_alone(talk):
    answer = talk.say("đăng ký khai sinh cho con", "emergency", 0.95, action="action_reply")
    assert answer.status == Status.GUARDED_EMERGENCY
    assert answer.procedure_code is None
    assert all(number in texts_of(answer) for number in ("111", "113", "114", "115"))


def test_what_is_not_chosen_after_asking_back_is_answered_as_a_guess(talk):
    asked = talk.say(f"{WHICH_DRAGON} ở đâu", "ask_where")
    assert asked.status == Status.CLARIFICATION
    guessed = talk.say("nộp ở đâu", "ask_where")
    assert guessed.procedure_code is not None
    assert "chưa chắc" in guessed.blocks[0].text
