from datetime import date

import pytest

from tests.factories import make_procedure


@pytest.mark.parametrize(
    ("text", "case", "now"),
    [
        ("Sở Xây dựng - tỉnh Quảng Ninh", "other_kind", "thành phố Quảng Ninh"),
        ("Sở Tư pháp tỉnh Bắc Ninh", "other_kind", "thành phố Bắc Ninh"),
        ("Ủy ban nhân dân tỉnh Bắc Giang", "merged", "thành phố Bắc Ninh"),
        ("Sở Xây dựng các tỉnh Cao Bằng, Hà Giang, Lào Cai", "merged", "tỉnh Tuyên Quang"),
    ],
)
def test_old_name_or_kind(run_rule, text, case, now):
    (finding,) = run_rule("A16", make_procedure(agencies=[text]))
    assert finding.case == case
    assert now in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân thành phố Bắc Ninh",
        "Sở Xây dựng tỉnh Lạng Sơn",
        "Các tỉnh, người gốc Việt Nam định cư ở nước ngoài",
        "tỉnh ven biển Thái Bình Dương",
        "tỉnh Bắc Giang (cũ)",
        "Nghị quyết 10/2024/NQ-HĐND của Hội đồng nhân dân tỉnh Bắc Giang",
    ],
)
def test_name_that_is_right(cases, text):
    assert cases("A16", make_procedure(conditions=[text])) == []


def test_before_its_day_the_province_was_one(cases):
    record = make_procedure(agencies=["tỉnh Bắc Ninh"])
    assert cases("A16", record, today=date(2026, 9, 19)) == []
