import pytest

from tests.factories import make_procedure, make_requirement


def steps(text):
    return make_procedure(raw={"trinh_tu_thuc_hien": text})


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("chuyển đến Cơ sở dữ liệu quốc gia về dân cư về dân cư để lấy số", "doubled_phrase"),
        ("theo quy định tại Điều 8 của Thông tư Thông tư 17/2011/TT-NHNN", "doubled_phrase"),
        ("nộp hồ sơ trực tiếp tại tại Trung tâm", "doubled_word"),
        ("Cán bộ kiểm tra hồ sơ đầy đủ.\nCán bộ kiểm tra hồ sơ đầy đủ.", "repeated_sentence"),
    ],
)
def test_said_twice(cases, text, case):
    assert cases("A10", steps(text)) == [case]


@pytest.mark.parametrize(
    "text",
    [
        "nộp bản chính hoặc bản sao điện tử hoặc bản sao điện tử từ sổ gốc",
        "Cơ quan cấp giấy phép lái tàu cấp giấy phép lái tàu cho người dự thi",
        "Tổ kiểm phiếu kiểm phiếu ngay sau khi bỏ phiếu",
        "1. Cấp lại chứng chỉ hạng II\nChứng chỉ hạng II được cấp lại",
        "Thẻ công chứng viên của các công chứng viên của các Văn phòng",
        "Nhận hồ sơ.\nNhận hồ sơ.",
    ],
)
def test_said_twice_by_right(cases, text):
    assert cases("A10", steps(text)) == []


def test_message_shows_the_phrase_once(run_rule):
    (finding,) = run_rule("A10", steps("nộp tại Chi cục hải quan hải quan nơi làm thủ tục"))
    assert "«hải quan»" in finding.message
    assert "hải quan hải quan" in finding.excerpt


def test_part_copied_twice(cases):
    half = "Bước 1: " + " ".join(f"việc{n}" for n in range(30)) + "."
    assert "repeated_part" in cases("A10", steps(f"{half} {half}"))


def test_paper_listed_twice_in_one_case(cases):
    rows = [make_requirement("Công văn yêu cầu hoàn thuế", case="Hoàn thuế")] * 2
    assert cases("A10", make_procedure(requirements=rows)) == ["repeated_row"]


def test_paper_listed_in_two_cases(cases):
    rows = [make_requirement("Công văn yêu cầu hoàn thuế", case=case) for case in "AB"]
    assert cases("A10", make_procedure(requirements=rows)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bước 1: Nộp.\nBước 2: Nhận.\nBước 4: Trả.", ["step_order"]),
        ("Bước 1: Nộp.\nBước 2: Nhận.\nBước 3: Xét.\nBước 3: Trả.", ["step_order"]),
        ("Bước 1: Nộp.\nBước 2: Nhận.\nBước 3: Trả.", []),
        ("a) Cấp mới. Bước 1: Nộp.\nBước 2: Nhận.\nb) Cấp lại. Bước 1: Nộp.\nBước 2: Trả.", []),
        ("Bước 1: Nộp.\nBước 2: Thiếu thì làm lại Bước 1.\nBước 3: Trả.", []),
    ],
)
def test_order_of_steps(cases, text, expected):
    assert cases("A10", steps(text)) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [("118/2025/NĐ-C", ["cut_number"]), ("118/2025/NĐ-CP", []), ("60/2014/QH13", [])],
)
def test_cut_number(cases, number, expected):
    assert cases("A10", make_procedure(legal_basis=[{"number": number}])) == expected
