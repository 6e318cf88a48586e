import pytest

from dossiers.masking import mask_personal


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Trả cho ông Nguyễn Văn A tại quầy", "Trả cho ông ••• tại quầy"),
        ("tên là Trần Thị Bé", "tên là •••"),
        ("Họ và tên: Lê Văn Ba, bổ sung CCCD", "Họ và tên: •••, bổ sung CCCD"),
        ("CCCD 038090001111 mờ", "CCCD ••• mờ"),
        ("gọi 0912 345 678.", "gọi •••."),
        ("gọi +84912345678", "gọi •••"),
        ("thư a.b@example.com nhé", "thư ••• nhé"),
    ],
)
def test_what_names_a_person_is_covered(text, masked):
    assert mask_personal(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Bổ sung bản sao hợp đồng thuê nhà",
        "hồ sơ H05.12-261123-0007 và 000.00.07.H02-200729-0003",
        "thủ tục 1.001193, hẹn 27/11/2026 lúc 08:30",
        "lệ phí 1.200.000 đồng",
        "Bà con nộp tại Trung tâm",
        "ký hiệu 20261123083000",
    ],
)
def test_other_text_stays(text):
    assert mask_personal(text) == text
