import pytest

from knowledge_base.answer import Status
from knowledge_base.answer.aspect import Aspect
from tests.actions.conftest import BIRTH, FIRST, MARRIAGE


@pytest.fixture
def choose(talk):
    def choose(message, intent="choose", confidence=0.9, **more):
        return talk.say(message, intent, confidence, action="action_choose", **more)

    return choose


def test_a_number_without_choices_is_not_understood(choose, services):
    answer = choose("2")
    assert answer.status == Status.UNANSWERABLE_NOT_UNDERSTOOD
    assert answer == services.composer.reply("no_choice")


def test_a_number_beyond_the_choices_keeps_them_on_offer(talk, choose):
    talk.say("giấy phép nuôi rồng", "ask_fee")
    assert choose("số 7").status == Status.UNANSWERABLE_NOT_UNDERSTOOD
    assert choose("số 1").procedure_code == FIRST


def test_yes_to_a_single_choice_takes_it(talk, choose):
    talk.slots |= {"candidates": [BIRTH], "candidate_kind": "procedure", "aspect": "fee"}
    answer = choose("đúng rồi", "affirm")
    assert (answer.procedure_code, answer.aspect) == (BIRTH, Aspect.FEE)


def test_yes_to_several_choices_takes_none(talk, choose, services):
    talk.say("giấy phép nuôi rồng", "ask_fee")
    assert choose("đúng rồi", "affirm") == services.composer.reply("affirm")


@pytest.mark.parametrize("intent", ["affirm", "deny"])
def test_yes_and_no_out_of_nowhere_get_a_polite_reply(choose, services, intent):
    assert choose("vâng", intent) == services.composer.reply(intent)


def test_no_with_more_words_is_a_new_question(talk, choose):
    talk.say("giấy phép nuôi rồng", "ask_fee")
    answer = choose("không phải, tôi hỏi đăng ký kết hôn cơ", "deny")
    assert answer.procedure_code == MARRIAGE


def test_an_unsure_choice_that_is_a_sure_question_is_answered(choose):
    ranking = [("ask_documents", 0.2)]
    answer = choose("đăng ký khai sinh cho con", "choose", 0.3, ranking=ranking)
    assert (answer.procedure_code, answer.aspect) == (BIRTH, Aspect.DOCUMENTS)


def test_a_dossier_code_is_looked_up(choose):
    assert choose("H05.12-261123-0007").status == Status.ANSWERED_DOSSIER


def test_choices_of_another_kind_are_not_procedures(talk, choose, services):
    talk.say("H05.12-261123-0007", "dossier_status", action="action_dossier_status")
    expected = services.composer.reply("no_choice")
    answer = choose("1")
    assert answer.blocks[: len(expected.blocks)] == expected.blocks
