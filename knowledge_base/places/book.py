"""Which commune an old or new name stands for, since the two levels of 01/07/2025.

The table of communes comes with underthesea (Apache-2.0; made from vietnamadminunits 1.0.4, as of
2025-07-01); the names of provinces that changed later come from the register of the audit.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge_base.audit.registers import load_place_register
from knowledge_base.errors import PlaceDataError
from knowledge_base.text import fold, normalise

__all__ = [
    "Entry",
    "Match",
    "OldUnit",
    "PlaceBook",
    "Unit",
    "load_place_book",
    "plain_words",
    "unit_key",
]

_KIND = re.compile(r"^(?:xa|phuong|thi tran|dac khu|thi xa|quan|huyen|thanh pho|tinh|tp)\s+")
_SHORT = (
    (re.compile(r"\b(?:p|f)\s*\.?\s*(?=\d)"), "phuong "),
    (re.compile(r"\bp\s*\.\s*"), "phuong "),
    (re.compile(r"\bx\s*\.\s*"), "xa "),
    (re.compile(r"\btt\s*\.\s*"), "thi tran "),
    (re.compile(r"\bq\s*\.?\s*(?=\d)"), "quan "),
    (re.compile(r"\b(?:tp\s*\.?\s*)?(?:hcm|hochiminh)\b"), "thanh pho ho chi minh"),
    (re.compile(r"\btp\b\s*\.?"), "thanh pho "),
)
_NOT_WORD = re.compile(r"[^\w]+")
_LONGEST_NAME = 6


@dataclass(frozen=True)
class Unit:
    """A commune of today (xã, phường, đặc khu) and its province."""

    name: str
    province: str

    def __str__(self) -> str:
        return f"{self.name}, {self.province}"


@dataclass(frozen=True)
class OldUnit:
    """A commune as it was before 01/07/2025."""

    name: str
    district: str
    province: str

    def __str__(self) -> str:
        return f"{self.name}, {self.district}, {self.province}"


@dataclass(frozen=True)
class Match:
    """What a name stands for.

    `old` is None where the name is one of today. `now` has several units where an old commune was
    divided, and none where the table does not say. `before` are the communes that made up `now`.
    """

    old: OldUnit | None
    now: tuple[Unit, ...]
    before: tuple[OldUnit, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A name to be found, with what else a citizen may write beside it."""

    match: Match
    name: str
    spelled: str
    beside: tuple[str, ...]


class PlaceBook:
    """Finds communes by name; immutable."""

    def __init__(self, renamed: Iterable[tuple[OldUnit, Unit | None]]) -> None:
        """Take which old commune (or a part of it) became which; None where it is not known."""
        now: dict[OldUnit, list[Unit]] = defaultdict(list)
        before: dict[Unit, list[OldUnit]] = defaultdict(list)
        for old, unit in renamed:
            units = now[old]
            if unit is not None and unit not in units:
                units.append(unit)
                before[unit].append(old)
        self.units = frozenset(before)
        self._named: dict[str, list[Entry]] = defaultdict(list)
        for unit, parts in before.items():
            districts = {part.district for part in parts} | {part.province for part in parts}
            self._add(Match(None, (unit,), tuple(parts)), unit.name, {unit.province, *districts})
        for old, units in now.items():
            if len(units) == 1 and _plain(old.name) == _plain(units[0].name):
                continue  # the new commune of the same name is found already
            provinces = {unit.province for unit in units}
            self._add(Match(old, tuple(units)), old.name, {old.district, old.province, *provinces})

    def _add(self, match: Match, name: str, beside: Iterable[str]) -> None:
        full, bare = _plain(name), _bare(name)
        entry = Entry(match, full, normalise(name), tuple(sorted({_bare(one) for one in beside})))
        # A number alone names no ward: «Phường 1» is sought with its kind.
        for key in {full} if bare.isdecimal() else {full, bare}:
            self._named[key].append(entry)

    def entries(self, name: str) -> Sequence[Entry]:
        """What a name in plain letters may stand for, with its kind or without."""
        return self._named.get(name, ())

    def find(self, text: str, limit: int = 8) -> list[Match]:
        """Return the communes that `text` names, best first; none where it names none."""
        words = plain_words(text)
        scored: dict[Match, float] = {}
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + _LONGEST_NAME) + 1):
                rest = f" {' '.join(words[:start])} | {' '.join(words[end:])} "
                for entry in self._named.get(" ".join(words[start:end]), ()):
                    score = _score(entry, end - start, rest, text)
                    scored[entry.match] = max(score, scored.get(entry.match, 0.0))
        if not scored:
            return []
        best = max(scored.values())
        found = [match for match, score in scored.items() if score >= best - 0.5]
        return sorted(found, key=lambda match: (-scored[match], str(match)))[:limit]


def _score(entry: Entry, words: int, rest: str, text: str) -> float:
    """How well an entry fits: long names, the district or province beside it, its marks."""
    beside = sum(1 for name in entry.beside if f" {name} " in rest)
    marked = 0.4 if entry.spelled in normalise(text) else 0.0
    whole = 3.0 if not rest.replace("|", "").strip() else 0.0
    return words + 2.0 * beside + marked + whole


def plain_words(text: str) -> list[str]:
    """What a citizen wrote, word by word, plain, its abbreviations written out."""
    plain = fold(normalise(text))
    for short, full in _SHORT:
        plain = short.sub(full, plain)
    return _NOT_WORD.sub(" ", plain).split()


@lru_cache(maxsize=20_000)
def _plain(name: str) -> str:
    """A name in plain lower-case letters."""
    return _NOT_WORD.sub(" ", fold(normalise(name))).strip()


def _bare(name: str) -> str:
    """The plain name without its kind: «Phường Phúc Xá» is «phuc xa»."""
    plain = _plain(name)
    return _KIND.sub("", plain) or plain


def unit_key(unit: Unit) -> tuple[str, str]:
    """What tells one commune from another, however it is written."""
    return _bare(unit.province), _plain(unit.name)


@lru_cache(maxsize=1)
def load_place_book() -> PlaceBook:
    """Read the table of communes, once.

    Raises:
        PlaceDataError: the table is not installed.
    """
    path = _mapping_file()
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise PlaceDataError(f"{path}: không đọc được bảng xã, phường") from error
    return PlaceBook(_renamed(data["ward_mapping"], _later_names()))


def _mapping_file() -> Path:
    # Found, not imported: underthesea takes seconds to import and this needs one file of it.
    found = importlib.util.find_spec("underthesea")
    if found is None or found.origin is None:
        raise PlaceDataError("chưa cài underthesea, nơi có bảng xã, phường")
    return Path(found.origin).parent / "address" / "data" / "mapping.json"


def _later_names() -> dict[str, str]:
    """Provinces that kept their name and changed their kind after the table was made."""
    later = {}
    for place in load_place_register().places:
        if place.kept:
            later[_bare(place.name)] = place.now[:1].upper() + place.now[1:]
    return later


def _renamed(
    rows: Iterable[Mapping[str, str]], later: Mapping[str, str]
) -> Iterable[tuple[OldUnit, Unit | None]]:
    for row in rows:
        if not row["old_ward"]:
            continue
        old = OldUnit(row["old_ward"], row["old_district"], row["old_province"])
        province = later.get(_bare(row["new_province"]), row["new_province"])
        yield old, Unit(row["new_ward"], province) if row["new_ward"] else None
