"""Which papers of real records count as having a worked example in the shipped library."""

import pytest

from knowledge_base.audit import worked_examples
from knowledge_base.forms import shipped_forms

ANY = "1.999999"


@pytest.fixture(scope="module")
def examples():
    return worked_examples(shipped_forms())


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (ANY, "Tờ khai thay đổi thông tin cư trú (Mẫu CT01 theo Thông tư số 53/2025/TT-BCA)"),
        (ANY, "Tờ khai | Mẫu CT01 ban hành kèm theo Thông tư 53/2025/TT-BCA.docx"),
        (ANY, "Giấy đề nghị rà soát hộ nghèo theo Mẫu số 01 Quyết định số 24/2021/QĐ-TTg"),
        (ANY, "Tờ khai đăng ký khai sinh theo mẫu"),
        ("1.013067", "Giấy khai đăng ký xe (mẫu ĐKX10/79)"),
        ("1.001456", "Tờ khai đề nghị cấp hộ chiếu phổ thông ở trong nước"),
    ],
)
def test_form_of_the_library_has_an_example(examples, code, words):
    assert any(example.serves(code, words) for example in examples)


@pytest.mark.parametrize(
    "words",
    [
        "Tờ khai đăng ký chuyển nhượng theo Mẫu số 18 Nghị định số 79/2023/NĐ-CP",
        "Phiếu đề nghị cấp tài khoản (mẫu TK01 ban hành kèm theo Nghị định số 69/2024/NĐ-CP)",
        "Đơn đề nghị theo Mẫu số 01 Nghị định 132/2024/NĐ-CP",
        "Đề nghị quyết định chuyển mục đích sử dụng rừng Mẫu số 22 Nghị định 42/2026/NĐ-CP",
        "Giấy ủy quyền",
        "Bản khai theo mẫu",
    ],
)
def test_form_of_the_same_number_elsewhere_has_none(examples, words):
    assert not any(example.serves(ANY, words) for example in examples)
