import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.forms.cleaning import clean_line
from knowledge_base.forms.messages import ValueRefusedError

PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]))


@given(PRINTABLE)
def test_cleaning_twice_changes_nothing_more(text):
    once = clean_line(text)
    assert clean_line(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(PRINTABLE)
def test_clean_line_holds_nothing_invisible(text):
    assert not {unicodedata.category(sign) for sign in clean_line(text)} & {"Cc", "Cf", "Zl", "Zp"}


@pytest.mark.parametrize(
    "sign", ["\x00", "\x08", "\x0b", "\x1b", "\x7f", "\x85", "\ue000", "\uffff"]
)
def test_sign_that_prints_nothing_is_refused(sign):
    with pytest.raises(ValueRefusedError):
        clean_line(f"a{sign}b")


def test_names_of_every_hand_stay_as_typed():
    for name in ("H'Hen Niê", "Y Moan Êñuôl", "K’Sor Hờ", "NGUYỄN VĂN MẪU"):
        assert clean_line(name) == name
