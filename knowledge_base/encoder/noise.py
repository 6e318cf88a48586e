"""Write a text the way people type it: without accents, with teencode, with slips.

Used only for training, with a seeded generator, so that a model is made twice alike.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from knowledge_base.text import fold, normalise

__all__ = ["Typist"]


class Typist:
    """Rewrites texts at random: folded with probability `folded`, teencode with `teencode`."""

    def __init__(
        self,
        teencode: Mapping[str, list[str]],
        *,
        folded: float = 0.3,
        teen: float = 0.2,
        seed: int = 7,
    ) -> None:
        """Take `teencode` as meaning → ways to write it."""
        self._teencode = teencode
        self._folded = folded
        self._teen = teen
        self._random = random.Random(seed)

    def write(self, text: str) -> str:
        """Return one way somebody might type `text`."""
        text = normalise(text)
        if self._random.random() < self._teen:
            text = " ".join(self._word(word) for word in text.split())
        if self._random.random() < self._folded:
            text = fold(text)
        return text

    def _word(self, word: str) -> str:
        forms = self._teencode.get(word)
        return self._random.choice(forms) if forms and self._random.random() < 0.6 else word
