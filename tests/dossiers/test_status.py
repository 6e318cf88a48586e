import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.status import ClockState, Status, read_status

LABELS = {
    1: "Mới đăng ký",
    2: "Được tiếp nhận",
    3: "Không được tiếp nhận",
    4: "Đang xử lý",
    5: "Yêu cầu bổ sung giấy tờ",
    6: "Yêu cầu thực hiện nghĩa vụ tài chính",
    7: "Công dân yêu cầu rút hồ sơ",
    8: "Dừng xử lý",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}
TRANSITIONS = {
    1: {2, 3, 7},
    2: {4, 5, 7, 8},
    3: set(),
    4: {4, 5, 6, 7, 8, 9},
    5: {4, 7, 8},
    6: {4, 7, 8, 9},
    7: set(),
    8: set(),
    9: {10},
    10: set(),
}


def test_the_ten_statuses_carry_their_national_labels():
    assert {int(status): status.label for status in Status} == LABELS


def test_transitions_are_those_that_were_derived():
    assert {int(status): set(status.next_statuses) for status in Status} == TRANSITIONS


def test_terminal_are_refused_withdrawn_halted_and_returned_but_not_finished():
    assert {status for status in Status if status.is_terminal} == {3, 7, 8, 10}


@pytest.mark.parametrize(
    ("clock", "numbers"),
    [
        (ClockState.NOT_STARTED, {1}),
        (ClockState.RUNNING, {2, 4}),
        (ClockState.PAUSED, {5, 6}),
        (ClockState.STOPPED, {3, 7, 8, 9, 10}),
    ],
)
def test_clock(clock, numbers):
    assert {status for status in Status if status.clock is clock} == numbers


def test_meanings_are_whole_sentences_in_nfc():
    for status in Status:
        assert status.meaning[0].isupper()
        assert status.meaning.endswith(".")
        assert unicodedata.is_normalized("NFC", status.meaning + status.label)


def test_finished_is_not_returned():
    assert "chưa" in Status.FINISHED.meaning
    assert Status.FINISHED.may_become(Status.RETURNED)
    assert not Status.RETURNED.may_become(Status.FINISHED)


def test_staying_is_no_move():
    assert all(status.may_become(status) for status in Status)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("4", Status.PROCESSING),
        ("10", Status.RETURNED),
        (" Đang   xử lý ", Status.PROCESSING),
        ("da tra ket qua", Status.RETURNED),
        ("Không được tiếp nhận", Status.REFUSED),
        ("chờ tiếp nhận", Status.REGISTERED),
        ("Mới tiếp nhận", Status.RECEIVED),
        ("Hồ sơ đang thụ lý tại phòng Tư pháp", Status.PROCESSING),
        ("đang thẩm định", Status.PROCESSING),
        ("Trình duyệt lãnh đạo", Status.PROCESSING),
        ("chờ bổ sung", Status.SUPPLEMENT_REQUESTED),
        ("chờ nộp phí", Status.PAYMENT_REQUESTED),
        ("chờ thuế", Status.PAYMENT_REQUESTED),
        ("Chờ trả kết quả", Status.FINISHED),
        ("có kết quả", Status.FINISHED),
        ("Công dân yêu cầu rút hồ sơ", Status.WITHDRAWN),
    ],
)
def test_a_phrase_is_read(text, status):
    reading = read_status(text)
    assert reading is not None
    assert reading.status is status
    assert reading.warning is None


@pytest.mark.parametrize("text", ["trả lại", "từ chối"])
def test_an_ambiguous_phrase_gives_both_statuses_and_says_so(text):
    reading = read_status(text)
    assert reading is not None
    assert reading.statuses == (Status.REFUSED, Status.HALTED)
    assert reading.status is None
    assert reading.warning


@pytest.mark.parametrize("text", ["Hoàn thành", "kết thúc"])
def test_completed_is_taken_for_returned_with_a_warning(text):
    reading = read_status(text)
    assert reading is not None
    assert reading.status is Status.RETURNED
    assert "chưa trả kết quả" in (reading.warning or "")


@pytest.mark.parametrize("text", ["", "0", "11", "xyz", "chưa có kết quả", "1" * 5000, "４"])
def test_anything_else_is_unknown(text):
    assert read_status(text) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    read_status(text)
