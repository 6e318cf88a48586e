"""A message is read with the procedure spoken of before."""

import pytest

from knowledge_base.search import Verdict, read_message
from knowledge_base.text import fold
from tests.knowledge_base.search.conftest import (
    BIRTH,
    DEATH,
    FIRST,
    FOREIGN,
    LOST,
    MARRIAGE,
    QUESTIONS,
    RENEW,
    make_engine,
)


@pytest.fixture
def read(engine):
    """The code answered and whether the conversation was needed, after speaking of `current`."""

    def read(message, current=None):
        known = engine.catalogue.get(current) if current else None
        reading = read_message(engine, message, known)
        assert reading.decision.verdict == Verdict.ANSWER
        (hit,) = reading.decision.hits
        return hit.procedure.code, reading.from_context

    return read


@pytest.mark.parametrize(
    "message",
    [
        "thế lệ phí bao nhiêu?",
        "mất mấy ngày",
        "nộp ở đâu vậy ạ",
        "còn giấy tờ thì sao",
        "có cần không",
    ],
)
def test_a_question_that_names_nothing_keeps_the_procedure(read, message):
    for text in (message, fold(message)):
        assert read(text, current=FIRST) == (FIRST, True)


def test_words_that_fit_nothing_better_keep_the_procedure(read):
    assert read("thế chuồng thì sao", current=FIRST) == (FIRST, True)


@pytest.mark.parametrize(
    ("current", "message", "sibling"),
    [
        (FIRST, "đánh rơi rồi xin lại thì sao", LOST),
        (FIRST, "giấy sắp hết hạn rồi", RENEW),
        (RENEW, "thế cấp lần đầu thì sao", FIRST),
    ],
)
def test_a_word_that_only_a_sibling_has_moves_to_the_sibling(read, current, message, sibling):
    assert read(message, current=current) == (sibling, True)


@pytest.mark.parametrize(
    ("current", "message", "other"),
    [
        (FIRST, "đăng ký kết hôn", MARRIAGE),
        (FIRST, "con moi de lam giay cho em be", BIRTH),
        (MARRIAGE, "cấp lại giấy phép nuôi rồng bị mất", LOST),
        (FIRST, "thế ông nội qua đời thì sao", DEATH),
    ],
)
def test_a_clear_new_topic_replaces_the_procedure(read, current, message, other):
    assert read(message, current=current) == (other, False)


@pytest.mark.parametrize(
    "message",
    ["không phải, tôi hỏi đăng ký kết hôn", "khong phai, dang ky ket hon", "tôi hỏi: kết hôn"],
)
def test_a_correction_asks_what_stands_behind_it(read, message):
    assert read(message, current=FIRST) == (MARRIAGE, False)
    assert read(message, current=BIRTH) == (MARRIAGE, True)


def test_a_correction_with_nothing_behind_it_keeps_the_procedure(read):
    assert read("không phải", current=FIRST) == (FIRST, True)


@pytest.fixture
def choose(engine):
    """The code answered after asking back with `offered`."""

    def choose(message, *offered):
        choices = [engine.catalogue.get(code) for code in offered]
        (hit,) = read_message(engine, message, None, choices).decision.hits
        return hit.procedure.code

    return choose


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("cái đánh rơi ấy", LOST),
        ("của người nước ngoài", FOREIGN),
        ("nguoi nuoc ngoai", FOREIGN),
    ],
)
def test_words_choose_among_the_procedures_on_offer(choose, message, code):
    assert choose(message, FIRST, LOST, FOREIGN) == code


def test_a_message_that_says_nothing_of_its_own_takes_the_nearest_offer(choose):
    assert choose("thế lệ phí bao nhiêu", RENEW, LOST) == RENEW


def test_a_new_topic_is_not_taken_for_a_choice(choose):
    assert choose("đăng ký kết hôn ở đâu", FIRST, LOST) == MARRIAGE


def test_without_a_procedure_before_a_message_stands_alone(engine, read):
    assert read("đăng ký kết hôn") == (MARRIAGE, False)
    reading = read_message(engine, "dạy bơi xyzzy", None)
    assert (reading.decision.verdict, reading.from_context) == (Verdict.REFUSE, False)


def test_a_message_that_points_back_returns_to_what_was_spoken_of_before(engine):
    current, before = engine.catalogue.get(MARRIAGE), engine.catalogue.get(LOST)
    for message in ("quay lại chuyện kia", "quay lai cai lúc trước"):
        reading = read_message(engine, message, current, recent=[before])
        (hit,) = reading.decision.hits
        assert (hit.procedure, reading.from_context) == (before, True)


def test_a_long_message_that_fits_nothing_is_no_follow_up(engine):
    message = "tàu vũ trụ chở khách du lịch sao hỏa hạ cánh khẩn cấp giữa sa mạc"
    current = engine.catalogue.get(FIRST)
    assert read_message(engine, message, current).decision.verdict == Verdict.REFUSE
    patient = make_engine(engine.catalogue, QUESTIONS, follow_up={"long_message": 50})
    assert read_message(patient, message, current).decision.verdict == Verdict.ANSWER


def test_a_new_topic_that_fits_several_is_asked_back(engine):
    doubtful = make_engine(engine.catalogue, QUESTIONS, decision={"ask_back_above": 0.0})
    reading = read_message(doubtful, "giấy phép nuôi rồng", engine.catalogue.get(MARRIAGE))
    assert reading.decision.verdict == Verdict.ASK_BACK
    assert len(reading.decision.hits) > 1


def test_what_is_hardly_likely_is_called_a_guess(engine):
    current = engine.catalogue.get(FIRST)
    wary = make_engine(engine.catalogue, QUESTIONS, follow_up={"sure_from": 1.0})
    assert read_message(wary, "đánh rơi rồi xin lại thì sao", current).guessed is True
    bold = make_engine(engine.catalogue, QUESTIONS, follow_up={"sure_from": 0.0})
    assert read_message(bold, "đánh rơi rồi xin lại thì sao", current).guessed is False


@pytest.mark.parametrize(
    "message",
    [
        f"thủ tục {MARRIAGE} là gì",
        f"Đăng ký kết hôn ({MARRIAGE})",
        f"{MARRIAGE}.000.00.00.H36",
        f"giấy phép nuôi rồng, mã {MARRIAGE}.",
    ],
)
@pytest.mark.parametrize("current", [None, FIRST])
def test_a_code_in_the_message_names_the_procedure(read, message, current):
    assert read(message, current=current) == (MARRIAGE, False)


@pytest.mark.parametrize("message", ["thủ tục 9.999999 là gì", "hồ sơ 000.00.1.000005-261123-0007"])
def test_an_unknown_code_or_a_longer_number_names_nothing(engine, message):
    reading = read_message(engine, message, engine.catalogue.get(FIRST))
    assert [hit.procedure.code for hit in reading.decision.hits] != [MARRIAGE]
