"""What words usually stand beside each other in all audited records: the measure of what is odd.

Counts are of records, not of occurrences: a record that repeats itself counts once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from knowledge_base.audit.settings import Interleaving
from knowledge_base.procedure import Procedure

__all__ = ["Language", "Passage", "is_word", "passages", "read_passage"]

BREAK = "¶"
# A line break counts only before what begins a line: a capital, a number, a bullet.
_TOKEN = re.compile(r"\w+|\n(?=\s*[A-ZĐÀ-Ỹ\d\-–+*(•])|[^\w\s]")


class Passage(NamedTuple):
    """One text of a record, cut into lower-case words, marks and breaks."""

    field: str
    text: str
    words: list[str]

    def spans(self) -> list[tuple[int, int]]:
        """Where each token stands in the text."""
        return [match.span() for match in _TOKEN.finditer(self.text)]


def is_word(token: str) -> bool:
    """Whether a token is a word, not a number or a mark."""
    return token[0].isalpha()


def read_passage(field: str, text: str) -> Passage:
    """Cut a text into tokens."""
    tokens = _TOKEN.findall(text)
    return Passage(field, text, [BREAK if t == "\n" else t.lower() for t in tokens])


def passages(record: Procedure) -> Iterator[Passage]:
    """The running texts of a record: its steps, its papers, its conditions.

    Steps that were taken apart may be for different cases, so each is a text of its own.
    """
    yield read_passage("steps", record.raw.get("trinh_tu_thuc_hien", ""))
    for step in record.steps:
        yield read_passage("steps", step.text)
    for requirement in record.requirements:
        yield read_passage("requirements", requirement.name)
    for condition in record.conditions:
        yield read_passage("conditions", condition)


class Language:
    """Counts of words, pairs and triples, and the neighbours that a word nearly always has."""

    def __init__(self, records: Iterable[Procedure], settings: Interleaving) -> None:
        """Count over `records`."""
        self._settings = settings
        self._words: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._triples: Counter[tuple[str, str, str]] = Counter()
        for record in records:
            self._count([passage.words for passage in passages(record)])
        self.before, self.after = self._neighbours()

    def _count(self, texts: list[list[str]]) -> None:
        words: set[str] = set()
        pairs: set[tuple[str, str]] = set()
        triples: set[tuple[str, str, str]] = set()
        for text in texts:
            words.update(text)
            pairs.update(zip(text, text[1:], strict=False))
            triples.update(zip(text, text[1:], text[2:], strict=False))
        self._words.update(words)
        self._pairs.update(pairs)
        self._triples.update(triples)

    def _neighbours(self) -> tuple[dict[str, str], dict[str, str]]:
        """The word that nearly always stands before a word, and the one behind it."""
        before: defaultdict[str, Counter[str]] = defaultdict(Counter)
        after: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for (first, second), count in self._pairs.items():
            before[second][first] = count
            after[first][second] = count
        return self._dominant(before), self._dominant(after)

    def _dominant(self, neighbours: dict[str, Counter[str]]) -> dict[str, str]:
        dominant: dict[str, str] = {}
        for word, counts in neighbours.items():
            if not is_word(word) or self._words[word] < self._settings.common_word:
                continue
            neighbour, count = counts.most_common(1)[0]
            enough = self._settings.dominant_share * self._words[word]
            if count >= enough and is_word(neighbour):
                dominant[word] = neighbour
        return dominant

    def rare(self, first: str, second: str) -> bool:
        """Whether two words stand beside each other (almost) nowhere else."""
        if self._pairs[first, second] > self._settings.rare_pair:
            return False
        return is_word(first) and is_word(second)

    def common(self, first: str, second: str) -> bool:
        """Whether two words often stand beside each other."""
        return self._pairs[first, second] >= self._settings.common_pair

    def triple(self, first: str, second: str, third: str) -> int:
        """In how many records these three stand in a row."""
        return self._triples[first, second, third]
