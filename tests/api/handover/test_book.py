from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.errors import QuestionError
from api.handover.model import Question, QuestionMessage, QuestionStatus

HERE = "c" * 64


def test_a_question_that_was_left_is_found_under_its_code(book, leave, clock):
    left = leave()
    found = book.find(left.code)
    assert (found.question, found.status) == (
        "Con tôi sinh ở nước ngoài thì làm ở đâu?",
        QuestionStatus.OPEN,
    )
    assert found.asked_at == clock.now
    assert (found.answer, found.answered_by, found.delivered_at) == (None, None, None)


def test_what_names_a_person_is_covered_before_it_is_stored(leave, engine):
    leave("tôi tên là trần thị bé, căn cước 024090001111, gọi 0912-345-678, mã pin 246810")
    with Session(engine) as session:
        [stored] = session.scalars(select(Question.question))
    assert stored == "tôi tên là •••, căn cước •••, gọi •••, mã pin •••"


def test_a_question_that_is_still_awaited_is_nobodys_yet(book):
    book.await_question(HERE, "web")
    assert book.is_awaited(HERE)
    assert not book.is_awaited("d" * 64)
    assert book.listed() == []


def test_the_question_is_not_awaited_for_ever(book, clock):
    book.await_question(HERE, "web")
    clock.forward(minutes=31)
    assert not book.is_awaited(HERE)
    book.await_question(HERE, "web")
    assert book.is_awaited(HERE)


def test_nothing_is_left_without_being_awaited(book):
    with pytest.raises(QuestionError, match="đang chờ"):
        book.leave(HERE, "câu hỏi")


def test_one_conversation_may_leave_several_questions(book, leave):
    assert leave("câu một").code != leave("câu hai").code
    assert [one.question for one in book.listed()] == ["câu một", "câu hai"]


def test_an_answer_is_given_once_in_its_conversation(book, leave):
    code = leave().code
    leave("câu khác", "d" * 64)
    assert book.take_new_answers(HERE) == []
    book.answer(code, "Làm ở ủy ban nhân dân cấp xã nơi cư trú.", "quầy 3")
    assert [one.code for one in book.take_new_answers(HERE)] == [code]
    assert book.take_new_answers(HERE) == []


def test_an_answer_that_is_corrected_is_given_again(book, leave):
    code = leave().code
    for text in ("Câu trả lời nhầm.", "Câu trả lời đúng."):
        book.answer(code, text, "quầy 3")
        assert [one.answer for one in book.take_new_answers(HERE)] == [text]


def test_the_phone_of_the_office_stays_in_an_answer_and_others_do_not(book, leave):
    answered = book.answer(
        leave().code.lower(),
        "Gọi 0222 3820 000, đừng gọi 0912 345 678.",
        "quầy 3",
        keep=["0222 3820 000", ""],
    )
    assert answered.answer == "Gọi 0222 3820 000, đừng gọi •••."


@pytest.mark.parametrize("act", ["answer", "close"])
@pytest.mark.parametrize("code", ["K7P3QX", "", "'; DROP TABLE questions; --"])
def test_an_unknown_code_is_named(book, act, code):
    with pytest.raises(QuestionError, match="mang mã"):
        book.answer(code, "lời", "quầy 3") if act == "answer" else book.close(code)


def test_an_empty_answer_is_refused(book, leave):
    with pytest.raises(QuestionError, match="trống"):
        book.answer(leave().code, "  \n", "quầy 3")


def test_a_closed_question_takes_no_answer(book, leave):
    code = leave().code
    book.close(code)
    with pytest.raises(QuestionError, match="đã đóng"):
        book.answer(code, "muộn rồi", "quầy 3")
    assert book.listed([QuestionStatus.OPEN]) == []
    assert [one.code for one in book.listed()] == [code]


def test_old_questions_are_forgotten_with_all_that_was_said(hand_over, book, leave, clock, engine):
    old = leave("câu cũ").code
    hand_over.take_overs.take(old, "quầy 3")
    hand_over.take_overs.say(old, "chào bạn")
    clock.forward(days=10)
    new = leave("câu mới").code
    limit = clock.now - timedelta(days=5)
    assert book.forget_before(limit) == 1
    assert book.forget_before(limit) == 0
    assert [one.code for one in book.listed()] == [new]
    with Session(engine) as session:
        assert session.scalars(select(QuestionMessage)).all() == []


def test_a_conversation_that_is_to_be_forgotten_takes_its_questions_with_it(book, leave, engine):
    kept, gone = leave(), leave("Câu khác", conversation="d" * 64)
    assert book.forget("d" * 64) == 1
    assert book.find(gone.code) is None
    assert book.find(kept.code) is not None
    with Session(engine) as session:
        assert session.scalars(select(QuestionMessage.question_id)).all() == []
