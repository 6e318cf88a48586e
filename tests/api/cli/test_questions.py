import pytest

from api.handover.book import QuestionBook
from api.storage import open_database
from dossiers.clock import system_clock


@pytest.fixture
def book(data, monkeypatch):
    monkeypatch.setenv("MOTCUA_OFFICE_PHONE", "0222 3820 000")
    monkeypatch.delenv("MOTCUA_DATABASE_URL", raising=False)
    engine = open_database(f"sqlite:///{data / 'motcua.db'}")
    yield QuestionBook(engine, system_clock)
    engine.dispose()


@pytest.fixture
def code(book):
    book.await_question("c" * 64, "web")
    return book.leave("c" * 64, "Con tôi sinh ở nước ngoài thì làm ở đâu?").code


def test_a_waiting_question_is_listed(motcua, code):
    listed = motcua("questions", "list").out
    assert code in listed
    assert "Con tôi sinh ở nước ngoài" in listed
    assert "chờ trả lời" in listed


def test_an_empty_book_says_so(motcua, book):
    assert motcua("questions", "list").out == "Không có câu hỏi nào.\n"


def test_an_answer_is_stored_and_the_question_leaves_the_list(motcua, code, book):
    done = motcua("questions", "answer", code.lower(), "Làm ở cấp xã.", "--by", "quầy 3")
    assert done.code == 0
    found = book.find(code)
    assert (found.answer, found.answered_by) == ("Làm ở cấp xã.", "quầy 3")
    assert code not in motcua("questions", "list").out
    assert "đã trả lời" in motcua("questions", "list", "--all").out
    assert "Trả lời (quầy 3): Làm ở cấp xã." in motcua("questions", "show", code).out


def test_what_is_covered_in_an_answer_is_told(motcua, code):
    done = motcua("questions", "answer", code, "Gọi 0222 3820 000 hoặc 0912 345 678.")
    assert "người dân đọc: Gọi 0222 3820 000 hoặc •••." in done.out


def test_a_conversation_is_taken_over_spoken_in_and_released(motcua, code):
    assert "Đã tiếp quản" in motcua("questions", "take", code, "--by", "quầy 3").out
    assert "Đã gửi" in motcua("questions", "say", code, "Cháu sinh ở đâu ạ?").out
    shown = motcua("questions", "show", code).out
    assert "Đang được tiếp quản: quầy 3" in shown
    assert "Cán bộ: Cháu sinh ở đâu ạ?" in shown
    assert motcua("questions", "release", code).code == 0
    assert "Đang được tiếp quản" not in motcua("questions", "show", code).out


def test_closing_takes_it_off_the_list(motcua, code):
    assert motcua("questions", "close", code).code == 0
    assert code not in motcua("questions", "list").out
    assert "đã đóng" in motcua("questions", "list", "--all").out


@pytest.mark.parametrize(
    "words",
    [
        ("show", "K7P3QX"),
        ("answer", "K7P3QX", "lời"),
        ("close", "K7P3QX"),
        ("take", "K7P3QX", "--by", "quầy 3"),
        ("release", "K7P3QX"),
        ("say", "K7P3QX", "lời"),
    ],
)
def test_an_unknown_code_is_one_clear_line(motcua, book, words):
    done = motcua("questions", *words)
    assert done.code == 1
    assert "K7P3QX" in done.err
