import pytest

from knowledge_base.answer import Status
from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import Checklist, Heading
from tests.actions.conftest import BARE, BIRTH, FIRST, LOST, MARRIAGE
from tests.actions.talk import texts_of

WHICH_DRAGON = "giấy phép nuôi rồng"


def test_a_question_is_answered_for_the_procedure_it_means(talk):
    answer = talk.say("đăng ký khai sinh cần giấy tờ gì", "ask_documents")
    assert (answer.status, answer.procedure_code) == (Status.ANSWERED, BIRTH)
    assert answer.aspect == Aspect.DOCUMENTS
    (checklist,) = [block for block in answer.blocks if isinstance(block, Checklist)]
    assert [entry.text for entry in checklist.entries] == ["Tờ khai", "Giấy chứng sinh"]


def test_an_answer_names_its_source_and_when_it_was_checked(talk):
    (source,) = talk.say("đăng ký khai sinh", "ask_overview").sources
    assert "12/QĐ-BTP" in source.text
    assert source.checked_on is not None


@pytest.mark.parametrize(
    "message",
    ["dang ky khai sinh het bao nhieu tien", "ĐĂNG KÝ KHAI SINH", "vo moi de lam giay cho em be"],
)
def test_spelling_without_accents_or_in_capitals_finds_the_same(talk, message):
    assert talk.say(message, "ask_fee").procedure_code == BIRTH


def test_the_answer_says_what_the_search_decided(talk):
    metrics = talk.say("đăng ký khai sinh", "ask_fee").metrics
    assert metrics["verdict"] == "answer"
    assert metrics["from_context"] == 0.0
    assert metrics["codes"][0] == BIRTH
    assert len(metrics["codes"]) <= 10


def test_a_follow_up_keeps_the_procedure(talk):
    talk.say("đăng ký khai sinh cần giấy tờ gì", "ask_documents")
    answer = talk.say("thế lệ phí bao nhiêu", "ask_fee")
    assert (answer.procedure_code, answer.aspect) == (BIRTH, Aspect.FEE)
    assert "8.000 đồng" in texts_of(answer)
    assert answer.metrics["from_context"] == 1.0


def test_a_new_topic_replaces_the_procedure(talk):
    talk.say("đăng ký khai sinh cần giấy tờ gì", "ask_documents")
    answer = talk.say("còn đăng ký kết hôn thì cần gì", "ask_documents")
    assert answer.procedure_code == MARRIAGE
    assert talk.say("lệ phí bao nhiêu", "ask_fee").procedure_code == MARRIAGE


def test_a_follow_up_without_anything_before_finds_nothing(talk):
    answer = talk.say("thế lệ phí bao nhiêu", "ask_fee")
    assert answer.status == Status.UNANSWERABLE_NO_MATCH


def test_nothing_found_is_said_with_something_to_try(talk):
    answer = talk.say("mua điện thoại cũ giá rẻ", "ask_where")
    assert answer.status == Status.UNANSWERABLE_NO_MATCH
    assert answer.procedure_code is None
    assert answer.choices


def test_what_was_spoken_of_is_kept_when_nothing_is_found(talk):
    talk.say("đăng ký kết hôn", "ask_overview")
    story = "xe máy hỏng bugi chạy ngoài đường nắng xăng tăng giá chóng mặt quá trời luôn"
    assert talk.say(story, "ask_overview").status == Status.UNANSWERABLE_NO_MATCH
    assert talk.say("lệ phí bao nhiêu", "ask_fee").procedure_code == MARRIAGE


def test_a_question_that_fits_several_is_asked_back(talk):
    answer = talk.say(f"{WHICH_DRAGON} lệ phí bao nhiêu", "ask_fee")
    assert answer.status == Status.CLARIFICATION
    assert [choice.message.rpartition("(")[2] for choice in answer.choices] == [
        f"{FIRST})",
        f"{LOST})",
    ]
    assert talk.memory.candidates == (FIRST, LOST)


@pytest.mark.parametrize(
    ("reply", "intent", "action"),
    [
        ("2", "choose", "action_choose"),
        ("số 2", "choose", "action_choose"),
        ("cai thu hai", "choose", "action_choose"),
        ("cái cuối", "choose", "action_choose"),
        ("2", "gibberish", "action_choose"),
        ("2", "nlu_fallback", "action_answer_question"),
        ("số hai", "ask_where", "action_answer_question"),
    ],
)
def test_a_number_in_reply_answers_what_was_asked_first(talk, reply, intent, action):
    talk.say(f"{WHICH_DRAGON} lệ phí bao nhiêu", "ask_fee")
    answer = talk.say(reply, intent, action=action)
    assert (answer.procedure_code, answer.aspect) == (LOST, Aspect.FEE)
    assert "20.000 đồng" in texts_of(answer)
    assert LOST not in talk.memory.candidates


def test_the_message_of_a_choice_is_answered_as_if_it_were_pressed(talk):
    clarification = talk.say(f"{WHICH_DRAGON} mất mấy ngày", "ask_time")
    answer = talk.say(clarification.choices[1].message, "ask_overview")
    assert (answer.procedure_code, answer.aspect) == (LOST, Aspect.TIME)


def test_naming_the_procedure_in_words_keeps_the_aspect_that_waits(talk):
    talk.say(f"{WHICH_DRAGON} cần giấy tờ gì", "ask_documents")
    answer = talk.say("nuôi rồng lần đầu", "ask_overview")
    assert (answer.procedure_code, answer.aspect) == (FIRST, Aspect.DOCUMENTS)


def test_a_reply_that_asks_something_else_asks_that(talk):
    talk.say(f"{WHICH_DRAGON} cần giấy tờ gì", "ask_documents")
    answer = talk.say("nuôi rồng lần đầu nộp ở đâu", "ask_where")
    assert answer.aspect == Aspect.WHERE


def test_the_aspect_that_waited_is_not_kept_longer_than_the_choices(talk):
    talk.say(f"{WHICH_DRAGON} lệ phí bao nhiêu", "ask_fee")
    talk.say("2", "choose", action="action_choose")
    assert talk.say("đăng ký kết hôn", "ask_overview").aspect == Aspect.OVERVIEW


def test_several_aspects_in_one_question_are_all_answered(talk):
    answer = talk.say("đăng ký kết hôn hết bao nhiêu tiền và mất mấy ngày", "ask_fee")
    assert answer.aspect == Aspect.FEE
    text = texts_of(answer)
    assert "Miễn phí" in text
    assert "3 ngày làm việc" in text
    assert text.index("Miễn phí") < text.index("3 ngày làm việc")


def test_an_unclear_aspect_is_taken_from_the_words(talk):
    ranking = [("ask_time", 0.2)]
    answer = talk.say("đăng ký kết hôn mất mấy ngày", "ask_overview", 0.6, ranking=ranking)
    assert answer.aspect == Aspect.TIME


@pytest.mark.parametrize("code", [MARRIAGE, f"{MARRIAGE}.000.00.00.H36"])
def test_a_procedure_code_that_is_typed_is_that_procedure(talk, code):
    answer = talk.say(f"thủ tục {code} lệ phí bao nhiêu", "ask_fee")
    assert (answer.procedure_code, answer.aspect) == (MARRIAGE, Aspect.FEE)


def test_a_code_that_nothing_has_is_searched_like_any_word(talk):
    answer = talk.say("thủ tục 9.999999 cần gì", "ask_documents")
    assert answer.status == Status.UNANSWERABLE_NO_MATCH


def test_of_a_procedure_known_by_name_only_no_more_is_said(talk):
    answer = talk.say("công nhận nghệ nhân thả diều hết bao nhiêu tiền", "ask_fee")
    assert (answer.status, answer.procedure_code) == (Status.ANSWERED_NAME_ONLY, BARE)
    assert "chưa có chi tiết" in texts_of(answer)


def test_the_fallback_answers_when_the_search_is_sure(talk):
    ranking = [("ask_fee", 0.1), ("greet", 0.09)]
    answer = talk.say("đăng ký kết hôn", "nlu_fallback", 0.3, ranking=ranking)
    assert (answer.procedure_code, answer.aspect) == (MARRIAGE, Aspect.FEE)


def test_a_procedure_that_left_the_catalogue_is_forgotten(talk):
    talk.slots["procedure_code"] = "1.888888"
    answer = talk.say("đăng ký kết hôn", "ask_fee")
    assert answer.procedure_code == MARRIAGE


def test_a_dossier_code_is_looked_up_whatever_the_intent(talk):
    answer = talk.say("H05.12-261123-0007", "ask_overview")
    assert answer.status == Status.ANSWERED_DOSSIER


def test_every_answer_begins_with_the_name_of_the_procedure(talk):
    answer = talk.say("đăng ký kết hôn", "ask_fee")
    assert answer.blocks[0] == Heading(text="Đăng ký kết hôn")
