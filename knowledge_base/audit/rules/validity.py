"""A11: the decision number or the validity is missing, or its time is over (63/2010, article 15).

The national export carries no effective date, so its absence cannot be judged there; what can be is
the number of the decision, a stated end, and rules that say themselves how long they last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge_base.audit.finding import Fault, RuleId
from knowledge_base.audit.record_text import excerpt, text_parts
from knowledge_base.audit.registers import LegalRegister, TemporaryText
from knowledge_base.procedure import Procedure

__all__ = ["Validity"]

_DECISION = re.compile(r"^(?:số\s*)?\d+[a-zđ]?\.?/(?:\d{4}/)?Q[ĐD]-[A-ZĐ]", re.I)
_UNTIL = re.compile(
    r"(?:đến|tới) (?:hết )?(?:ngày )?(\d{1,2})[/.](\d{1,2})[/.](20\d{2})(?!\d)", re.I
)
_PERIOD_FIELDS = ("channels",)


class Validity:
    """Reports a missing or odd decision number, an end that has come, and rules that have ended."""

    id = RuleId.A11

    def __init__(self, register: LegalRegister, today: date, notice_days: int) -> None:
        """Take the register of temporary texts, the day of the audit and the days of notice."""
        self._temporary = register.temporary
        self._today = today
        self._notice = notice_days

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield what is wrong with the decision and the validity."""
        decision = record.source.decision
        if not decision:
            yield Fault("no_decision", "decision", "")
        elif not _DECISION.match(decision):
            yield Fault("odd_decision", "decision", decision, {"decision": decision})
        yield from self._own_dates(record)
        for text in self._temporary:
            yield from self._temporary_text(record, text)
        yield from self._periods(record)

    def _own_dates(self, record: Procedure) -> Iterator[Fault]:
        start, end = record.valid_from, record.valid_to
        if start and end and start > end:
            values = {"start": f"{start:%d/%m/%Y}", "end": f"{end:%d/%m/%Y}"}
            yield Fault("wrong_order", "validity", f"{start} – {end}", values)
        elif end and end < self._today:
            yield Fault("ended", "validity", f"{end:%d/%m/%Y}", {"date": f"{end:%d/%m/%Y}"})

    def _temporary_text(self, record: Procedure, text: TemporaryText) -> Iterator[Fault]:
        left = (text.last_day - self._today).days
        if left > self._notice or record.valid_to or record.validity_note:
            return
        for part in text_parts(record):
            position = part.text.find(text.number)
            if position >= 0:
                values = {
                    "number": text.number,
                    "title": text.title,
                    "date": f"{text.last_day:%d/%m/%Y}",
                    "days": str(left),
                }
                case = "temporary_over" if left < 0 else "temporary_soon"
                words = excerpt(part.text, position, position + len(text.number))
                yield Fault(case, part.field, words, values)
                return

    def _periods(self, record: Procedure) -> Iterator[Fault]:
        """A fee or a limit that says «đến hết ngày …» of a day that is past, once a record."""
        for part in text_parts(record):
            if part.field not in _PERIOD_FIELDS:
                continue
            for match in _UNTIL.finditer(part.text):
                day = _day(match)
                if day and day < self._today:
                    words = excerpt(part.text, match.start(), match.end())
                    yield Fault("period_over", part.field, words, {"date": f"{day:%d/%m/%Y}"})
                    return


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
