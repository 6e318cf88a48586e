"""A05: the record cites a text that is no longer in force.

What counts as dead, from when, and what replaced it is data (`data/legal_texts.yml`); a law that
dies on a later day is found from that day on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge_base.audit.finding import Fault, RuleId
from knowledge_base.audit.record_text import excerpt, text_parts
from knowledge_base.audit.registers import LegalRegister, RepealedText
from knowledge_base.procedure import Procedure

__all__ = ["DeadLaw"]

_NUMBER = re.compile(r"\d+(?:\.\d+)?[a-zđ]?/\d{4}/[A-ZĐ]+\d*(?:-[A-ZĐa-z]+\d*)*")


class DeadLaw:
    """Reports each dead text once a record, first where the legal basis lists it."""

    id = RuleId.A05

    def __init__(self, register: LegalRegister, today: date) -> None:
        """Take the register and the day of the audit."""
        self._dead = {text.number: text for text in register.repealed if text.dead_from <= today}
        self._history = register.history_words

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield a fault for each dead text that the record goes by."""
        seen: set[str] = set()
        for document in record.legal_basis:
            dead = self._dead.get(document.number)
            if dead and dead.number not in seen:
                seen.add(dead.number)
                listed = f"{document.number} {document.title or ''}".strip()
                yield _fault(dead, "legal_basis", excerpt(listed, 0, 0, around=160))
        for part in text_parts(record):
            if part.field == "legal_basis":
                continue
            for match in _NUMBER.finditer(part.text):
                dead = self._dead.get(match[0])
                if dead is None or dead.number in seen:
                    continue
                if self._history.search(part.text[: match.start()]):
                    continue
                seen.add(dead.number)
                yield _fault(dead, part.field, excerpt(part.text, match.start(), match.end()))


def _fault(dead: RepealedText, field: str, text: str) -> Fault:
    values = {
        "number": dead.number,
        "title": dead.title,
        "date": f"{dead.dead_from:%d/%m/%Y}",
        "replaced_by": ", ".join(dead.replaced_by),
        "source": dead.source,
        "note": dead.note or "",
    }
    return Fault("repealed_note" if dead.note else "repealed", field, text, values)
