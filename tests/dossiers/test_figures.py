from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.clock import VIETNAM
from dossiers.figures import (
    Figures,
    Period,
    Share,
    completed,
    contradictions,
    period_mismatch,
    shares,
    total,
)
from dossiers.period_table import period_table
from dossiers.record import DossierRecord, FilingChannel
from dossiers.status import Status

# The review of July 2020: what was told, and nothing else.
REVIEW = Figures(received=54_365, in_time=52_964, late=53, online=11_429)


def test_the_review_of_july_2020_adds_up_and_implies_what_was_still_open():
    figures, implied = completed(REVIEW)
    assert (figures.done, figures.open) == (53_017, 1_348)
    assert implied == {"done", "open"}
    assert contradictions(figures) == []


def test_the_shares_of_the_review():
    found = shares(REVIEW)
    assert found["in_time"].percent == Decimal("99.90")
    assert found["online"].percent == Decimal("21.02")
    assert found["post"].percent is None


def test_the_title_of_the_review_names_another_period_than_its_figures():
    six, seven = (
        Period(date(2020, 1, 1), date(2020, 6, 30)),
        Period(date(2020, 1, 1), date(2020, 7, 31)),
    )
    assert period_mismatch(six, seven) == (
        "Tiêu đề ghi kỳ 01/01/2020 – 30/06/2020, nhưng số liệu tính cho kỳ 01/01/2020 – 31/07/2020."
    )
    assert period_mismatch(seven, seven) is None


def test_a_period_ends_after_it_begins():
    with pytest.raises(ValueError, match="2020-01-01"):
        Period(date(2020, 2, 1), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (
            Figures(received=10, carried_over=3, received_in_period=8),
            "Tiếp nhận: ghi 10, các phần cộng lại là 11",
        ),
        (Figures(received=10, done=5, open=4), "Tiếp nhận: ghi 10, các phần cộng lại là 9"),
        (Figures(done=5, in_time=5, late=1), "Đã giải quyết: ghi 5, các phần cộng lại là 6"),
        (
            Figures(received_in_period=5, online=1, counter=1, post=1),
            "tiếp nhận trong kỳ: ghi 5, các phần cộng lại là 3",
        ),
        (Figures(late=-1), "quá hạn: ghi -1, các phần cộng lại là 0"),
    ],
)
def test_what_does_not_add_up_is_said(figures, said):
    assert [str(found) for found in contradictions(figures)] == [said]


def test_an_implied_figure_below_nothing_is_a_contradiction():
    figures, _ = completed(Figures(received=5, done=9))
    assert figures.open == -4
    assert [found.whole for found in contradictions(figures)] == ["open"]


def test_a_whole_of_nothing_has_no_share():
    assert Share(0, 0).percent is None
    assert Share(None, 5).percent is None
    assert Share(1, 3).percent == Decimal("33.33")


def test_a_sum_lacks_what_a_row_lacks():
    summed = total([Figures(done=2, late=1), Figures(done=3)])
    assert (summed.done, summed.late) == (5, None)


JULY = Period(date(2026, 7, 1), date(2026, 7, 31))


def at(month, day):
    return datetime(2026, month, day, 10, tzinfo=VIETNAM)


def record(number, status, received, due, *, ended=None, channel=FilingChannel.ONLINE, **more):
    return DossierRecord(
        code=f"H05.12-260701-{number:04}",
        status=status,
        status_at=ended or received or at(7, 1),
        synced_at=at(8, 15),
        source_system="test",
        received_at=received,
        due_at=due,
        finished_at=ended if status in (Status.FINISHED, Status.RETURNED) else None,
        channel=channel,
        **{"field_name": "Hộ tịch"} | more,
    )


RECORDS = [
    record(1, Status.RETURNED, at(7, 1), at(7, 6), ended=at(7, 3)),
    record(2, Status.FINISHED, at(7, 1), at(7, 6), ended=at(7, 6), channel=FilingChannel.POST),
    record(3, Status.RETURNED, at(7, 1), at(7, 6), ended=at(7, 7), channel=FilingChannel.COUNTER),
    record(4, Status.PROCESSING, at(6, 25), at(7, 20)),
    record(5, Status.PROCESSING, at(7, 30), at(8, 5), channel=None),
    record(6, Status.SUPPLEMENT_REQUESTED, at(7, 5), at(7, 10)),
    record(7, Status.WITHDRAWN, at(7, 5), at(7, 6), ended=at(7, 20)),
    record(8, Status.RETURNED, at(7, 5), at(8, 3), ended=at(8, 2)),
    record(9, Status.RETURNED, at(7, 5), None, ended=at(7, 8), field_name="Đất đai"),
    # Not of this period:
    record(10, Status.RETURNED, at(6, 1), at(6, 6), ended=at(6, 3)),
    record(11, Status.PROCESSING, at(8, 1), at(8, 6)),
    record(12, Status.REGISTERED, None, None),
    record(13, Status.REFUSED, at(7, 5), None),
]


def test_dossiers_are_counted_into_the_columns_of_the_form():
    table = period_table(RECORDS, JULY)
    assert list(table.rows) == ["Đất đai", "Hộ tịch"]
    assert table.rows["Hộ tịch"] == Figures(
        received=8,
        carried_over=1,
        received_in_period=7,
        online=4,
        counter=1,
        post=1,
        channel_unknown=1,
        done=4,
        in_time=3,
        early=1,
        on_time=2,
        late=1,
        open=4,
        open_in_time=3,
        open_late=1,
        undated=0,
    )
    assert table.total.received == 9
    assert table.rows["Đất đai"].undated == 1


def test_an_empty_period_has_an_empty_table():
    table = period_table([], JULY)
    assert table.rows == {}
    assert table.total.received == 0


_days = st.datetimes(datetime(2026, 5, 1), datetime(2026, 9, 30)).map(
    lambda moment: moment.replace(tzinfo=VIETNAM)
)


@given(
    st.lists(
        st.builds(
            lambda status, received, due, ended, channel, field: record(
                1, status, received, due, ended=ended, channel=channel, field_name=field
            ),
            st.sampled_from(list(Status)),
            st.none() | _days,
            st.none() | _days,
            st.none() | _days,
            st.sampled_from([*FilingChannel, None]),
            st.sampled_from(["Hộ tịch", "Đất đai", None]),
        ),
        max_size=30,
    )
)
def test_every_table_adds_up(records):
    table = period_table(records, JULY)
    for row in (*table.rows.values(), table.total):
        assert contradictions(row) == []
