from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.forms.words import date_in_words, number_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (31, "ba mươi mốt"),
        (55, "năm mươi lăm"),
        (105, "một trăm linh năm"),
        (1900, "một nghìn chín trăm"),
        (1996, "một nghìn chín trăm chín mươi sáu"),
        (2000, "hai nghìn"),
        (2005, "hai nghìn không trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
    ],
)
def test_number_is_read_as_it_is_spoken(number, words):
    assert number_in_words(number) == words


@pytest.mark.parametrize("number", [-1, 10_000])
def test_number_out_of_range_is_refused(number):
    with pytest.raises(ValueError, match="0 to 9999"):
        number_in_words(number)


def test_april_is_read_tu():
    assert date_in_words(date(2024, 4, 30)).startswith("Ngày ba mươi tháng tư năm hai nghìn")


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_two_numbers_are_never_read_alike(one, other):
    assert (number_in_words(one) == number_in_words(other)) == (one == other)
