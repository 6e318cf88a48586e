"""The exceptions of the knowledge base.

KnowledgeBaseError
├── FileError              an editor's file is wrong (file, line, field, what was expected)
│   ├── GuidanceError      … a guidance file
│   └── SearchFileError    … a file of the search (weights, thresholds, what was learned)
├── ImportFileError        a file to import cannot be read (file, line, what was expected)
├── PlaceDataError         the table of communes is missing
├── UnknownProcedureError  no procedure has that code
├── LexiconError           a lexicon file is wrong
├── RenderingError         a document cannot be made (a library or a template is missing)
├── EncoderError           the sentence encoder cannot be loaded or used
└── EvaluationError        a question file for evaluation is wrong
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "EncoderError",
    "EvaluationError",
    "FileError",
    "FileProblem",
    "GuidanceError",
    "ImportFileError",
    "KnowledgeBaseError",
    "LexiconError",
    "PlaceDataError",
    "RenderingError",
    "SearchFileError",
    "UnknownProcedureError",
]


class KnowledgeBaseError(Exception):
    """Base of every error of this package."""


@dataclass(frozen=True)
class FileProblem:
    """One thing wrong in a file that an editor writes, in words an editor understands."""

    path: Path
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.field}: {self.message}"


class FileError(KnowledgeBaseError):
    """A file does not fit its model; `problems` lists every fault found."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)


class GuidanceError(FileError):
    """A guidance file is wrong."""


class SearchFileError(FileError):
    """A file of the search is wrong."""


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


class PlaceDataError(KnowledgeBaseError):
    """The table of communes is not installed or cannot be read."""


class RenderingError(KnowledgeBaseError):
    """A document cannot be made on this machine."""
