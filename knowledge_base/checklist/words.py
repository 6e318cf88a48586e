"""What a short Vietnamese text says, as a set of features: words, meanings, and their denial.

«Chưa đăng ký, chỉ ghi tên mẹ» says: not «đăng ký», «ghi», «tên», and the meaning `mother`. A text
without any diacritics is read with the same lists without diacritics. This serves replies of a few
words; it is no search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from knowledge_base.text import fold, has_diacritics, load_lexicon, normalise, words

__all__ = ["Feature", "Vocabulary", "WordLists", "vocabulary_for"]

WORDS_FILE = Path(__file__).parent / "words.yml"

_CLAUSE = re.compile(r"[,;:.!?()…]+")
_NEAR = 2
"""How many words off «đã» or «rồi» may stand."""


class WordLists(BaseModel):
    """The lists of `words.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    unknown: list[str]
    yes: list[str]
    no: list[str]
    fillers: list[str]
    polite: list[str]
    interrogatives: list[str]
    stop_words: list[str]
    negators: list[str]
    asserted_before: list[str]
    asserted_after: list[str]
    clause_ends: list[str]
    telling: list[str]
    asks_whether: list[str]
    meanings: dict[str, list[str]]
    vague: dict[str, list[str]] = Field(default={})


@dataclass(frozen=True)
class Feature:
    """A word, or a meaning (in angle brackets), and how it is said."""

    name: str
    denied: bool = False
    asserted: bool = False
    vague: bool = False

    @property
    def is_meaning(self) -> bool:
        """Whether this is one of the listed meanings, not a mere word."""
        return self.name.startswith("<")

    def agrees(self, other: Feature) -> bool:
        """Tell whether both say the same thing, or both deny it."""
        return self.name == other.name and self.denied == other.denied


class Vocabulary:
    """Reads texts with the word lists, with diacritics or without."""

    def __init__(self, lists: WordLists, *, folded: bool) -> None:
        """Take the lists; a folded vocabulary drops the diacritics of lists and texts alike."""
        self._lexicon = load_lexicon()
        self._folded = folded
        self._lists = lists
        self.telling = frozenset(f"<{name}>" for name in lists.telling)
        self._stop = self._single(lists.stop_words)
        # «chua», «khong» deny in any text: they are no other words that a reply would use.
        self.negators = self._single(lists.negators) | {fold(word) for word in lists.negators}
        self._polite = self._single(lists.polite)
        self._fillers = self._single(lists.fillers)
        self._ends = self._single(lists.clause_ends)
        self._before = self._single(lists.asserted_before)
        self._after = self._single(lists.asserted_after)
        self._phrases: dict[str, list[tuple[list[str], str, bool]]] = {}
        self._add(lists.vague, vague=True)
        self._add(lists.meanings, vague=False)

    def tokens(self, text: str) -> list[str]:
        """The words of `text`, with abbreviations written out."""
        return [self._spell(word) for word in words(self._lexicon.rewrite(text))]

    def label_tokens(self, text: str) -> list[str]:
        """The words of `text` as they stand, in the spelling of this vocabulary."""
        return [self._spell(word) for word in words(normalise(text))]

    def says(self, name: str, tokens: Sequence[str]) -> bool:
        """Tell whether any entry of the list `name` stands in `tokens`."""
        text = f" {' '.join(tokens)} "
        return any(f" {' '.join(entry)} " in text for entry in self._entries(name))

    def says_only(self, name: str, tokens: Sequence[str]) -> bool:
        """Tell whether `tokens` are an entry of the list `name`, but for words of address."""
        kept = [token for token in tokens if token not in self._fillers]
        return list(tokens) in self._entries(name) or kept in self._entries(name)

    def without_politeness(self, tokens: Sequence[str]) -> list[str]:
        """Drop «dạ», «ạ» and their like from both ends."""
        start = sum(1 for _ in takewhile(self._polite.__contains__, tokens))
        rest = tokens[start:]
        end = sum(1 for _ in takewhile(self._polite.__contains__, reversed(rest)))
        return list(rest[: len(rest) - end])

    def features(self, text: str) -> frozenset[Feature]:
        """What `text` says, clause by clause."""
        return _features(self, text)

    def read_features(self, text: str) -> Iterator[Feature]:
        """Find the features without remembering them."""
        for clause in _CLAUSE.split(self._lexicon.rewrite(text)):
            tokens = [self._spell(word) for word in words(clause)]
            denied = self._denied(tokens)
            for start, end, name, vague in self._meanings(tokens):
                yield Feature(name, denied[start], self._asserted(tokens, start, end), vague)
            for position, token in enumerate(tokens):
                if token not in self._stop and token not in self.negators:
                    asserted = self._asserted(tokens, position, position + 1)
                    yield Feature(token, denied[position], asserted)

    def _meanings(self, tokens: Sequence[str]) -> list[tuple[int, int, str, bool]]:
        """Meanings with their places; one inside a longer one («sắp hết hạn») is left out."""
        found = [
            (start, start + len(phrase), f"<{name}>", vague)
            for start, token in enumerate(tokens)
            for phrase, name, vague in self._phrases.get(token, ())
            if tokens[start : start + len(phrase)] == phrase
        ]
        return [
            (start, end, name, vague)
            for start, end, name, vague in found
            if not any(s <= start and end <= e and (s, e) != (start, end) for s, e, *_ in found)
        ]

    def _denied(self, tokens: Sequence[str]) -> list[bool]:
        """For each word whether a «không», «chưa» before it, in its part of the clause, denies."""
        denied = False
        result: list[bool] = []
        for token in tokens:
            denied = denied and token not in self._ends
            result.append(denied)
            denied = denied or token in self.negators
        return result

    def _asserted(self, tokens: Sequence[str], start: int, end: int) -> bool:
        before = tokens[max(0, start - _NEAR) : start]
        return not self._before.isdisjoint(before) or not self._after.isdisjoint(
            tokens[end : end + _NEAR]
        )

    def _add(self, meanings: Mapping[str, list[str]], *, vague: bool) -> None:
        for name, entries in meanings.items():
            for entry in entries:
                phrase = self.label_tokens(entry)
                self._phrases.setdefault(phrase[0], []).append((phrase, name, vague))

    def _entries(self, name: str) -> list[list[str]]:
        return [self.label_tokens(entry) for entry in getattr(self._lists, name)]

    def _single(self, entries: Sequence[str]) -> frozenset[str]:
        return frozenset(token for entry in entries for token in self.label_tokens(entry))

    def _spell(self, word: str) -> str:
        return fold(word) if self._folded else word


@lru_cache(maxsize=8192)
def _features(vocabulary: Vocabulary, text: str) -> frozenset[Feature]:
    return frozenset(vocabulary.read_features(text))


@cache
def _load(folded: bool) -> Vocabulary:
    lists = WordLists.model_validate(yaml.safe_load(WORDS_FILE.read_text("utf-8")))
    return Vocabulary(lists, folded=folded)


def vocabulary_for(message: str) -> Vocabulary:
    """The vocabulary that reads `message`: without diacritics where it has none."""
    return _load(not has_diacritics(normalise(message)))
