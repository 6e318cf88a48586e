from datetime import date

import pytest

from tests.factories import make_procedure


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Ủy ban Nhân dân xã, phường, thị trấn.", "thị trấn"),
        ("Bảo hiểm xã hội cấp huyện", "cấp huyện"),
        ("Công an quận, huyện", "cấp huyện"),
        ("Số 44 đường Trần Phú, quận Ba Đình, thành phố Hà Nội", "cấp huyện"),
        ("Bộ Kế hoạch và Đầu tư", "Kế hoạch và Đầu tư"),
        ("Sở Lao động - Thương binh và Xã hội", "Lao động"),
        ("Tổng cục Hải quan", "Tổng cục"),
    ],
)
def test_abolished_unit_in_the_authority(run_rule, text, unit):
    (finding,) = run_rule("A06", make_procedure(agencies=[text]))
    assert (finding.field, finding.excerpt) == ("agencies", text)
    assert unit in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân cấp xã",
        "Chi cục Thuế doanh nghiệp lớn - Cục Thuế",
        "Vùng huyền ảo",
        "Thông tư số 24/2022/TT-BNNPTNT ngày 30/12/2022 của Bộ trưởng Bộ Nông nghiệp và "
        "Phát triển nông thôn",
        "biện pháp giáo dục tại xã, phường, thị trấn",
        "Ủy ban nhân dân huyện (cũ)",
        "giấy tờ của Ủy ban nhân dân cấp huyện trước ngày 01/7/2025",
        "phù hợp với quy hoạch sử dụng đất cấp huyện",
        "chương trình hỗ trợ các huyện nghèo",
    ],
)
def test_name_that_is_right(cases, text):
    assert cases("A06", make_procedure(conditions=[text])) == []


def test_titles_of_legal_texts_keep_their_issuer(cases):
    basis = [{"number": "1/2020/TT-BKHĐT", "title": "Thông tư của Bộ Kế hoạch và Đầu tư"}]
    assert cases("A06", make_procedure(legal_basis=basis)) == []


def test_each_kind_once_with_its_count(run_rule):
    steps = [{"text": "Nộp tại Ủy ban nhân dân huyện."}, {"text": "Nhận tại huyện."}]
    (finding,) = run_rule("A06", make_procedure(steps=steps))
    assert "Nhắc 2 lần" in finding.message


def test_before_its_day_the_unit_was_there(cases):
    record = make_procedure(agencies=["Công an huyện"])
    assert cases("A06", record, today=date(2025, 6, 30)) == []
