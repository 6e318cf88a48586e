"""A10, first part: two sentences interleaved, as in step 1 of the national record of 1.001193.

There «đăng ký khai tâm Phục vụ hành chính công» lacks «sinh tại Trung», which stands further down
in «hoàn tất việc sinh tại Trung nộp hồ sơ». Such a tear is found without knowing the sentence: two
words meet that meet nowhere else, one of them lacks the neighbour that it always has, and a piece
of the same text, out of place where it stands, fits the tear on both sides and leaves no gap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from knowledge_base.audit.finding import Fault
from knowledge_base.audit.language import Language, Passage, is_word
from knowledge_base.audit.record_text import excerpt, one_line
from knowledge_base.audit.settings import Interleaving

__all__ = ["find_interleaved"]


class _Tear(NamedTuple):
    """The gap lies behind token `gap`; the displaced piece is the tokens `first` to `last`."""

    gap: int
    first: int
    last: int


def find_interleaved(
    passage: Passage, language: Language, settings: Interleaving
) -> Iterator[Fault]:
    """Yield a fault for the first tear of a passage."""
    for tear in _tears(passage.words, language, settings.longest_piece):
        if _support(passage.words, tear, language) >= settings.support:
            yield _fault(passage, tear)
            return


def _tears(words: list[str], language: Language, longest: int) -> Iterator[_Tear]:
    gaps = [
        gap
        for gap in range(1, len(words) - 2)
        if (words[gap + 1] in language.before or words[gap] in language.after)
        and language.rare(words[gap], words[gap + 1])
    ]
    if not gaps:
        return
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        places[word].append(place)
    for gap in gaps:
        left, right = words[gap], words[gap + 1]
        for last in places.get(language.before.get(right, ""), ()):
            if last not in (gap, len(words) - 1) and _out_of_place(words, last, language):
                yield from _pieces_to(words, gap, last, language, longest)
        for first in places.get(language.after.get(left, ""), ()):
            if first not in (0, gap + 1) and _out_of_place(words, first - 1, language):
                yield from _pieces_from(words, gap, first, language, longest)


def _out_of_place(words: list[str], place: int, language: Language) -> bool:
    """Whether the words at `place` and behind it meet nowhere else."""
    return language.rare(words[place], words[place + 1])


def _pieces_to(
    words: list[str], gap: int, last: int, language: Language, longest: int
) -> Iterator[_Tear]:
    """The pieces that end at `last` and fit the gap."""
    for first in range(last, max(1, last - longest), -1):
        if not is_word(words[first]) or first - 1 <= gap <= last:
            return
        tear = _Tear(gap, first, last)
        if _fits(words, tear, language):
            yield tear


def _pieces_from(
    words: list[str], gap: int, first: int, language: Language, longest: int
) -> Iterator[_Tear]:
    """The pieces that begin at `first` and fit the gap."""
    for last in range(first, min(len(words) - 1, first + longest)):
        if not is_word(words[last]) or first - 1 <= gap <= last:
            return
        tear = _Tear(gap, first, last)
        if _fits(words, tear, language):
            yield tear


def _fits(words: list[str], tear: _Tear, language: Language) -> bool:
    """Whether the piece joins the gap on both sides and the text closes where it stood."""
    before, behind = words[tear.first - 1], words[tear.last + 1]
    return (
        language.common(words[tear.gap], words[tear.first])
        and language.common(words[tear.last], words[tear.gap + 1])
        and is_word(before)
        and is_word(behind)
        and language.common(before, behind)
    )


def _support(words: list[str], tear: _Tear, language: Language) -> int:
    """In how many records the three words around each mended joint stand in a row, at least."""
    gap, first, last = tear
    left = language.triple(words[gap - 1], words[gap], words[first])
    right = language.triple(words[last], words[gap + 1], words[gap + 2])
    closed = language.triple(words[first - 2], words[first - 1], words[last + 1])
    if last + 2 < len(words):
        closed = max(closed, language.triple(words[first - 1], words[last + 1], words[last + 2]))
    return min(left, right, closed)


def _fault(passage: Passage, tear: _Tear) -> Fault:
    spans, text = passage.spans(), passage.text
    gap = (spans[tear.gap][0], spans[tear.gap + 1][1])
    piece = (spans[tear.first][0], spans[tear.last][1])
    shown = " / ".join(excerpt(text, *span, around=30) for span in sorted((gap, piece)))
    values = {"piece": one_line(text[piece[0] : piece[1]])}
    return Fault("interleaved", passage.field, shown, values)
