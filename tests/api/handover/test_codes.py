import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.handover.codes import mint_code, read_code


def test_codes_have_six_characters_that_are_not_mistaken_for_one_another():
    minted = {mint_code() for _ in range(500)}
    assert len(minted) > 495
    for code in minted:
        assert len(code) == 6
        assert not set(code) & set("01OIL2Z5S8B")
        assert sum(char.isdigit() for char in code) >= 2
        assert sum(char.isalpha() for char in code) >= 2


@pytest.mark.parametrize(
    "typed",
    [
        "K7P3QX", "k7p3qx", " k7p-3qx ", "K7P 3QX", "mã K7P3QX", "Mã câu hỏi: k7p3qx",
        "ma cau hoi k7p3qx.", "k7p\u200b3qx",
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "K7P3QX"


@pytest.mark.parametrize(
    "typed",
    [
        "", "chuyen", "quyền", "3 thang", "7 ngay", "437697", "ACDEFG", "K7P3Q", "K7P3QXA",
        "K7P3QX là gì", "H05.12-261123-0007", "1.001193", "KOP3QX", "thủ tục K7P3QX",
    ],
)  # fmt: skip
def test_words_and_numbers_are_no_codes(typed):
    assert read_code(typed) is None


def test_every_code_that_is_minted_can_be_read():
    for code in (mint_code() for _ in range(200)):
        assert read_code(code.lower()) == code


@given(st.text(max_size=40))
def test_whatever_is_typed_a_code_has_its_shape(text):
    code = read_code(text)
    assert code is None or len(code) == 6
