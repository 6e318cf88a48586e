import pytest
from sqlalchemy import text as sql

from api.handover.reception import conversation_key
from knowledge_base.answer import Answer, Status
from knowledge_base.answer.blocks import File, Paragraph
from tests.api.fake_rasa import make_answer

ME, OTHER = "m" * 32, "o" * 32
BUTTON = "Để lại câu hỏi cho cán bộ"


@pytest.fixture
def reception(hand_over):
    return hand_over.reception


@pytest.fixture
def say(reception):
    def say(text, sender=ME, client="192.0.2.1"):
        return reception.receive(sender, text, "web", client)

    return say


@pytest.fixture
def left(say, book):
    """A question that was left in my conversation."""
    say(BUTTON)
    say("Con tôi sinh ở nước ngoài thì làm ở đâu?")
    return book.listed()[-1].code


def texts_of(answer):
    return " ".join(getattr(block, "text", "") for block in answer.blocks)


@pytest.mark.parametrize(
    "text",
    [
        BUTTON,
        "để lại câu hỏi",
        "De lai cau hoi nhe",
        "tôi muốn gửi câu hỏi cho cán bộ",
        "ghi lại câu hỏi giúp em",
    ],
)
def test_who_wants_to_leave_a_question_is_asked_for_it(say, book, text):
    answer = say(text)
    assert answer.status == Status.HANDED_OVER_ASK
    assert book.is_awaited(conversation_key(ME))
    assert not book.is_awaited(conversation_key(OTHER))


@pytest.mark.parametrize(
    "text",
    [
        "lệ phí bao nhiêu",
        "câu hỏi của tôi là làm khai sinh ở đâu, để lại câu hỏi trước đó nhé vì tôi chưa hiểu lắm",
        "K7P3QXA",
        "",
    ],
)
def test_all_the_rest_is_for_the_bot(say, text):
    assert say(text) is None


def test_the_next_message_is_the_question_and_gets_a_code(say, book, clock):
    say(BUTTON)
    answer = say("Con tôi sinh ở nước ngoài thì làm ở đâu?")
    [question] = book.listed()
    assert answer.status == Status.HANDED_OVER_LEFT
    assert question.code in texts_of(answer)
    assert answer.blocks[-1] == File(
        text="Xem câu trả lời ở trang Hỏi đáp", href=f"/hoi-dap/{question.code}"
    )
    assert question.question == "Con tôi sinh ở nước ngoài thì làm ở đâu?"
    assert say("lệ phí bao nhiêu") is None


@pytest.mark.parametrize("text", ["thôi", "Thôi, không hỏi nữa", "huỷ", "Bỏ qua."])
def test_one_may_think_better_of_it(say, book, text):
    say(BUTTON)
    assert say(text).status == Status.ANSWERED_SOCIAL
    assert book.listed() == []
    assert say("lệ phí bao nhiêu") is None


def test_the_database_knows_no_conversation_by_its_id(say, left, engine):
    with engine.connect() as connection:
        rows = connection.execute(sql("SELECT * FROM questions")).all()
    assert ME not in str(rows)
    assert conversation_key(ME) in str(rows)


def test_the_same_question_of_the_bot_is_awaited_too(reception, book):
    asked = make_answer(status=Status.HANDED_OVER_ASK)
    assert reception.complete(ME, "web", asked) == asked
    assert book.is_awaited(conversation_key(ME))


class TestOpening:
    def test_who_is_sent_to_the_desk_is_told_whether_it_is_open(self, reception, clock):
        handed = make_answer(status=Status.HANDED_OVER)
        assert "đang trong giờ làm việc" in texts_of(reception.complete(ME, "web", handed))
        clock.forward(hours=8)
        assert "mở lại lúc 07:30" in texts_of(reception.complete(ME, "web", handed))

    def test_without_hours_in_the_settings_nothing_is_said(self, build):
        handed = make_answer(status=Status.HANDED_OVER)
        assert build().reception.complete(ME, "web", handed) == handed

    def test_other_answers_stay_as_they_are(self, reception):
        answer = make_answer()
        assert reception.complete(ME, "web", answer) == answer


class TestCode:
    def test_it_shows_that_the_question_waits(self, say, left):
        answer = say(left.lower())
        assert answer.status == Status.HANDED_OVER_ANSWER
        assert "đang chờ" in texts_of(answer)

    def test_it_shows_the_answer_in_any_conversation(self, say, left, book):
        book.answer(left, "Làm ở cấp xã.\n\nMang theo giấy tờ.", "quầy 3")
        answer = say(f"mã câu hỏi {left}", sender=OTHER)
        assert texts_of(answer).endswith("Làm ở cấp xã. Mang theo giấy tờ.")
        assert "quầy 3" not in str(answer)

    def test_a_closed_question_says_so(self, say, left, book):
        book.close(left)
        assert "đã đóng" in texts_of(say(left))

    def test_an_unknown_code_is_told(self, say):
        assert say("K7P3QX").status == Status.UNANSWERABLE_QUESTION_CODE

    def test_codes_cannot_be_tried_at_will(self, say, left):
        statuses = [say("K7P3QX", sender=f"{n:032}").status for n in range(12)]
        assert statuses == [Status.UNANSWERABLE_QUESTION_CODE] * 10 + [Status.ERROR_TOO_MANY] * 2
        assert say(left).status == Status.ERROR_TOO_MANY
        assert say(left, client="192.0.2.2").status == Status.HANDED_OVER_ANSWER

    def test_a_known_code_is_no_guess(self, say, left):
        assert {say(left).status for _ in range(30)} == {Status.HANDED_OVER_ANSWER}


class TestNews:
    def test_an_answer_comes_once_to_its_own_conversation(self, reception, left, book):
        assert reception.news(ME) is None
        book.answer(left, "Làm ở cấp xã.", "quầy 3")
        assert reception.news(OTHER) is None
        news = reception.news(ME)
        assert news.status == Status.HANDED_OVER_ANSWER
        assert "Làm ở cấp xã." in texts_of(news)
        assert reception.news(ME) is None

    def test_what_an_officer_writes_comes_with_the_next_message(self, reception, left, hand_over):
        hand_over.take_overs.take(left, "quầy 3")
        hand_over.take_overs.say(left, "Cháu sinh ở nước nào ạ?")
        assert "Cháu sinh ở nước nào ạ?" in texts_of(reception.news(ME))


class TestTakeOver:
    def test_the_citizen_is_told_once_and_then_the_bot_is_silent(self, say, left, hand_over):
        hand_over.take_overs.take(left, "quầy 3")
        first, second = say("ở Lào ạ"), say("sinh năm 2020")
        assert (first.status, second.status) == (Status.HANDED_OVER_TAKEN,) * 2
        assert "chuyển tới cán bộ" in texts_of(first)
        assert second == Answer(status=Status.HANDED_OVER_TAKEN, blocks=[])
        assert say("lệ phí bao nhiêu", sender=OTHER) is None

    def test_everything_goes_to_the_officer_even_codes_and_buttons(self, say, left, hand_over):
        hand_over.take_overs.take(left, "quầy 3")
        for text in (left, BUTTON, "thôi"):
            assert say(text).status == Status.HANDED_OVER_TAKEN
        thread = hand_over.take_overs.thread(left)
        assert [message.text for message in thread] == [left, BUTTON, "thôi"]

    def test_after_the_release_the_bot_answers(self, say, left, hand_over):
        hand_over.take_overs.take(left, "quầy 3")
        hand_over.take_overs.release(left)
        assert say("lệ phí bao nhiêu") is None


def test_every_text_stands_alone_in_a_block(say):
    say(BUTTON)
    answer = say("một câu hỏi")
    assert all(isinstance(block, Paragraph | File) for block in answer.blocks)
