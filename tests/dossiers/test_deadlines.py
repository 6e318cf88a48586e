from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.clock import VIETNAM
from dossiers.deadlines import NoDueDate, Pause, TimeLimit, due_date
from dossiers.office_hours import OfficeHours
from dossiers.record import TimeUnit
from knowledge_base.calendar import MissingYearError, load_calendar

CALENDAR = load_calendar()
SAME_DAY = TimeLimit(same_day=True)


def at(year, month, day, hour=9, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


def working(number):
    return TimeLimit(number, TimeUnit.WORKING_DAY)


def due(received, limit, **more):
    return due_date(received, limit, CALENDAR, **more)


@pytest.mark.parametrize(
    ("received", "number", "expected"),
    [
        ((2026, 11, 23), 1, (2026, 11, 25)),
        ((2026, 11, 23), 3, (2026, 11, 27)),
        ((2026, 11, 20), 2, (2026, 11, 25)),
        ((2026, 8, 20), 3, (2026, 8, 24)),
        ((2026, 8, 28), 1, (2026, 9, 3)),
        ((2026, 2, 13), 3, (2026, 2, 25)),
        ((2026, 4, 24), 2, (2026, 4, 29)),
        ((2026, 4, 29), 1, (2026, 5, 4)),
        ((2026, 12, 31), 1, (2027, 1, 4)),
    ],
)
def test_working_days(received, number, expected):
    found = due(at(*received), working(number))
    assert found.due_at == at(*expected, 17)
    assert (found.provisional, found.missing) == (False, None)
    assert found.calendar_version == CALENDAR.version


@pytest.mark.parametrize(
    ("received", "number", "raw", "expected"),
    [
        ((2026, 11, 23), 1, date(2026, 11, 24), (2026, 11, 25)),
        ((2026, 2, 10), 5, date(2026, 2, 15), (2026, 2, 23)),
    ],
)
def test_calendar_days_roll_to_a_working_day(received, number, raw, expected):
    found = due(at(*received), TimeLimit(number, TimeUnit.DAY))
    assert (found.unrolled, found.due_at) == (raw, at(*expected, 17))


@pytest.mark.parametrize(
    ("received", "number", "raw", "expected"),
    [
        (at(2026, 6, 15), 1, date(2026, 7, 15), at(2026, 7, 15, 17)),
        (at(2026, 1, 31), 1, date(2026, 2, 28), at(2026, 3, 2, 17)),
        (at(2026, 10, 24), 1, date(2026, 11, 24), at(2026, 11, 25, 17)),
        (at(2026, 11, 30), 3, date(2027, 2, 28), at(2027, 3, 1, 17)),
    ],
)
def test_months_end_on_the_same_date_or_the_last_of_the_month(received, number, raw, expected):
    found = due(received, TimeLimit(number, TimeUnit.MONTH))
    assert (found.unrolled, found.due_at) == (raw, expected)


@pytest.mark.parametrize(
    ("received", "number", "expected"),
    [
        (at(2026, 11, 23, 8), 2, at(2026, 11, 23, 10)),
        (at(2026, 11, 23, 10), 4, at(2026, 11, 23, 16)),
        (at(2026, 11, 23, 12), 1, at(2026, 11, 23, 14, 30)),
        (at(2026, 11, 23, 16), 2, at(2026, 11, 25, 8)),
        (at(2026, 11, 23, 10), 8, at(2026, 11, 25, 10)),
        (at(2026, 11, 23, 10), 24, at(2026, 11, 27, 10)),
        (at(2026, 11, 23, 5), 8, at(2026, 11, 23, 17)),
        (at(2026, 11, 23, 19), 8, at(2026, 11, 25, 17)),
        (at(2026, 11, 23, 19), 1, at(2026, 11, 25, 8)),
        (at(2026, 11, 22, 9), 4, at(2026, 11, 23, 11)),
        (at(2026, 8, 21, 16), 2, at(2026, 8, 22, 8)),
        (at(2026, 11, 25, 10), 12, at(2026, 11, 26, 16)),
    ],
)
def test_hours_are_working_hours_and_eight_are_a_day(received, number, expected):
    assert due(received, TimeLimit(number, TimeUnit.HOUR)).due_at == expected


def test_half_a_working_day_is_four_hours():
    assert due(at(2026, 11, 23, 10), working(0.5)).due_at == at(2026, 11, 23, 16)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (at(2026, 11, 23, 8), at(2026, 11, 23, 17)),
        (at(2026, 11, 23, 15), at(2026, 11, 23, 17)),
        (at(2026, 11, 23, 15, 1), at(2026, 11, 25, 17)),
        (at(2026, 11, 21, 8), at(2026, 11, 23, 17)),
        (at(2026, 11, 21, 16), at(2026, 11, 23, 17)),
    ],
)
def test_a_same_day_procedure_received_after_three_is_due_the_next_working_day(received, expected):
    assert due(received, SAME_DAY).due_at == expected


@pytest.mark.parametrize(
    ("limit", "why"),
    [
        (TimeLimit(1, None), NoDueDate.NO_UNIT),
        (TimeLimit(None, TimeUnit.WORKING_DAY), NoDueDate.NO_LIMIT),
        (TimeLimit(), NoDueDate.NO_LIMIT),
    ],
)
def test_without_a_unit_or_a_number_no_date_is_made_up(limit, why):
    found = due(at(2026, 11, 23), limit)
    assert (found.due_at, found.missing) == (None, why)


def test_a_limit_that_is_no_time_is_refused():
    with pytest.raises(ValueError, match="0"):
        due(at(2026, 11, 23), working(0))


def test_a_count_over_tet_2027_is_only_expected():
    found = due(at(2027, 2, 3), working(3))
    assert found.provisional
    assert "Tết" in found.why_provisional
    assert not due(at(2027, 2, 1), working(3)).provisional
    assert due(at(2027, 2, 1), working(4)).provisional
    assert not due(at(2027, 2, 12), working(2)).provisional


def test_a_count_into_a_year_without_calendar_is_an_error():
    with pytest.raises(MissingYearError, match="2028"):
        due(at(2027, 12, 31), working(1))


def test_a_count_that_begins_on_the_last_day_before_the_first_calendar_is_possible():
    assert due(at(2025, 12, 31), working(1)).due_at.date() == date(2026, 1, 2)


def test_waiting_for_papers_is_taken_out_of_working_days():
    # 5 working days from Monday 9/11 end on 16/11; asked on Tuesday, answered on Friday: 3 days.
    pause = Pause(at(2026, 11, 10), at(2026, 11, 13))
    assert due(at(2026, 11, 9), working(5)).due_at.date() == date(2026, 11, 16)
    assert due(at(2026, 11, 9), working(5), pauses=[pause]).due_at == at(2026, 11, 19, 17)


def test_waiting_is_taken_out_of_calendar_days_and_rolled():
    pause = Pause(at(2026, 11, 16), at(2026, 11, 18))
    found = due(at(2026, 11, 9), TimeLimit(12, TimeUnit.DAY), pauses=[pause])
    assert (found.unrolled, found.due_at.date()) == (date(2026, 11, 23), date(2026, 11, 23))
    longer = Pause(at(2026, 11, 16), at(2026, 11, 19))
    found = due(at(2026, 11, 9), TimeLimit(12, TimeUnit.DAY), pauses=[longer])
    assert (found.unrolled, found.due_at.date()) == (date(2026, 11, 24), date(2026, 11, 25))


def test_waiting_is_taken_out_of_hours():
    pause = Pause(at(2026, 11, 23, 8), at(2026, 11, 23, 10))
    found = due(at(2026, 11, 23, 7), TimeLimit(4, TimeUnit.HOUR), pauses=[pause])
    assert found.due_at == at(2026, 11, 23, 15)


def test_waiting_that_goes_on_leaves_no_date():
    found = due(at(2026, 11, 9), working(5), pauses=[Pause(at(2026, 11, 10))])
    assert (found.due_at, found.missing) == (None, NoDueDate.PAUSED)


def test_a_request_after_the_date_has_passed_saves_nothing():
    pauses = [Pause(at(2026, 11, 17), at(2026, 11, 20)), Pause(at(2026, 11, 20))]
    assert due(at(2026, 11, 9), working(5), pauses=pauses).due_at == at(2026, 11, 16, 17)


def test_pauses_that_overlap_count_once():
    pauses = [
        Pause(at(2026, 11, 11), at(2026, 11, 13)),
        Pause(at(2026, 11, 10), at(2026, 11, 12)),
    ]
    together = [Pause(at(2026, 11, 10), at(2026, 11, 13))]
    received = at(2026, 11, 9)
    assert due(received, working(5), pauses=pauses) == due(received, working(5), pauses=together)


def test_waiting_is_taken_out_of_a_same_day_procedure():
    pause = Pause(at(2026, 11, 23, 9), at(2026, 11, 25, 9))
    assert due(at(2026, 11, 23, 8), SAME_DAY, pauses=[pause]).due_at == at(2026, 11, 25, 17)


def test_office_hours_may_be_set():
    hours = OfficeHours(((time(8), time(12)), (time(13), time(16, 30))))
    assert due(at(2026, 11, 25), working(1), hours=hours).due_at == at(2026, 11, 26, 16, 30)
    eight = TimeLimit(8, TimeUnit.HOUR)
    assert due(at(2026, 11, 25, 8), eight, hours=hours).due_at == at(2026, 11, 25, 16, 30)
    less = TimeLimit(7.75, TimeUnit.HOUR)
    assert due(at(2026, 11, 25, 8), less, hours=hours).due_at == at(2026, 11, 25, 16, 30)


@pytest.mark.parametrize(
    "sessions", [(), ((time(9), time(8)),), ((time(8), time(12)), (time(11), time(17)))]
)
def test_sessions_must_follow_one_another(sessions):
    with pytest.raises(ValueError, match="sessions"):
        OfficeHours(sessions)


def test_other_zones_are_brought_to_vietnam():
    received = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    assert due(received, working(1)).due_at == at(2026, 11, 25, 17)
    assert due(datetime(2026, 11, 23, 9), working(1)).due_at == at(2026, 11, 25, 17)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 30)).map(
    lambda moment: moment.replace(tzinfo=VIETNAM)
)
LIMITS = st.one_of(
    st.builds(TimeLimit, st.integers(1, 30), st.sampled_from(list(TimeUnit)[:3])),
    st.builds(TimeLimit, st.integers(1, 4), st.just(TimeUnit.MONTH)),
    st.just(SAME_DAY),
)


@given(MOMENTS, LIMITS)
def test_nothing_is_due_before_it_was_received(received, limit):
    found = due(received, limit)
    assert found.due_at >= received
    assert CALENDAR.is_working_day(found.due_at.date())


@given(MOMENTS, MOMENTS, LIMITS)
def test_what_comes_later_is_not_due_sooner(one, other, limit):
    first, second = sorted((one, other))
    assert due(first, limit).due_at <= due(second, limit).due_at


@given(MOMENTS, st.integers(1, 30), st.sampled_from(list(TimeUnit)[:3]))
def test_a_longer_limit_is_not_due_sooner(received, number, unit):
    shorter, longer = TimeLimit(number, unit), TimeLimit(number + 1, unit)
    assert due(received, shorter).due_at <= due(received, longer).due_at


@given(MOMENTS, LIMITS, st.integers(0, 200), st.integers(1, 400))
def test_waiting_never_makes_a_date_sooner(received, limit, hours_before, hours_waited):
    start = received + timedelta(hours=hours_before)
    pause = Pause(start, start + timedelta(hours=hours_waited))
    assert due(received, limit, pauses=[pause]).due_at >= due(received, limit).due_at


@given(MOMENTS, st.integers(1, 30))
def test_whole_working_days_and_hours_of_eight_agree_within_a_day(received, number):
    by_days = due(received, working(number)).due_at
    by_hours = due(received, TimeLimit(number * 8, TimeUnit.HOUR)).due_at
    assert CALENDAR.working_days_between(by_days.date(), by_hours.date()) <= 1
