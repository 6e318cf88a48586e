"""Phrases of lexicons sought in a message, with and without diacritics."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge_base.text import fold, has_diacritics

__all__ = ["names_one"]


def names_one(text: str, phrases: Sequence[str], *, gap: int, plain_from: int = 1) -> bool:
    """Tell whether normalised `text` holds one of `phrases`; «…» is up to `gap` words.

    A text without diacritics is compared without them, with phrases of `plain_from` words or more:
    «chung chi» may be «chứng chỉ».
    """
    written = list(phrases)
    if not has_diacritics(text):
        written = [fold(phrase) for phrase in phrases if len(phrase.split()) >= plain_from]
    if not written:
        return False
    between = rf"(?:\S+\s+){{0,{gap}}}?"
    parts = [between.join(re.escape(part) for part in phrase.split("… ")) for phrase in written]
    return bool(re.search(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", text))
