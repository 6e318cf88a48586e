import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from api.form_filling.desk import FillingDesk
from api.form_filling.files import FinishedFiles
from knowledge_base.answer import Status
from knowledge_base.answer.filling import FillingComposer
from knowledge_base.forms import RenderingError, UnknownFormError
from tests.api.fake_rasa import make_answer
from tests.api.form_filling.conftest import LIBRARY, PRIVATE, RESIDENCE, files_of, texts_of

ANNA, BINH = "anna" * 8, "binh" * 8


class Clock:
    def __init__(self):
        self.time = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

    def __call__(self):
        return self.time

    def pass_minutes(self, minutes):
        self.time += timedelta(minutes=minutes)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(clock):
    return FillingDesk(LIBRARY, FinishedFiles(clock), clock, minutes=30, most=3)


def say(desk, *messages, sender=ANNA):
    """Say messages one after the other and return the last answer."""

    async def said():
        answer = None
        for message in messages:
            answer = await desk.reply(sender, message)
        return answer

    return asyncio.run(said())


def everything_in(desk):
    """All that the desk holds, as text: to look for what it should have forgotten."""
    return repr([desk._sessions, desk._ended, desk._expired, desk.files._files])


def test_it_begins_with_the_form_and_the_first_question(desk):
    answer = desk.start(ANNA, "ct01")
    assert answer.status == Status.FILLING_QUESTION
    assert "Tờ khai thay đổi thông tin cư trú" in texts_of(answer)
    assert "Câu 1/12" in texts_of(answer)
    assert files_of(answer) == ["/bieu-mau/ct01/dien"]
    assert [choice.message for choice in answer.choices] == ["Tôi không rõ"]


def test_a_form_that_is_not_there_cannot_be_begun(desk):
    with pytest.raises(UnknownFormError):
        desk.start(ANNA, "khong-co")


def test_nobody_fills_in_anything_at_first(desk):
    assert say(desk, "xin chào") is None
    assert desk.shown(ANNA) is None


def test_replies_lead_to_the_review_and_the_files(desk):
    desk.start(ANNA, "ct01")
    review = say(desk, *RESIDENCE)
    assert review.status == Status.FILLING_REVIEW
    assert "Câu 2. Người kê khai – 1. Họ, chữ đệm và tên" in texts_of(review)
    done = say(desk, "sửa câu 3", "6/9/1998", "đúng rồi")
    assert done.status == Status.FILLING_DONE
    word, pdf = (desk.files.take(address) for address in files_of(done))
    assert (word.name, pdf.name) == ("ct01.docx", "ct01.pdf")
    assert (word.content[:2], pdf.content[:4]) == (b"PK", b"%PDF")


def test_once_the_file_is_made_the_answers_are_gone(desk):
    desk.start(ANNA, "ct01")
    done = say(desk, *RESIDENCE, "tạo tệp")
    assert len(desk) == 0
    for value in PRIVATE:
        assert value not in texts_of(done)
        assert value not in everything_in(desk)


def test_stopping_forgets_everything(desk):
    desk.start(ANNA, "ct01")
    answer = say(desk, *RESIDENCE[:6], "thôi")
    assert answer.status == Status.FILLING_STOPPED
    assert len(desk) == 0
    for value in PRIVATE:
        assert value not in everything_in(desk)
    assert say(desk, "TRẦN THỊ THỬ") is None


def test_what_is_left_is_forgotten_after_its_minutes(desk, clock):
    desk.start(ANNA, "ct01")
    say(desk, *RESIDENCE[:6])
    clock.pass_minutes(29)
    say(desk, "bỏ qua")
    clock.pass_minutes(29)
    assert len(desk) == 1
    clock.pass_minutes(1)
    desk.forget_idle()
    assert len(desk) == 0
    for value in PRIVATE:
        assert value not in everything_in(desk)


def test_a_value_that_comes_too_late_is_not_passed_on(desk, clock):
    desk.start(ANNA, "ct01")
    say(desk, *RESIDENCE[:2])
    clock.pass_minutes(31)
    late = say(desk, "000198000002")
    assert late.status == Status.FILLING_STOPPED
    assert "không được lưu" in texts_of(late)
    assert say(desk, "lệ phí bao nhiêu?") is None


def test_two_people_fill_in_side_by_side(desk):
    desk.start(ANNA, "ct01")
    desk.start(BINH, "khai-sinh")
    say(desk, "Công an xã Hòa Mẫu", "TRẦN THỊ THỬ")
    other = say(desk, "Ủy ban nhân dân xã Hòa Mẫu", sender=BINH)
    assert "Họ, chữ đệm, tên" in texts_of(other)
    assert "THỬ" not in texts_of(other)


def test_the_same_person_at_once_loses_no_answer(desk):
    desk.start(ANNA, "ct01")

    async def both():
        await asyncio.gather(
            desk.reply(ANNA, "Công an xã Hòa Mẫu"), desk.reply(ANNA, "TRẦN THỊ THỬ")
        )
        return await desk.reply(ANNA, "xem lại")

    shown = texts_of(asyncio.run(both()))
    assert "Công an xã Hòa Mẫu" in shown and "TRẦN THỊ THỬ" in shown


def test_there_are_never_more_than_allowed(desk):
    for number in range(3):
        desk.start(f"sender-{number}", "ct01")
    answer = desk.start(ANNA, "ct01")
    assert answer.status == Status.FILLING_STOPPED
    assert "Nhiều người đang điền" in texts_of(answer)
    assert files_of(answer) == ["/bieu-mau/ct01/dien"]
    assert len(desk) == 3


@pytest.mark.parametrize("question", ["lệ phí bao nhiêu?", "nộp ở đâu", "cho tôi gặp cán bộ"])
def test_a_question_is_left_to_the_bot_and_the_form_waits(desk, question):
    desk.start(ANNA, "ct01")
    say(desk, "Công an xã Hòa Mẫu")
    assert say(desk, question) is None
    answer = desk.follow(ANNA, make_answer("Không mất tiền."))
    assert texts_of(answer).index("Không mất tiền.") < texts_of(answer).index("Ta điền tiếp nhé.")
    assert "1. Họ, chữ đệm và tên" in texts_of(answer)
    assert "Nguyễn" not in texts_of(answer)


def test_a_choice_that_the_bot_offered_goes_back_to_the_bot(desk):
    desk.start(ANNA, "ct01")
    from knowledge_base.answer.blocks import Choice

    offered = "Đăng ký tạm trú (1.004194)"
    asked = make_answer(
        "Bạn hỏi việc nào?",
        Status.CLARIFICATION,
        choices=[Choice(label="Đăng ký tạm trú", message=offered)],
    )
    answer = desk.follow(ANNA, asked)
    assert offered in [choice.message for choice in answer.choices]
    assert say(desk, offered) is None


def test_another_form_waits_until_this_one_is_stopped(desk):
    desk.start(ANNA, "ct01")
    say(desk, "Công an xã Hòa Mẫu")
    answer = desk.follow(ANNA, make_answer(starts_form="khai-sinh"))
    assert "gõ «dừng» trước" in texts_of(answer)
    assert "1. Họ, chữ đệm và tên" in texts_of(answer)


def test_where_messages_are_kept_the_page_is_named_instead(desk):
    introduction = FillingComposer().introduction(LIBRARY.get("ct01"))
    answer = desk.follow(ANNA, introduction, in_chat=False)
    assert files_of(answer) == ["/bieu-mau/ct01/dien"]
    assert answer.starts_form is None
    assert len(desk) == 0


def test_a_conversation_that_is_forgotten_leaves_nothing(desk):
    desk.start(ANNA, "ct01")
    say(desk, *RESIDENCE[:3])
    desk.forget(ANNA)
    assert len(desk) == 0
    assert desk.shown(ANNA) is None
    assert say(desk, "xin chào") is None


def test_what_is_passed_on_is_covered(desk):
    desk.start(ANNA, "ct01")
    say(desk, *RESIDENCE[:3])
    covered = desk.cover(ANNA, "trần thị thử sinh 05/09/1998 thì lệ phí bao nhiêu?")
    assert covered == "••• sinh ••• thì lệ phí bao nhiêu?"


def test_contradictions_bar_the_file(desk):
    desk.start(ANNA, "khai-sinh")
    say(desk, "tạo tệp", "sửa ngày sinh của bé", "15/09/2026", "sửa ngày hoặc năm sinh của mẹ")
    answer = say(desk, "16/09/2026")
    assert answer.status == Status.FILLING_REVIEW
    assert "Tạo tệp" not in [choice.message for choice in answer.choices]
    assert files_of(say(desk, "tạo tệp")) == []
    assert len(desk) == 1


def test_where_pdf_cannot_be_made_the_word_file_is(desk, monkeypatch, caplog):
    def broken(sheet):
        raise RenderingError("no pango")

    from api.form_filling import printing

    media_type, _ = printing.FORMATS["pdf"]
    monkeypatch.setitem(printing.FORMATS, "pdf", (media_type, broken))
    desk.start(ANNA, "ct01")
    done = say(desk, *RESIDENCE, "tạo tệp")
    assert len(files_of(done)) == 1
    assert all(value not in caplog.text for value in PRIVATE)


def test_where_nothing_can_be_made_the_answers_stay(desk, monkeypatch):
    def broken(sheet):
        raise RenderingError("no template")

    from api.form_filling import printing

    for suffix, (media_type, _) in list(printing.FORMATS.items()):
        monkeypatch.setitem(printing.FORMATS, suffix, (media_type, broken))
    desk.start(ANNA, "ct01")
    answer = say(desk, *RESIDENCE, "tạo tệp")
    assert "vẫn còn" in texts_of(answer)
    assert "TRẦN THỊ THỬ" in texts_of(say(desk, "xem lại"))


def test_a_desk_and_its_sessions_do_not_show_answers_in_messages(desk):
    desk.start(ANNA, "ct01")
    say(desk, *RESIDENCE[:3])
    assert "THỬ" not in repr(desk)
    assert "THỬ" not in repr(desk._sessions)
