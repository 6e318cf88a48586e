"""A07: the record asks for a paper that data of the state replaces (66.7/2025/NQ-CP, article 4).

Only a row that begins with such a paper counts. Left out are rows that say when it need not be
handed in, papers of another country, the very paper that the procedure issues, and procedures of
foreigners.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_base.audit.finding import Fault, RuleId
from knowledge_base.audit.record_text import excerpt
from knowledge_base.audit.registers import StateHeldRegister
from knowledge_base.procedure import Procedure, Requirement, RequirementGroup

__all__ = ["StateHeldPapers"]


class StateHeldPapers:
    """Reports each kind of paper once a record."""

    id = RuleId.A07

    def __init__(self, register: StateHeldRegister) -> None:
        """Take the register of papers."""
        self._register = register

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield a fault for each paper that is asked for without saying when it is not needed."""
        if re.search(self._register.foreign, record.official_name, re.I):
            return
        subject = " ".join([record.official_name, *(result.name for result in record.results)])
        for paper, pattern in self._register.patterns:
            if re.search(paper.pattern, subject, re.I):
                continue
            row = next((r for r in record.requirements if self._asks(r, pattern)), None)
            if row is not None:
                text = excerpt(row.name, 0, 0, around=180)
                values = {"paper": paper.name, "database": paper.database}
                yield Fault("state_held", "requirements", text, values)

    def _asks(self, row: Requirement, pattern: re.Pattern[str]) -> bool:
        if row.group is RequirementGroup.NOTE or row.may_be_waived or row.when is not None:
            return False
        told = f"{row.name} {row.case or ''} {row.why or ''}"
        return bool(pattern.match(row.name)) and not self._register.excused.search(told)
