"""The exceptions of the knowledge base.

KnowledgeBaseError
├── GuidanceError          a guidance file is wrong (file, line, field, what was expected)
├── ImportFileError        a file to import cannot be read (file, line, what was expected)
├── UnknownProcedureError  no procedure has that code
├── LexiconError           a lexicon file is wrong
├── EncoderError           the sentence encoder cannot be loaded or used
└── EvaluationError        a question file for evaluation is wrong
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "EncoderError",
    "EvaluationError",
    "GuidanceError",
    "GuidanceProblem",
    "ImportFileError",
    "KnowledgeBaseError",
    "LexiconError",
    "UnknownProcedureError",
]


class KnowledgeBaseError(Exception):
    """Base of every error of this package."""


@dataclass(frozen=True)
class GuidanceProblem:
    """One thing wrong in a guidance file, in words an editor understands."""

    path: Path
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.field}: {self.message}"


class GuidanceError(KnowledgeBaseError):
    """A guidance file does not fit the schema; `problems` lists every fault found."""

    def __init__(self, problems: list[GuidanceProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class ImportFileError(KnowledgeBaseError):
    """A file to import is not of the form that was expected."""


class UnknownProcedureError(KnowledgeBaseError, KeyError):
    """No procedure of the catalogue has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return f"Không có thủ tục nào mang mã {self.code!r} trong danh mục."


class LexiconError(KnowledgeBaseError):
    """A lexicon file has a wrong row."""


class EncoderError(KnowledgeBaseError):
    """The sentence encoder cannot be loaded or used."""


class EvaluationError(KnowledgeBaseError):
    """A question or dialogue file for evaluation has a wrong row."""
