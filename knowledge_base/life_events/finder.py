"""Which life event a message speaks of, if it asks about the whole occasion.

«mới sinh con cần làm giấy tờ gì» asks about the event; «làm giấy khai sinh ở đâu» asks about one
procedure, and finds nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge_base.life_events.loader import load_events
from knowledge_base.life_events.model import LifeEvent
from knowledge_base.text import fold, has_diacritics, load_lexicon, normalise, words

__all__ = ["CUES_FILE", "EventCues", "LifeEvents", "load_life_events"]

CUES_FILE = Path(__file__).parent / "cues.yml"


class EventCues(BaseModel):
    """Words that show whether a message asks about a whole occasion."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cues: list[str]
    single: list[str]
    short: int


class LifeEvents:
    """All events, by id and by what people say."""

    def __init__(self, events: Iterable[LifeEvent], cues: EventCues) -> None:
        """Take the events and the cues."""
        self._events = {event.id: event for event in events}
        self._lexicon = load_lexicon()
        self._short = cues.short
        self._readers = {
            folded: _Reader(self._events.values(), cues, folded) for folded in (False, True)
        }

    def __iter__(self) -> Iterator[LifeEvent]:
        return iter(self._events.values())

    def __len__(self) -> int:
        return len(self._events)

    def get(self, identifier: str) -> LifeEvent | None:
        """The event with this id."""
        return self._events.get(identifier)

    def find(self, message: str) -> LifeEvent | None:
        """The event that `message` asks about, with or without diacritics; None where it asks
        about one procedure, or about something else.
        """
        reader = self._readers[not has_diacritics(normalise(message))]
        text = self._lexicon.rewrite(message)
        identifier = reader.find(text, short=len(words(text)) <= self._short)
        return self._events[identifier] if identifier else None


class _Reader:
    """Finds events in texts with diacritics, or in texts without."""

    def __init__(self, events: Iterable[LifeEvent], cues: EventCues, folded: bool) -> None:
        self._folded = folded
        self._asking = self._pattern(cues.cues)
        self._single = self._pattern(cues.single)
        self._phrases = {
            event.id: self._pattern(
                # A single word without diacritics may be many: «cuoi» is also «cuối».
                [phrase for phrase in event.spoken() if not folded or " " in phrase]
            )
            for event in events
        }
        self._unless = {event.id: self._pattern(event.unless) for event in events if event.unless}

    def find(self, text: str, *, short: bool) -> str | None:
        text = fold(text) if self._folded else text
        if self._single.search(text) or not (short or self._asking.search(text)):
            return None
        found: dict[str, int] = {}
        for identifier, pattern in self._phrases.items():
            lengths = [len(match[0]) for match in pattern.finditer(text)]
            unless = self._unless.get(identifier)
            if lengths and not (unless and unless.search(text)):
                found[identifier] = max(lengths)
        return max(found, key=lambda identifier: found[identifier]) if found else None

    def _pattern(self, phrases: Sequence[str]) -> re.Pattern[str]:
        spelled = {fold(normalise(p)) if self._folded else normalise(p) for p in phrases}
        ordered = sorted(spelled, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


def load_life_events() -> LifeEvents:
    """Read the shipped events and cues.

    Raises:
        LifeEventError: an event file is wrong.
    """
    cues = EventCues.model_validate(yaml.safe_load(CUES_FILE.read_text("utf-8")))
    return LifeEvents(load_events(), cues)
