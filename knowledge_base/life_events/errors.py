"""The exception of the life events.

KnowledgeBaseError
└── LifeEventError    an event file is wrong (file, field, what was expected)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge_base.errors import KnowledgeBaseError

__all__ = ["LifeEventError", "LifeEventProblem"]


@dataclass(frozen=True)
class LifeEventProblem:
    """One thing wrong in an event file, in words an editor understands."""

    path: Path
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.field}: {self.message}"


class LifeEventError(KnowledgeBaseError):
    """An event file does not fit the model; `problems` lists every fault found."""

    def __init__(self, problems: list[LifeEventProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
