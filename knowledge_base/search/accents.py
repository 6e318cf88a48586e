"""Give a text typed without accents its accents back, as the indexed texts would write it.

«lam the can cuoc bi mat» is read as «làm thẻ căn cước bị mất», so that words and meaning are
compared with what citizens and records say. A trigram model over the names and phrasings that the
search indexes anyway, smoothed as in Witten and Bell (IEEE Trans. Inf. Theory 37(4), 1991), and
searched with a beam; nothing is stored and nothing is learned from the person who types.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from knowledge_base.text import fold, has_diacritics, words

__all__ = ["AccentRestorer"]

_START = "<s>"
_UNSEEN = 0.05  # a word's share of a count where it was never seen
_WORD = re.compile(r"\w+")


class AccentRestorer:
    """Restores accents word by word; immutable and safe to share between threads."""

    def __init__(self, texts: Iterable[str], beam: int = 12) -> None:
        """Count the words, pairs and triples of `texts` (normalised, with their accents)."""
        self._beam = beam
        self._single: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._triples: Counter[tuple[str, str, str]] = Counter()
        self._after_word: Counter[str] = Counter()
        self._after_pair: Counter[tuple[str, str]] = Counter()
        for text in texts:
            self._count(words(text))
        self._total = sum(self._single.values()) or 1
        self._kinds_after_word = Counter(first for first, _ in self._pairs)
        self._kinds_after_pair = Counter((first, second) for first, second, _ in self._triples)
        spelled: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._single:
            spelled[fold(word)].append(word)
        self._spelled = dict(spelled)

    def _count(self, sequence: Iterable[str]) -> None:
        before, last = _START, _START
        for word in sequence:
            self._single[word] += 1
            self._pairs[last, word] += 1
            self._triples[before, last, word] += 1
            self._after_word[last] += 1
            self._after_pair[before, last] += 1
            before, last = last, word

    def restore(self, text: str) -> str:
        """Return `text` with the likeliest accents; words that have some, or are unknown, stay.

        What stands between the words stays as well.
        """
        typed = _WORD.findall(text)
        likely = iter(self._likeliest(typed))
        return _WORD.sub(lambda _: next(likely), text)

    def _likeliest(self, typed: Iterable[str]) -> tuple[str, ...]:
        beams: list[tuple[float, str, str, tuple[str, ...]]] = [(0.0, _START, _START, ())]
        for word in typed:
            best: dict[tuple[str, str], tuple[float, str, str, tuple[str, ...]]] = {}
            for score, before, last, path in beams:
                for written in self._spellings(word):
                    value = score + math.log(self._chance(before, last, written))
                    known = best.get((last, written))
                    if known is None or known[0] < value:
                        best[last, written] = (value, last, written, (*path, written))
            beams = sorted(best.values(), reverse=True)[: self._beam]
        return beams[0][3]

    def _spellings(self, word: str) -> Iterable[str]:
        return (word,) if has_diacritics(word) else self._spelled.get(word, (word,))

    def _chance(self, before: str, last: str, word: str) -> float:
        chance = (self._single[word] + _UNSEEN) / self._total
        seen, kinds = self._after_word[last], self._kinds_after_word[last]
        if seen:
            chance = (self._pairs[last, word] + kinds * chance) / (seen + kinds)
        seen, kinds = self._after_pair[before, last], self._kinds_after_pair[before, last]
        if seen:
            chance = (self._triples[before, last, word] + kinds * chance) / (seen + kinds)
        return chance
