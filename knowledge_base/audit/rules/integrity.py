"""A10: the text is damaged (Nghị định 63/2010/NĐ-CP, article 16: published in full and clearly).

Interleaved sentences, repetitions, steps whose numbers do not follow one another, and numbers of
legal texts that are cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_base.audit.finding import Fault, RuleId
from knowledge_base.audit.language import Language, passages
from knowledge_base.audit.record_text import excerpt, steps_text
from knowledge_base.audit.rules.interleaving import find_interleaved
from knowledge_base.audit.rules.repetition import Repetitions
from knowledge_base.audit.settings import AuditSettings
from knowledge_base.procedure import Procedure

__all__ = ["TextIntegrity"]

_STEP_AT_LINE = re.compile(
    r"(?:^|\n)[\s\-–+*•.]*(?:[a-zđA-Z0-9]{1,3}[.)]\s*)?(?:Bước|BƯỚC|bước)\s*(\d{1,2})(?!\d|[.,]\d)"
)
_STEP_ANYWHERE = re.compile(r"bước\s*(\d{1,2})(?!\d)", re.I)
_CUT_NUMBER = re.compile(r"^\d+(?:\.\d+)?/\d{4}/(?:NĐ(?:-C?)?|NQ(?:-C?)?|QĐ(?:-(?:T|TT)?)?)$")


class TextIntegrity:
    """Reports damaged text; of each kind of damage at most one a passage."""

    id = RuleId.A10

    def __init__(self, language: Language, settings: AuditSettings) -> None:
        """Take the language of all records and the settings."""
        self._language = language
        self._interleaving = settings.interleaving
        self._repetitions = Repetitions(settings.repetition)

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield what is damaged."""
        seen: set[tuple[str, str]] = set()
        for passage in passages(record):
            faults = [
                *find_interleaved(passage, self._language, self._interleaving),
                *self._repetitions.in_text(passage.field, passage.text),
            ]
            for fault in faults:
                if (fault.case, fault.excerpt) not in seen:
                    seen.add((fault.case, fault.excerpt))
                    yield fault
        yield from self._repetitions.in_record(record)
        yield from _step_order(steps_text(record))
        for document in record.legal_basis:
            if _CUT_NUMBER.match(document.number):
                text = f"{document.number} {document.title or ''}".strip()
                values = {"number": document.number}
                yield Fault("cut_number", "legal_basis", excerpt(text, 0, 0, 160), values)


def _step_order(text: str) -> Iterator[Fault]:
    """Steps out of order: a number that is left out, or one that stands twice in a row.

    A text may number its steps anew for each case, and may hide a «Bước 1» within a line.
    """
    found = list(_STEP_AT_LINE.finditer(text))
    numbers = [int(match[1]) for match in found]
    everywhere = {int(number) for number in _STEP_ANYWHERE.findall(text)}
    previous = 0
    for match, number in zip(found, numbers, strict=True):
        left_out = set(range(previous + 1, number)) - everywhere if number > previous else set()
        twice = number == previous and number > 2
        if left_out or twice:
            shown = ", ".join(map(str, numbers))
            words = excerpt(text, match.start(1), match.end(1), around=90)
            yield Fault("step_order", "steps", words, {"numbers": shown})
            return
        previous = number
