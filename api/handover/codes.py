"""The codes of questions: six characters that are neither guessed nor mistaken for one another."""

from __future__ import annotations

import re
import secrets

from knowledge_base.text import clean

__all__ = ["LENGTH", "mint_code", "read_code"]

# Without 0 O, 1 I L, 2 Z, 5 S and 8 B, which are read for one another.
_ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
LENGTH = 6
# Two figures and two letters at least: no word and no number is ever taken for a code.
_FEWEST_OF_EACH = 2
_TYPED = re.compile(
    rf"(?:(?:mã|ma)(?:\s+(?:câu\s+hỏi|cau\s+hoi))?\W*)?"
    rf"([{_ALPHABET}]{{3}})[ -]?([{_ALPHABET}]{{3}})\W*",
    re.IGNORECASE,
)


def mint_code() -> str:
    """Mint a code by chance: one of about 200 million."""
    while True:
        code = "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))
        if _is_code(code):
            return code


def read_code(message: str) -> str | None:
    """Return the code that `message` is («k7p-3qx», «mã câu hỏi K7P3QX»); None for any other."""
    match = _TYPED.fullmatch(clean(message))
    if match is None:
        return None
    code = (match[1] + match[2]).upper()
    return code if _is_code(code) else None


def _is_code(code: str) -> bool:
    figures = sum(char.isdigit() for char in code)
    return _FEWEST_OF_EACH <= figures <= LENGTH - _FEWEST_OF_EACH
