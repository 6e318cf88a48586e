"""How the assistant addresses the citizen: «bạn», unless the office chose another word.

All our texts are written with «bạn»; where they are said to a citizen, the word is put in its
place. Official texts, names and what a citizen says to the assistant are not ours to change.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel

__all__ = ["FormOfAddress"]

Value = TypeVar("Value")

# What a citizen is to type, a button, a name: a quotation stays as it is.
_QUOTED = re.compile(r"(«[^»]*»)")
# «bạn bè», «bạn đời», «kết bạn» speak of a friend, and so does a name after it («bạn Lào»).
_FRIENDS = "bè|đời|gái|trai|hàng|học|đọc|đồng (?:hành|nghiệp)|thân|nối khố|chiến đấu|nước ngoài"
# A capital within a sentence is a name: «Nguyễn Văn Bạn».
_PRONOUN = re.compile(
    rf"(?<!\w)(?<!kết )(?<!tình )(?<!đôi )(?:bạn|(?<![\w,] )Bạn)(?!\w)(?! (?:{_FRIENDS})(?!\w))"
)


class FormOfAddress(StrEnum):
    """The five words that an office may choose from."""

    BAN = "bạn"
    BAC = "bác"
    ONG_BA = "ông/bà"
    CO_CHU = "cô/chú"
    ANH_CHI = "anh/chị"

    def __call__(self, text: str) -> str:
        """Return one of our texts with this word for «bạn», capitalised where that was."""
        if self is FormOfAddress.BAN or "ạn" not in text:
            return text
        parts = _QUOTED.split(text)
        parts[::2] = [_PRONOUN.sub(self._instead, part) for part in parts[::2]]
        return "".join(parts)

    def throughout(self, value: Value, besides: Collection[str] = ()) -> Value:
        """Return lists, mappings and models of texts with this word in every text.

        What stands under a name in `besides` is left alone, at any depth.
        """
        return value if self is FormOfAddress.BAN else self._throughout(value, besides)

    def _throughout(self, value: Value, besides: Collection[str]) -> Value:
        changed: object = value
        match value:
            case StrEnum():
                pass
            case str():
                changed = self(value)
            case list() | tuple():
                changed = type(value)(self._throughout(part, besides) for part in value)
            case dict():
                changed = {
                    name: part if name in besides else self._throughout(part, besides)
                    for name, part in value.items()
                }
            case BaseModel():
                fields = {name: part for name, part in value if name not in besides}
                changed = value.model_copy(update=self._throughout(fields, besides))
        return changed  # type: ignore[return-value]

    def _instead(self, found: re.Match[str]) -> str:
        after = found.string[found.end() : found.end() + 2]
        if after[:1] == " " and after[1:].isupper():
            return found[0]
        return self.capitalize() if found[0][0] == "B" else str(self)
