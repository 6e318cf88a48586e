import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.encoder.noise import Typist
from knowledge_base.text import fold, normalise

TEENCODE = {"không": ["ko", "k"], "giấy": ["zấy"]}
TEXT = "Có giấy khai sinh không"


def test_a_careful_typist_only_normalises():
    assert Typist(TEENCODE, folded=0, teen=0).write(TEXT) == "có giấy khai sinh không"


def test_a_typist_without_accents_folds():
    assert Typist(TEENCODE, folded=1, teen=0).write(TEXT) == "co giay khai sinh khong"


def test_teencode_replaces_whole_words_by_their_forms():
    typist = Typist(TEENCODE, folded=0, teen=1)
    written = {typist.write(TEXT) for _ in range(60)}
    forms = {f"có {g} khai sinh {k}" for g in ("giấy", "zấy") for k in ("không", "ko", "k")}
    assert len(written) > 2
    assert written <= forms


def test_the_same_seed_writes_the_same():
    texts = [TEXT, "làm hộ chiếu", "đổi bằng lái"] * 20
    first, again, other = (
        [Typist(TEENCODE, seed=seed).write(text) for text in texts] for seed in (7, 7, 8)
    )
    assert first == again
    assert first != other


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_as_many_texts_are_folded_as_told(share):
    typist = Typist({}, folded=share, teen=0)
    written = [typist.write("đổi bằng lái") for _ in range(400)]
    assert written.count("doi bang lai") / 400 == pytest.approx(share, abs=0.08)


@given(st.text())
def test_without_teencode_the_words_stay(text):
    written = Typist({}, folded=0.5, teen=1).write(text)
    assert fold(written).split() == fold(normalise(text)).split()
