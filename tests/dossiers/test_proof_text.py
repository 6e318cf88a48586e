import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.proof_text import read_proof


@pytest.mark.parametrize(
    ("text", "proof"),
    [
        ("246810", "246810"),
        (" 24 68 10 ", "246810"),
        ("1234", "1234"),
        ("pin 246810", "246810"),
        ("mã PIN: 246-810", "246810"),
        ("mã pin của tôi là 246810 ạ", "246810"),
        ("ma pin la 246810", "246810"),
        ("4 số cuối 1234", "1234"),
        ("bốn số cuối điện thoại của em là 1234 nhé", "1234"),
        ("bốn số cuối là một hai ba bốn", "1234"),
        ("hai bốn sáu tám một không", "246810"),
        ("PIN: ab12cd", "AB12CD"),
        ("mã pin là K7X9", "K7X9"),
    ],
)
def test_a_reply_with_a_proof_is_read(text, proof):
    assert read_proof(text) == proof


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123",
        "123456789",
        "0901234567",
        "lệ phí 5000 đồng phải không",
        "năm 2026 có gì mới",
        "pin điện thoại của tôi hỏng",
        "pin",
        "mã pin là gì",
        "H05.12-261123-0007",
        "1.001193",
        "AB12CD",
        "1234 " * 40,
    ],
)
def test_anything_else_is_no_proof(text):
    assert read_proof(text) is None


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text):
    proof = read_proof(text)
    assert proof is None or 4 <= len(proof) <= 12
