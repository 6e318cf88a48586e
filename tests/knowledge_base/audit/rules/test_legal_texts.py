from datetime import date

import pytest

from tests.factories import make_channel, make_procedure


def record(number="1/2026/NĐ-CP", **parts):
    return make_procedure(legal_basis=[{"number": number, "title": "Văn bản"}], **parts)


def test_law_in_force_is_no_finding(cases):
    assert cases("A05", record("118/2025/NĐ-CP")) == []


@pytest.mark.parametrize(
    "number", ["61/2018/NĐ-CP", "107/2021/NĐ-CP", "42/2022/NĐ-CP", "13/2023/NĐ-CP"]
)
def test_dead_law_in_the_legal_basis(run_rule, number):
    (finding,) = run_rule("A05", record(number))
    assert (finding.field, finding.severity) == ("legal_basis", "must_fix")
    assert finding.message.startswith(number)


def test_message_says_since_when_and_by_what(run_rule):
    (finding,) = run_rule("A05", record("61/2018/NĐ-CP"))
    assert "từ 01/07/2025" in finding.message
    assert "118/2025/NĐ-CP" in finding.message


def test_dead_law_in_a_step(run_rule):
    step = {"text": "Nhận hồ sơ theo Nghị định số 61/2018/NĐ-CP của Chính phủ."}
    (finding,) = run_rule("A05", record(steps=[step]))
    assert finding.field == "steps"
    assert "61/2018/NĐ-CP" in finding.excerpt


def test_text_that_speaks_of_the_past(cases):
    note = "Nghị định 118/2025/NĐ-CP thay thế Nghị định 61/2018/NĐ-CP."
    assert cases("A05", record(channels=[make_channel(note=note)])) == []


def test_another_number_that_ends_alike(cases):
    assert cases("A05", record(conditions=["Nghị định 161/2018/NĐ-CP"])) == []


def test_each_dead_text_once(cases):
    step = {"text": "Theo Nghị định số 61/2018/NĐ-CP."}
    assert len(cases("A05", record("61/2018/NĐ-CP", steps=[step]))) == 1


def test_law_dies_on_its_day(cases):
    civil_status = record("60/2014/QH13")
    assert cases("A05", civil_status, today=date(2027, 2, 28)) == []
    assert cases("A05", civil_status, today=date(2027, 3, 1)) == ["repealed"]
