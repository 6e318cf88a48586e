"""Which of the choices on offer a message means: a number, an ordinal, «đầu tiên», «cuối»."""

from __future__ import annotations

import re

from knowledge_base.text import fold, normalise

__all__ = ["chosen_position"]

_NUMBERS = {
    "mot": 1, "nhat": 1, "dau": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "tu": 4,
}  # fmt: skip
_LEADING = (
    r"(?:(?:em|toi|minh|bac)\s+)?(?:chon|lay|cai|so|dong|muc|cau|thu|viec|truong hop|option|o)"
)
_DIGIT = re.compile(rf"^(?:{_LEADING}\s+)*(?:so|thu)?\s*([1-9])\W*(?:nhe|a|di|day|ay|do)?\W*$")
_WORD = re.compile(
    rf"^(?:{_LEADING}\s+)+({'|'.join(_NUMBERS)})(?:\s+tien)?\W*(?:nhe|a|di|day|ay|do)?\W*$"
)
_LAST = re.compile(r"(?:cuoi cung|cuoi|sau cung)\W*(?:nhe|a)?\W*$")
_FIRST = re.compile(r"(?:dau tien|tren cung)\W*(?:nhe|a)?\W*$")


def chosen_position(message: str, count: int) -> int | None:
    """Return the position (from 0) among `count` choices that `message` names, or None."""
    text = fold(normalise(message)).strip(" .,!?")
    if len(text) > 60 or count < 1:
        return None
    if match := _DIGIT.match(text):
        number = int(match[1])
    elif match := _WORD.match(text):
        number = _NUMBERS[match[1]]
    elif _FIRST.search(text):
        number = 1
    elif _LAST.search(text):
        number = count
    else:
        return None
    return number - 1 if number <= count else None
