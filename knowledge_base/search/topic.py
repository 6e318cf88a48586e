"""What a question is about, apart from what is asked of it and from politeness.

«các bác cho hỏi làm giấy khai sinh mất mấy ngày ạ» is about «làm giấy khai sinh».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge_base.text import Lexicon, fold, has_diacritics

__all__ = ["Topic", "TopicReader"]


@dataclass(frozen=True)
class Topic:
    """A question made ready: the whole text, the text of its topic, phrases to search as well."""

    text: str
    topic: str
    expansions: tuple[str, ...]
    only_fillers: bool = False


class TopicReader:
    """Strips filler phrases and adds the lexicon's synonyms."""

    def __init__(self, lexicon: Lexicon, fillers: Sequence[str]) -> None:
        """Take the filler phrases with their accents."""
        self._lexicon = lexicon
        self._accented = _pattern(fillers)
        # Folded fillers of one short word («a», «di», «o») would eat real words («đi», «ở», «ô»).
        self._folded = _pattern(fold(f) for f in fillers if " " in f or len(f) > 4)

    def read(self, message: str) -> Topic:
        """Return the topic of `message`; one with nothing but fillers keeps its whole text."""
        text = self._lexicon.rewrite(message)
        pattern = self._accented if has_diacritics(text) else self._folded
        topic = re.sub(r"\s+", " ", pattern.sub(" ", text)).strip(" ?.,!")
        return Topic(
            text=text,
            topic=topic or text,
            expansions=tuple(self._lexicon.expansions(topic or text)),
            only_fillers=not topic,
        )


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(set(phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")
