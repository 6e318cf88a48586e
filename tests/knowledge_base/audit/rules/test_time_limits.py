import pytest

from tests.factories import make_channel, make_procedure


def record(*channels, **parts):
    return make_procedure(channels=list(channels), **parts)


def test_limit_with_unit_is_clear(cases):
    assert cases("A03", record(make_channel(quantity=3, unit="working_day"))) == []


def test_limit_without_unit(run_rule):
    (finding,) = run_rule("A03", record(make_channel("online", quantity=1)))
    assert (finding.case, finding.excerpt) == ("no_unit", "Trực tuyến: 1")


def test_limit_glued_to_a_fee(cases):
    raw = {"cach_thuc_thuc_hien": "Trực tuyến1200 VNĐ\nTrực tiếp1200 VNĐ"}
    assert cases("A03", make_procedure(raw=raw)) == ["glued"]


def test_no_limit_at_all(cases):
    assert cases("A03", record(make_channel("online"), make_channel("post"))) == ["no_limit"]


def test_limit_in_the_description_only(run_rule):
    note = "05 ngày làm việc kể từ ngày nhận đủ hồ sơ"
    (finding,) = run_rule("A03", record(make_channel(note=note)))
    assert (finding.case, finding.excerpt) == ("in_note", note)


@pytest.mark.parametrize("note", ["Không", "Không quy định"])
def test_note_that_does_not_answer(cases, note):
    assert cases("A03", record(make_channel(time_note=note))) == ["no_limit"]


def test_note_that_says_why_there_is_none(cases):
    note = "Không phải trả kết quả cho người nộp thuế"
    assert cases("A03", record(make_channel(time_note=note))) == []


def test_a_date_in_the_description_is_no_limit(cases):
    note = "Nộp chậm nhất vào ngày 20 tháng đầu tiên của quý"
    assert cases("A03", record(make_channel(note=note))) == ["no_limit"]


def test_limits_that_differ_by_channel(cases):
    channels = [
        make_channel("online", quantity=2, unit="working_day"),
        make_channel("counter", quantity=3, unit="working_day"),
    ]
    assert cases("A03", record(*channels)) == ["by_channel"]


def test_same_number_in_other_units_differs(cases):
    channels = [
        make_channel("online", quantity=3, unit="day"),
        make_channel("counter", quantity=3, unit="working_day"),
    ]
    assert cases("A03", record(*channels)) == ["by_channel"]


def test_differences_that_a_note_explains(cases):
    channels = [
        make_channel("online", quantity=2, unit="day", note="Hồ sơ có chữ ký số."),
        make_channel("counter", quantity=3, unit="day"),
    ]
    assert cases("A03", record(*channels)) == []


def test_several_limits_for_one_channel(cases):
    channels = [make_channel("online", quantity=n, unit="day") for n in (2, 5)]
    assert cases("A03", record(*channels)) == ["several"]
