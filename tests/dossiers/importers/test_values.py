from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.clock import VIETNAM
from dossiers.importers.values import (
    read_channel,
    read_code,
    read_moment,
    read_quantity,
    read_status_value,
    read_text,
    read_unit,
)
from dossiers.record import FilingChannel, TimeUnit
from dossiers.status import Status

MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    "value",
    [
        "20261123083000",
        "2026-11-23 08:30:00",
        "23/11/2026 08:30",
        "23/11/2026 8:30:00",
        "2026-11-23T08:30:00",
        "2026-11-23T01:30:00Z",
        "2026-11-23T08:30:00+07:00",
        " 23/11/2026 08:30 ",
        datetime(2026, 11, 23, 8, 30),
        datetime(2026, 11, 23, 1, 30, tzinfo=UTC),
        20261123083000,
        20261123083000.0,
    ],
)
def test_moments_of_all_systems_are_read(value):
    assert read_moment(value) == MOMENT


@pytest.mark.parametrize("value", ["23/11/2026", "2026-11-23", "20261123", date(2026, 11, 23)])
def test_a_day_without_a_time_is_its_beginning(value):
    assert read_moment(value) == datetime(2026, 11, 23, tzinfo=VIETNAM)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_nothing_is_no_moment(value):
    assert read_moment(value) is None


@pytest.mark.parametrize("value", ["11/23/2026", "hôm qua", "2026-13-01", "20261323083000", "1"])
def test_anything_else_is_refused(value):
    with pytest.raises(ValueError, match="cần ngày giờ dạng"):
        read_moment(value)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))
def test_every_moment_is_read_back_in_every_form(moment):
    moment = moment.replace(microsecond=0)
    expected = moment.replace(tzinfo=VIETNAM)
    for form in ("%Y%m%d%H%M%S", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S"):
        assert read_moment(moment.strftime(form)) == expected


def test_a_code_is_read_or_refused_without_showing_a_persons_number():
    assert read_code("h05.12-261123-0007").code == "H05.12-261123-0007"
    with pytest.raises(ValueError, match="thiếu mã hồ sơ"):
        read_code("")
    with pytest.raises(ValueError, match="H05.12-261123-0007") as caught:
        read_code("038090001111")
    assert "0380" not in str(caught.value)


def test_an_ambiguous_status_is_refused_with_its_meanings():
    with pytest.raises(ValueError, match=r"3 \(Không được tiếp nhận\) hoặc 8 \(Dừng xử lý\)"):
        read_status_value("trả lại")
    assert read_status_value(4.0).status is Status.PROCESSING
    for wrong in ("", "abc", "11"):
        with pytest.raises(ValueError):
            read_status_value(wrong)


@pytest.mark.parametrize(
    ("value", "channel"),
    [
        ("1", FilingChannel.COUNTER),
        ("Trực tuyến", FilingChannel.ONLINE),
        ("Bưu chính công ích", FilingChannel.POST),
        (3, FilingChannel.POST),
        ("", None),
    ],
)
def test_channels(value, channel):
    assert read_channel(value) == channel


def test_units_and_quantities():
    assert read_unit("Ngày làm việc") is TimeUnit.WORKING_DAY
    assert read_unit(None) is None
    assert read_quantity("1,5") == 1.5
    assert read_quantity(None) is None
    for reader, wrong in ((read_unit, "tuần"), (read_quantity, "0"), (read_channel, "fax")):
        with pytest.raises(ValueError):
            reader(wrong)


def test_texts_are_brought_to_nfc():
    assert read_text(" Ho\u0302\u0323 ti\u0323ch ") == "Hộ tịch"
    assert read_text(15.0) == "15"
