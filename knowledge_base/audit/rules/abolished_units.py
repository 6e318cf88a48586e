"""A06: the record names a unit or an agency that no longer exists.

The names, the dates and the contexts in which an old name is right (a circular of an old ministry
keeps its issuer) are data (`data/abolished_units.yml`). The legal basis is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge_base.audit.finding import Fault, RuleId
from knowledge_base.audit.record_text import excerpt, text_parts
from knowledge_base.audit.registers import AbolishedUnit, UnitRegister
from knowledge_base.procedure import Procedure

__all__ = ["AbolishedUnits"]

_LOOK_BEHIND = 280
_LOOK_AHEAD = 40


class AbolishedUnits:
    """Reports each kind of unit once a record, with the first place and how often it is named."""

    id = RuleId.A06

    def __init__(self, register: UnitRegister, today: date) -> None:
        """Take the register and the day of the audit."""
        self._units = [unit for unit in register.units if unit.since <= today]
        self._register = register

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield a fault for each kind of unit that the record still counts on."""
        parts = [
            (part, part.text.lower()) for part in text_parts(record) if part.field != "legal_basis"
        ]
        for unit in self._units:
            found = [
                (part.field, excerpt(part.text, start, end))
                for part, lowered in parts
                if any(keyword in lowered for keyword in unit.keywords)
                for start, end in self._mentions(unit, part.text)
            ]
            if found:
                field, text = found[0]
                yield Fault("abolished", field, text, _values(unit, len(found)))

    def _mentions(self, unit: AbolishedUnit, text: str) -> Iterator[tuple[int, int]]:
        for match in unit.regex.finditer(text):
            before = text[max(0, match.start() - _LOOK_BEHIND) : match.start()]
            after = text[match.end() : match.end() + _LOOK_AHEAD]
            if not (self._register.before.search(before) or self._register.after.search(after)):
                yield match.span()


def _values(unit: AbolishedUnit, count: int) -> dict[str, str]:
    return {
        "unit": unit.name,
        "date": f"{unit.since:%d/%m/%Y}",
        "now": unit.now,
        "count": str(count),
        "source": unit.source,
    }
