"""Tell «mất» (dead) from «mất» (lost) by who or what it is said of.

«Ông nội em vừa mất» is a death; «ông nội em mất thẻ» and «thẻ của ông nội bị mất» are papers lost.
Where a relative is the one who «mất», and nothing is named that could be lost, the plain word for
dying is added beside it; what was typed stays, so that both meanings can still be found.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["DeathWords", "DeathSpeller"]


class DeathWords(BaseModel):
    """The words of the rule, in `search.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    relatives: Annotated[list[str], Field(min_length=1)]
    between: list[str]
    said: Annotated[list[str], Field(min_length=1)]
    things: list[str]
    plainly: str


class DeathSpeller:
    """Adds the plain word for dying where a relative is said to be «mất»."""

    def __init__(self, words: DeathWords) -> None:
        """Take the words, with their accents."""
        relative, between, said = map(_any_of, (words.relatives, words.between, words.said))
        self._death = re.compile(
            rf"(?<!\w)(?<!của )(?:{relative})(?: (?:{relative}|{between})){{0,5}} (?:{said})(?!\w)"
            rf"(?! (?:{_any_of(words.things)})(?!\w))"
        )
        self._plainly = words.plainly

    def spell(self, text: str) -> str:
        """Return normalised `text` with every such death said plainly."""
        return self._death.sub(lambda match: f"{match[0]} {self._plainly}", text)


def _any_of(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"
