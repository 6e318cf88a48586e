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


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("toi ten nguyen van an muon lam khai sinh", "toi ten ••• muon lam khai sinh"),
        ("tên tôi là trần thị bé ở xã bên", "tên tôi là ••• ở xã bên"),
        ("tôi tên Lò Thị Ín, hỏi đường", "tôi tên •••, hỏi đường"),
        ("con tên là nguyễn hà my sinh 2020", "con tên là ••• sinh 2020"),
        ("gọi 0912-345-678 nhé", "gọi ••• nhé"),
        ("gọi (024) 3825 1234", "gọi •••"),
        ("căn cước 024-090-001-111", "căn cước •••"),
        ("thư nguyen.an @ example.com.vn", "thư •••"),
        (
            "hồ sơ H05.12-261123-0007, số của tôi 0912345678",
            "hồ sơ H05.12-261123-0007, số của tôi •••",
        ),
        (
            "hồ sơ 000 00 07 H02 260715 0012 của bà Lê Thị Ba",
            "hồ sơ 000 00 07 H02 260715 0012 của bà •••",
        ),
    ],
)
def test_small_letters_hyphens_and_codes_beside_it_hide_nobody(text, masked):
    assert mask_personal(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "tên là gì cũng được",
        "giấy tờ có tên là giấy chứng sinh",
        "nhà trị giá 2.500.000.000 đồng",
        "nộp từ 01-02-2026 đến 03-04-2026",
        "anh chị cho hỏi",
    ],
)
def test_what_only_looks_like_it_stays(text):
    assert mask_personal(text) == text
