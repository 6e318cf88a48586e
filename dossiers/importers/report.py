"""What an import says of itself: counts, faults with their place, and what was left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from dossiers.registry import ImportCounts

__all__ = ["ImportProblem", "ImportReport"]


@dataclass(frozen=True)
class ImportProblem:
    """One fault, in words an officer understands.

    `place` is the line of a table or the number of an item («mục 3») in JSON. A fault that is only
    a `warning` did not keep its row out.
    """

    file: str
    place: str
    field: str
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.file}, {self.place}, {self.field}: {self.message}"


@dataclass
class ImportReport:
    """How an import went; every row read was either accepted or refused with a problem.

    `dropped` counts personal values that were not stored, by column; `ignored` names columns that
    nobody knows.
    """

    counts: ImportCounts = field(default_factory=ImportCounts)
    problems: list[ImportProblem] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    ignored: set[str] = field(default_factory=set)
    accepted: int = 0
    refused: int = 0

    @property
    def read(self) -> int:
        """Rows read."""
        return self.accepted + self.refused
