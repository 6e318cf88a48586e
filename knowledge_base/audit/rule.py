"""What a rule is: an id and a check of one record, with everything else given when it is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from knowledge_base.audit.finding import Fault, RuleId
from knowledge_base.procedure import Procedure

__all__ = ["Rule"]


class Rule(Protocol):
    """A rule looks at one record at a time and never changes it."""

    @property
    def id(self) -> RuleId:
        """The rule's place in the rulebook."""

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield what is wrong with `record`."""
