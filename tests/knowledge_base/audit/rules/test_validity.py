from datetime import date

import pytest

from tests.factories import make_channel, make_procedure, make_source


def decided(decision):
    return make_procedure(sources=[make_source(decision=decision)])


@pytest.mark.parametrize(
    "decision", ["163/QĐ-BTP", "12/2026/QĐ-UBND", "105a/QĐ-NHNN", "SỐ 64/QĐ-NHNN", "3713/QD-BTP"]
)
def test_number_of_a_decision(cases, decision):
    assert cases("A11", decided(decision)) == []


@pytest.mark.parametrize("decision", ["1103", "QĐ/0001-BCA", "Demo/QĐ-BCA", "01/QĐCB"])
def test_not_the_number_of_a_decision(cases, decision):
    assert cases("A11", decided(decision)) == ["odd_decision"]


def test_no_decision(cases):
    assert cases("A11", decided(None)) == ["no_decision"]


def test_record_that_has_ended(cases):
    assert cases("A11", make_procedure(valid_to=date(2026, 11, 22))) == ["ended"]
    assert cases("A11", make_procedure(valid_to=date(2026, 11, 23))) == []


def test_end_before_start(cases):
    record = make_procedure(valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1))
    assert cases("A11", record) == ["wrong_order"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 31), []),
        (date(2026, 11, 1), ["temporary_soon"]),
        (date(2026, 12, 31), ["temporary_soon"]),
        (date(2027, 1, 1), ["temporary_over"]),
    ],
)
def test_temporary_text(cases, day, expected):
    record = make_procedure(legal_basis=[{"number": "64/2025/TT-BTC"}])
    assert cases("A11", record, today=day) == expected


def test_notice_in_advance_is_no_error_yet(run_rule):
    record = make_procedure(legal_basis=[{"number": "64/2025/TT-BTC"}])
    days = (date(2026, 12, 31), date(2027, 1, 1))
    severities = [run_rule("A11", record, today=day)[0].severity for day in days]
    assert severities == ["warn", "must_fix"]


def test_record_that_says_until_when(cases):
    basis = [{"number": "64/2025/TT-BTC"}]
    record = make_procedure(legal_basis=basis, validity_note="Mức phí đến hết 31/12/2026.")
    assert cases("A11", record) == []


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        ("115.000 đồng (đến hết ngày 31/12/2025)", ["period_over"]),
        ("115.000 đồng (đến hết ngày 31/12/2027)", []),
        ("115.000 đồng (theo Thông tư ngày 31/12/2020)", []),
        ("115.000 đồng (đến hết ngày 31/02/2020)", []),
    ],
)
def test_fee_for_a_time(cases, fee, expected):
    assert cases("A11", make_procedure(channels=[make_channel(fee=fee)])) == expected
