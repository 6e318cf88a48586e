import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.rendering.splitting import length, split_text, take_text


def test_a_short_text_stays_whole():
    assert split_text(" Một câu. ", 2000) == ["Một câu."]
    assert split_text("", 2000) == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("aaaa bbbb.\n\ncccc dddd eeee", "aaaa bbbb."),
        ("aaaa bbbb\ncccc dddd eeee", "aaaa bbbb"),
        ("aaaa bb. cccc dddd eeee", "aaaa bb."),
        ("aaaa «bb.» cccc dddd ee", "aaaa «bb.»"),
        ("aaaa bbbb cccc dddd eeee", "aaaa bbbb cccc"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"),
    ],
)
def test_it_is_cut_at_the_best_place_there_is(text, first):
    assert take_text(text, 16)[0] == first


def test_a_letter_keeps_its_accents_and_an_emoji_its_parts():
    family = "👨‍👩‍👧"
    for text in ("ê\u0323" * 40, family * 12, "👍🏽" * 20):
        for piece in split_text(text, 17):
            assert unicodedata.combining(piece[0]) == 0
            assert piece[0] not in ("\u200d", "🏽")
            assert not piece.endswith("\u200d")


def test_an_emoji_counts_twice():
    assert length("👶") == 2
    assert [length(piece) for piece in split_text("👶" * 1001, 2000)] == [2000, 2]


@given(st.text(max_size=400), st.integers(10, 60))
def test_nothing_but_white_space_is_lost_and_no_piece_is_too_long(text, limit):
    pieces = split_text(text, limit)
    assert all(0 < length(piece) <= limit for piece in pieces)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)


def test_no_room_is_refused():
    with pytest.raises(ValueError, match="1 or more"):
        take_text("x", 0)
