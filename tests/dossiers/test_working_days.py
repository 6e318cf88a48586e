from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.calendar import CalendarFileError, MissingYearError, load_calendar
from knowledge_base.errors import KnowledgeBaseError

CALENDAR = load_calendar()
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),
        (date(2026, 11, 21), False),
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2026, 2, 18), False),
        (date(2026, 4, 27), False),
        (date(2026, 1, 2), True),
        (date(2027, 1, 1), False),
        (date(2027, 5, 3), False),
        (date(2027, 2, 12), True),
    ],
)
def test_working_days(day, working):
    assert CALENDAR.is_working_day(day) is working


@pytest.mark.parametrize(
    ("day", "provisional"),
    [
        (date(2027, 2, 4), False),
        (date(2027, 2, 5), True),
        (date(2027, 2, 12), True),
        (date(2027, 2, 13), False),
        (date(2027, 9, 1), True),
        (date(2027, 9, 3), True),
        (date(2027, 4, 16), False),
        (date(2026, 1, 2), True),
        (date(2026, 1, 10), True),
        (date(2026, 11, 24), False),
    ],
)
def test_days_that_are_not_settled(day, provisional):
    assert CALENDAR.provisional(day) is provisional


def test_a_stretch_of_days_tells_why_it_is_not_settled():
    assert "Tết" in CALENDAR.why_provisional(date(2026, 12, 31), date(2027, 2, 5))
    assert CALENDAR.why_provisional(date(2027, 2, 13), date(2027, 8, 31)) is None


def test_a_holiday_has_a_name():
    assert CALENDAR.year(2026).off[date(2026, 11, 24)] == "Ngày Văn hóa Việt Nam"
    assert date(2026, 11, 23) not in CALENDAR.year(2026).off


def test_each_year_says_who_published_it():
    assert CALENDAR.years == [2026, 2027]
    assert CALENDAR.year(2026).is_published
    assert "9441" in CALENDAR.year(2026).published_by
    assert not CALENDAR.year(2027).is_published
    assert CALENDAR.version == "2026-2, 2027-0"


def test_a_year_without_a_file_is_a_clear_error():
    with pytest.raises(MissingYearError, match="Chưa có lịch nghỉ năm 2028") as caught:
        CALENDAR.add_working_days(date(2027, 12, 31), 1)
    assert isinstance(caught.value, KnowledgeBaseError)
    assert caught.value.year == 2028


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.add_working_days(date(2026, 11, 23), -1)


@given(DAYS, st.integers(0, 40))
def test_counting_there_and_back_agrees(day, number):
    if day > date(2027, 9, 30):
        return
    end = CALENDAR.add_working_days(day, number)
    assert CALENDAR.working_days_between(day, end) == number
    assert number == 0 or CALENDAR.is_working_day(end)


@given(DAYS)
def test_nothing_is_counted_backwards(day):
    assert CALENDAR.working_days_between(day, day) == 0
    assert CALENDAR.working_days_between(day, day - timedelta(days=9)) == 0


GOOD = """
year: 2030
version: 2030-1
status: published
published_by: thử
days_off: [{date: 2030-01-01, name: Tết}]
working: [{date: 2030-01-05, name: bù}]
provisional: [{from: 2030-02-01, to: 2030-02-03, why: chờ}]
"""


def test_a_well_formed_year_is_read(tmp_path):
    (tmp_path / "2030.yml").write_text(GOOD, "utf-8")
    calendar = load_calendar(tmp_path)
    assert not calendar.is_working_day(date(2030, 1, 1))
    assert calendar.is_working_day(date(2030, 1, 5))
    assert calendar.provisional(date(2030, 2, 3))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("year: 2030", "year: 2031", "trùng tên tệp"),
        ("2030-01-01", "2031-01-01", "không thuộc năm 2030"),
        ("2030-01-01", "2030-01-05", "cuối tuần"),
        ("2030-01-05", "2030-01-07", "ngày thường"),
        ("status: published", "status: maybe", "status"),
        ("version: 2030-1\n", "", "version"),
        ("days_off:", "days_off: [", "YAML"),
        ("published_by: thử", "published_by: thử\nextra: 1", "extra"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_reason(tmp_path, old, new, said):
    (tmp_path / "2030.yml").write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(CalendarFileError, match=f"2030.yml.*{said}"):
        load_calendar(tmp_path)


def test_a_folder_without_years_is_refused(tmp_path):
    with pytest.raises(CalendarFileError, match="không có tệp lịch"):
        load_calendar(tmp_path)
