"""What a question is about, apart from what is asked of it and from politeness.

«các bác cho hỏi làm giấy khai sinh mất mấy ngày ạ» is about «làm giấy khai sinh».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge_base.search.accents import AccentRestorer
from knowledge_base.search.config import LongMessages
from knowledge_base.search.two_meanings import DeathSpeller
from knowledge_base.text import Lexicon, fold, has_diacritics, words

__all__ = ["Topic", "TopicReader"]

_CLAUSE_END = re.compile(r"[.?!;,\n]+(?=\s|$)")


@dataclass(frozen=True)
class Topic:
    """A question made ready: the whole text, the text of its topic, phrases to search as well.

    A story has `parts`, each a topic of its own.
    """

    text: str
    topic: str
    expansions: tuple[str, ...]
    only_fillers: bool = False
    parts: tuple[Topic, ...] = ()


class TopicReader:
    """Strips filler phrases and adds the lexicon's synonyms."""

    def __init__(
        self,
        lexicon: Lexicon,
        fillers: Sequence[str],
        accents: AccentRestorer | None = None,
        long_messages: LongMessages | None = None,
        deaths: DeathSpeller | None = None,
    ) -> None:
        """Take the filler phrases with their accents, what gives a text its own back, when a
        message is a story, and what says deaths plainly.
        """
        self._deaths = deaths
        self._lexicon = lexicon
        self._accents = accents
        self._long_messages = long_messages
        self._accented = _pattern(fillers)
        # Folded fillers of one short word («a», «di», «o») would eat real words («đi», «ở», «ô»).
        self._folded = _pattern(fold(f) for f in fillers if " " in f or len(f) > 4)

    def read(self, message: str) -> Topic:
        """Return the topic of `message`; one with nothing but fillers keeps its whole text."""
        text = self._lexicon.rewrite(message)
        if self._accents is not None and not has_diacritics(message):
            text = self._accents.restore(text)
        if self._deaths is not None:
            text = self._deaths.spell(text)
        parts = self._parts(text)
        topic = self._topic(text)
        return replace(topic, parts=tuple(map(self._topic, parts))) if parts else topic

    def _topic(self, text: str) -> Topic:
        pattern = self._accented if has_diacritics(text) else self._folded
        topic = re.sub(r"\s+", " ", pattern.sub(" ", text)).strip(" ?.,!")
        return Topic(
            text=text,
            topic=topic or text,
            expansions=tuple(self._lexicon.expansions(topic or text)),
            only_fillers=not topic,
        )

    def _parts(self, text: str) -> list[str]:
        """Cut a story between its clauses, as many together as a part may have words."""
        limits = self._long_messages
        if limits is None or len(words(text)) < limits.from_words:
            return []
        parts: list[str] = []
        for clause in filter(None, map(str.strip, _CLAUSE_END.split(text))):
            joined = f"{parts[-1]}, {clause}" if parts else clause
            if parts and len(words(joined)) <= limits.part_words:
                parts[-1] = joined
            else:
                parts.append(clause)
        return parts if len(parts) > 1 else []


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(set(phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")
