"""A commune named within a sentence, and what is left of the sentence without it.

A sentence names one only with its kind («xã Tân Lập»): many names are everyday words as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge_base.places.book import Entry, Match, PlaceBook, load_place_book, plain_words
from knowledge_base.text import fold, has_diacritics, normalise

__all__ = ["ASKING_FILE", "Mention", "find_mention", "without_office_words"]

ASKING_FILE = Path(__file__).parent / "asking.yml"
_KINDS = ("xa", "phuong", "thi tran", "dac khu")
_KIND = re.compile(
    r"\b(?:xã|xa|phường|phuong|thị trấn|thi tran|đặc khu|dac khu|ubnd|[pxf]\s*\.|tt\b|[pf]\s*\d)"
)
_LONGEST_NAME = 6
_MOST = 8


@dataclass(frozen=True)
class Mention:
    """The communes that a name in a message may stand for, best first.

    `asks_unit` tells that the message asks what the commune is called or belongs to now; `topic` is
    the message without the place, `rest` also without the words for its office.
    """

    matches: tuple[Match, ...]
    topic: str
    rest: str
    asks_unit: bool


def find_mention(text: str, book: PlaceBook | None = None) -> Mention | None:
    """Find the commune that `text` names, by its old or its new name.

    Raises:
        PlaceDataError: the table of communes is not installed.
    """
    said = normalise(text)
    if not _KIND.search(said):
        return None
    found = _named(said, book or load_place_book())
    if not found:
        return None
    asked = _pattern("unit").search(fold(said)) is not None
    topic = _without_place(said, found)
    matches = tuple(dict.fromkeys(entry.match for entry in found))[:_MOST]
    return Mention(matches, topic, _without(topic, _words("office")), asked)


def without_office_words(text: str) -> str:
    """`text` without the words for a commune's office, its address, its telephone."""
    return _without(normalise(text), _words("office"))


def _named(said: str, book: PlaceBook) -> list[Entry]:
    """The entries for the longest name behind a kind, those first that fit what stands beside."""
    words = plain_words(said)
    for start in range(len(words)):
        kind = next((k for k in _KINDS if words[start : start + len(k.split())] == k.split()), None)
        if kind is None or words[max(0, start - 1) : start] == ["tac"]:  # «hợp tác xã»
            continue
        first = start + len(kind.split())
        for end in range(min(len(words), first + _LONGEST_NAME), first, -1):
            name = " ".join(words[first:end])
            entries = book.entries(name if " " in name else f"{kind} {name}")
            around = f" {' '.join(words[:start])} | {' '.join(words[end:])} "
            found = _fitting(entries, said, around, kind, name)
            if found:
                return found
    return []


def _fitting(entries: Sequence[Entry], said: str, around: str, kind: str, name: str) -> list[Entry]:
    """The entries spelled as the message has it that fit best what it says around the name."""
    spelled = [entry for entry in entries if _spelled(entry, said)]
    beside = {entry: sum(f" {one} " in around for one in entry.beside) for entry in spelled}
    best = max(beside.values(), default=0)
    if not best and _everyday(said, name):
        return []
    found = [entry for entry in spelled if beside[entry] == best]
    found = [entry for entry in found if entry.name == f"{kind} {name}"] or found
    after = around.partition("|")[2]
    if after.startswith((" cu ", " moi ")):
        old = after.startswith(" cu ")
        found = [entry for entry in found if (entry.match.old is not None) == old] or found
    return sorted(found, key=lambda entry: (entry.match.old is not None, str(entry.match.now)))


def _spelled(entry: Entry, said: str) -> bool:
    """Whether the message has the name with the same marks, if it has marks at all."""
    bare = _strip_kind(entry.spelled)
    if bare.isdecimal() or not has_diacritics(said):
        return True
    kinds = r"(?:xã|phường|thị trấn|đặc khu|[pxf]\s*\.|tt\.?)"
    return re.search(rf"(?<!\w){kinds}\s*{re.escape(bare)}(?!\w)", said) is not None


def _everyday(said: str, name: str) -> bool:
    """Whether the words of a name mean something else more often («xa cho», «xã biên giới»)."""
    if name in {fold(word) for word in _words("everyday")}:
        return True
    return not (has_diacritics(said) or " " in name or name.isdecimal())


def _strip_kind(name: str) -> str:
    return re.sub(r"^(?:xã|phường|thị trấn|đặc khu)\s+", "", name)


def _without_place(said: str, found: Sequence[Entry]) -> str:
    """The message without the commune, its district and its province."""
    kinds = r"(?:(?:xã|xa|phường|phuong|thị trấn|thi tran|đặc khu|dac khu|[pxf]\s*\.?|tt)\s*)"
    around = (
        r"(?:(?:huyện|huyen|quận|quan|thị xã|thi xa|thành phố|thanh pho|tỉnh|tinh|tp|q)\s*\.?\s*)"
    )
    name = _strip_kind(found[0].spelled)
    rest = re.sub(rf"(?<!\w){kinds}(?:{re.escape(name)}|{re.escape(fold(name))})(?!\w)", " ", said)
    folded = not has_diacritics(rest)
    for one in sorted({one for entry in found for one in entry.beside}, key=len, reverse=True):
        rest = _cut(rest, rf"(?<!\w){around}?{re.escape(one)}(?!\w)", folded=folded)
    return " ".join(rest.strip(" ,.;:?!").split())


def _cut(text: str, folded_pattern: str, *, folded: bool) -> str:
    """Cut out of `text` what matches in its plain letters, which are as many as its own."""
    plain = text if folded else fold(text)
    if len(plain) != len(text):
        return text
    for match in reversed(list(re.finditer(folded_pattern, plain))):
        text = f"{text[: match.start()]} {text[match.end() :]}"
        plain = text if folded else fold(text)
    return text


def _without(text: str, words: Sequence[str]) -> str:
    said = words if has_diacritics(text) else [fold(word) for word in words]
    longest_first = sorted(said, key=len, reverse=True)
    pattern = rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in longest_first)})(?!\w)"
    return " ".join(re.sub(pattern, " ", text).strip(" ,.;:?!").split())


@lru_cache(maxsize=3)
def _words(key: str) -> tuple[str, ...]:
    data = yaml.safe_load(ASKING_FILE.read_text("utf-8"))
    return tuple(normalise(word) for word in data[key])


@lru_cache(maxsize=1)
def _pattern(key: str) -> re.Pattern[str]:
    words = sorted({fold(word) for word in _words(key)}, key=len, reverse=True)
    gap = r"\s+(?:\w+\s+){0,3}?"
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(w).replace('…', gap) for w in words)})(?!\w)"
    )
