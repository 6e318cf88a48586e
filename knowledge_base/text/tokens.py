"""Words of a message, with codes kept whole.

Dossier codes (`H05.12-261123-0007`), procedure codes (`1.001193`), document numbers
(`123/2015/NĐ-CP`) and numbers with separators must not fall apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["bigrams", "protected_spans", "words"]

_PROTECTED = re.compile(
    r"(?:[ghGH]\d{2}|\d{3})(?:\.[\dghGH]{1,3}){0,5}\s?-\s?\d{6,8}\s?-\s?\d{3,8}"
    r"|\d\.\d{6}(?:\.\w{2,3})*"
    r"|\d+(?:\.\d+)?/\d{4}/[\w-]+"
    r"|\d+(?:[.,]\d+)+"
)
_WORD = re.compile(rf"{_PROTECTED.pattern}|[^\W_]+")


def protected_spans(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) offsets of the codes and numbers that must stay whole."""
    return [match.span() for match in _PROTECTED.finditer(text)]


def words(text: str) -> list[str]:
    """Return the words of `text` in order, without punctuation."""
    return _WORD.findall(text)


def bigrams(tokens: Sequence[str]) -> list[str]:
    """Return pairs of neighbouring tokens joined by «_»."""
    return [f"{first}_{second}" for first, second in zip(tokens, tokens[1:], strict=False)]
