"""A message held against lists of phrases: with its marks, or without where it has none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.text import fold, has_diacritics, normalise

__all__ = ["Phrase", "bare", "words"]

_WORDS_FILE = Path(__file__).parent / "words.yml"
_POLITE = re.compile(r"(?:\s+(?:ạ|a|nhé|nhe|nha|đi|di|với|voi|em|bạn|ban|đây|day))+$")


@cache
def words() -> Mapping[str, Any]:
    """The lists of `words.yml`."""
    lists: dict[str, Any] = yaml.safe_load(_WORDS_FILE.read_text("utf-8"))
    return lists


def bare(text: str) -> str:
    """`text` without marks at its ends and without polite words at its end."""
    return _POLITE.sub("", text.strip(" .,;:!?«»\"'"))


class Phrase:
    """A message, normalised, to be compared with phrases."""

    def __init__(self, message: str) -> None:
        """Take the message as it was typed."""
        self.text = bare(normalise(message))
        self._marked = has_diacritics(self.text)

    def is_one_of(self, phrases: Sequence[str]) -> bool:
        """Whether it is one of the phrases, as a whole."""
        return any(self.text == self.like(phrase) for phrase in phrases)

    def holds(self, phrases: Sequence[str]) -> bool:
        """Whether one of the phrases stands in it."""
        return any(self._find(rf"\b{self._escaped(one)}\b", re.search) for one in phrases)

    def begins(self, phrases: Sequence[str]) -> bool:
        """Whether it begins with one of the phrases."""
        return any(self._find(rf"{self._escaped(one)}\b", re.match) for one in phrases)

    def ends(self, phrases: Sequence[str]) -> bool:
        """Whether it ends with one of the phrases."""
        return any(self._find(rf"\b{self._escaped(one)}$", re.search) for one in phrases)

    def without_trailing(self, phrases: Sequence[str]) -> Phrase:
        """The same without any of the phrases at its end."""
        shorter = Phrase(self.text)
        shorter._marked = self._marked
        tails = "|".join(self._escaped(one) for one in phrases)
        shorter.text = re.sub(rf"(?:[\s,.]+(?:{tails}))+$", "", self.text)
        return shorter

    def like(self, phrase: str) -> str:
        """The phrase as this message would write it."""
        plain = normalise(phrase)
        if self._marked:
            return plain
        # «dung» may be «đúng», «dừng» or «Dũng»: what cannot be told apart is no command.
        return fold(plain) if fold(plain) not in words()["unclear"] else plain

    def _escaped(self, phrase: str) -> str:
        return re.escape(self.like(phrase))

    def _find(self, pattern: str, find: Callable[..., object]) -> bool:
        return bool(find(pattern, self.text))
