import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.search.accents import AccentRestorer
from knowledge_base.text import fold, words

TEXTS = [
    "làm thẻ căn cước bị mất",
    "làm lại thẻ căn cước",
    "cấp lại giấy khai sinh",
    "ông nội vừa mất làm giấy khai tử",
    "xe máy của tôi bị mất",
    "tôi muốn sang tên sổ đỏ",
    "mua bán xe máy",
]
RESTORER = AccentRestorer(TEXTS)


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_read_before_gets_its_accents_back(text):
    assert RESTORER.restore(fold(text)) == text


def test_neighbours_tell_words_apart_that_look_alike_without_accents():
    restorer = AccentRestorer(["sổ đỏ nhà tôi", "sổ đỏ", "số nhà", "số nhà của tôi", "nhà số ba"])
    assert restorer.restore("so do") == "sổ đỏ"
    assert restorer.restore("so nha") == "số nhà"


def test_words_with_accents_unknown_words_and_signs_stay():
    assert RESTORER.restore("can cuoc, xyzzy (bi mat)?") == "căn cước, xyzzy (bị mất)?"
    assert RESTORER.restore("đăng ký xe may") == "đăng ký xe máy"
    assert RESTORER.restore("") == ""


def test_nothing_read_means_nothing_restored():
    assert AccentRestorer([]).restore("can cuoc") == "can cuoc"


@given(st.lists(st.sampled_from(sorted({w for text in TEXTS for w in words(text)})), max_size=12))
def test_only_accents_change(sequence):
    typed = fold(" ".join(sequence))
    restored = RESTORER.restore(typed)
    assert fold(restored) == typed
    assert len(words(restored)) == len(words(typed))
