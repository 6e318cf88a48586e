"""A16: a province is called by a name or a kind that is no longer its own.

Names and dates are data (`data/place_names.yml`). Only a name behind «tỉnh» (also in a list: «các
tỉnh Cao Bằng, Hà Giang») counts, so that «Việt Nam định cư» is not Nam Định.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge_base.audit.finding import Fault, RuleId
from knowledge_base.audit.record_text import excerpt, text_parts
from knowledge_base.audit.registers import PlaceName, PlaceRegister
from knowledge_base.procedure import Procedure

__all__ = ["OldPlaceNames"]

_LOOK_BEHIND = 280
_LOOK_AHEAD = 40
# «tỉnh » and any names before this one in the list.
_IN_LIST = r"\b[Tt]ỉnh:?\s+(?:(?:[A-ZĐ]\w+(?:[ -]+[A-ZĐ]\w+)*)(?:\s*,\s*|\s+và\s+)(?:tỉnh\s+)?)*"


class OldPlaceNames:
    """Reports each old name once a record."""

    id = RuleId.A16

    def __init__(self, register: PlaceRegister, today: date) -> None:
        """Take the register and the day of the audit."""
        self._register = register
        self._places = [
            (place, re.compile(rf"{_IN_LIST}({re.escape(place.name)})\b(?!\s+[A-ZĐ]\w)"))
            for place in register.places
            if place.since <= today
        ]

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield a fault for each province under an old name."""
        parts = [part for part in text_parts(record) if part.field != "legal_basis"]
        named = [part for part in parts if "tỉnh" in part.text.lower()]
        for place, pattern in self._places:
            for part in named:
                span = self._mention(pattern, part.text) if place.name in part.text else None
                if span is not None:
                    yield _fault(place, part.field, excerpt(part.text, *span))
                    break

    def _mention(self, pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - _LOOK_BEHIND) : match.start()]
            after = text[match.end() : match.end() + _LOOK_AHEAD]
            if not (self._register.before.search(before) or self._register.after.search(after)):
                return match.span(1)
        return None


def _fault(place: PlaceName, field: str, text: str) -> Fault:
    values = {
        "place": place.name,
        "now": place.now,
        "date": f"{place.since:%d/%m/%Y}",
        "source": place.source,
    }
    return Fault("other_kind" if place.kept else "merged", field, text, values)
