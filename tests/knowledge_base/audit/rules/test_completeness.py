import pytest

from tests.factories import make_channel, make_procedure, make_requirement

WHOLE = {
    "audience": ["Cá nhân"],
    "agencies": ["Ủy ban nhân dân cấp xã"],
    "channels": [make_channel(quantity=3, unit="day")],
    "requirements": [make_requirement()],
    "steps": [{"text": "Bước 1: Nộp hồ sơ."}],
    "results": [{"name": "Giấy phép"}],
    "legal_basis": [{"number": "1/2026/NĐ-CP"}],
}


def test_whole_record_has_no_finding(cases):
    assert cases("A01", make_procedure(**WHOLE)) == []


@pytest.mark.parametrize("part", WHOLE)
def test_each_missing_part_is_found(cases, part):
    assert cases("A01", make_procedure(**{**WHOLE, part: []})) == [part]


@pytest.mark.parametrize(
    ("part", "raw"),
    [("steps", "trinh_tu_thuc_hien"), ("requirements", "thanh_phan_ho_so")],
)
def test_part_kept_as_raw_text_is_not_missing(cases, part, raw):
    record = make_procedure(**{**WHOLE, part: []}, raw={raw: "Nộp hồ sơ."})
    assert cases("A01", record) == []


def test_office_stands_for_agency(cases):
    parts = {**WHOLE, "agencies": []}
    record = make_procedure(**parts, offices=[{"level": "commune", "name": "Bộ phận một cửa"}])
    assert cases("A01", record) == []
