from datetime import datetime, time

import pytest

from api.handover.office import Office, read_hours
from api.handover.texts import load_hand_over_texts
from dossiers.clock import VIETNAM
from knowledge_base.calendar import load_calendar

USUAL = ((time(7, 30), time(11, 30)), (time(13, 0), time(17, 0)))


@pytest.mark.parametrize(
    "text",
    [
        "7:30–11:30, 13:00–17:00",
        "Sáng 7h30 - 11h30, chiều 13h - 17h",
        "sáng từ 7 giờ 30 đến 11 giờ 30; chiều từ 13 giờ đến 17 giờ",
        "7:30-11:30 và 13:00-17:00, thứ Hai đến thứ Sáu",
        "Thứ 2 - thứ 6: 7g30-11g30, 13g00-17g00.",
    ],
)
def test_hours_are_read_as_offices_write_them(text):
    assert read_hours(text).sessions == USUAL


@pytest.mark.parametrize(
    "text",
    [
        "",
        "giờ hành chính",
        "7:30–11:30, 13:00–17:00, sáng thứ Bảy 7:30–11:30",
        "7:30–11:30, nghỉ chiều thứ Sáu",
        "17:00–7:30",
        "25:00–26:00",
        "8:00–12:00, 11:00–17:00",
        "Mở cửa 24/7",
    ],
)
def test_what_is_not_understood_for_sure_says_nothing(text):
    assert read_hours(text) is None


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 23, 10, 30), "đang trong giờ"),
        (datetime(2026, 11, 23, 7, 30), "đang trong giờ"),
        (datetime(2026, 11, 23, 12, 0), "13:00 thứ Hai, ngày 23/11/2026"),
        (datetime(2026, 11, 25, 17, 0), "07:30 thứ Năm, ngày 26/11/2026"),
        # 24 November is a day off (Ngày Văn hóa Việt Nam).
        (datetime(2026, 11, 23, 17, 0), "07:30 thứ Tư, ngày 25/11/2026"),
        (datetime(2026, 11, 27, 18, 0), "07:30 thứ Hai, ngày 30/11/2026"),
        (datetime(2026, 11, 28, 9, 0), "07:30 thứ Hai, ngày 30/11/2026"),
        (datetime(2026, 9, 1, 9, 0), "ngày 03/09/2026"),
    ],
)
def test_it_says_whether_it_is_open_and_when_it_opens(at, said):
    office = Office(
        "7:30–11:30, 13:00–17:00",
        load_calendar(),
        load_hand_over_texts(),
        lambda: at.replace(tzinfo=VIETNAM),
    )
    assert said in office.opening()


def test_a_year_without_a_calendar_is_not_guessed():
    office = Office(
        "7:30–11:30",
        load_calendar(),
        load_hand_over_texts(),
        lambda: datetime(2091, 1, 5, 9, tzinfo=VIETNAM),
    )
    assert office.opening() is None
