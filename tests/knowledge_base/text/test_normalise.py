import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge_base.text import clean, fold, has_diacritics, normalise, place_tones

# Any text, and text with many Vietnamese letters, loose marks and invisible characters.
VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđĐqQ"
MARKS = "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"
INVISIBLE = "\u200b\u200d\ufeff\u00ad\u2060\u202e"
texts = st.one_of(
    st.text(),
    st.text(st.sampled_from([*VIETNAMESE, *MARKS, *INVISIBLE, " ", "\n", "\x00", "b", "1"])),
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Đăng ký  kết hôn", "đăng ký kết hôn"),
        (" \tKHAI SINH\r\n", "khai sinh"),
        (unicodedata.normalize("NFD", "Hộ tịch"), "hộ tịch"),
        ("căn\u200bcước", "căncước"),
        ("hỏi\x00đáp", "hỏi đáp"),
        ("nửa \ud83d vỡ", "nửa vỡ"),
        ("", ""),
    ],
)
def test_normalised_text_is_composed_lower_case_and_without_junk(typed, expected):
    assert normalise(typed) == expected


@pytest.mark.parametrize(
    ("old", "usual"),
    [
        ("hoà giải", "hòa giải"),
        ("khoẻ", "khỏe"),
        ("thuỷ sản", "thủy sản"),
        ("uỷ quyền", "ủy quyền"),
        ("hoạ", "họa"),
    ],
)
def test_tone_marks_move_to_the_usual_vowel(old, usual):
    assert place_tones(old) == usual
    assert place_tones(usual) == usual


@pytest.mark.parametrize("word", ["quý", "quỹ", "hoàn", "khoảng", "thoát", "huỳnh", "loài", "quà"])
def test_tone_marks_stay_where_both_ways_of_writing_agree(word):
    assert place_tones(word) == word


def test_cleaning_keeps_case_and_meaning():
    assert clean("  Mẫu\u00a0số\n01 ") == "Mẫu số 01"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký", "Dang ky"),
        ("ưỡn ẹo", "uon eo"),
        ("CT01 – 7.000đ", "CT01 – 7.000d"),
        (unicodedata.normalize("NFD", "Đường"), "Duong"),
    ],
)
def test_folded_text_has_no_diacritics(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lam giay khai sinh", False),
        ("làm giay khai sinh", True),
        ("di dau", False),
        ("đi dau", True),
        ("", False),
        ("01/2026/ND-CP", False),
    ],
)
def test_text_without_any_diacritic_is_told_apart(text, expected):
    assert has_diacritics(text) is expected


# Two loose marks on the vowel that takes the tone: moving it must not take the text apart.
@example("oa\u0323\u0300")
@given(texts)
def test_normalising_is_idempotent(text):
    once = normalise(text)
    assert normalise(once) == once


@example("oa\u0323\u0300")
@given(texts)
def test_normalised_text_is_nfc_with_single_spaces(text):
    result = normalise(text)
    assert unicodedata.is_normalized("NFC", result)
    assert result == " ".join(result.split())


@given(texts)
def test_composed_and_decomposed_input_are_normalised_alike(text):
    composed, decomposed = (unicodedata.normalize(form, clean(text)) for form in ("NFC", "NFD"))
    assert normalise(composed) == normalise(decomposed)


@given(texts)
def test_folding_is_idempotent_and_leaves_no_diacritics(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert not has_diacritics(folded)


@given(texts)
def test_cleaning_is_idempotent(text):
    assert clean(clean(text)) == clean(text)
