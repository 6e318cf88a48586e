"""The exceptions of the form library.

KnowledgeBaseError
└── FormError
    ├── FormFileError        a file of a form is wrong (file, line, field, what was expected)
    ├── UnknownFormError     no form has that id, number or name
    ├── UnknownExampleError  the form has no example of that id
    └── AnswersError         what was filled in is refused; `faults` says where and why
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge_base.errors import FileError, KnowledgeBaseError

__all__ = [
    "AnswersError",
    "Fault",
    "FormError",
    "FormFileError",
    "UnknownExampleError",
    "UnknownFormError",
]


@dataclass(frozen=True)
class Fault:
    """One thing wrong in what a person filled in; `row` counts the rows of a table from 1.

    `missing` says that nothing is wrong but that something must still be written.
    """

    field: str
    label: str
    message: str
    row: int | None = None
    missing: bool = False

    def __str__(self) -> str:
        place = self.label if self.row is None else f"{self.label}, dòng {self.row}"
        return f"{place}: {self.message}"


class FormError(KnowledgeBaseError):
    """Base of every error of the form library."""


class FormFileError(FormError, FileError):
    """A file of a form is wrong."""


class UnknownFormError(FormError, KeyError):
    """No form has this id, number or name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.name = name
        self.known = list(known)

    def __str__(self) -> str:
        return f"Không có mẫu {self.name!r}. Các mẫu đang có: {', '.join(self.known)}."


class UnknownExampleError(FormError, KeyError):
    """The form has no example of this id."""

    def __init__(self, form: str, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.form = form
        self.name = name
        self.known = list(known)

    def __str__(self) -> str:
        return f"Mẫu {self.form} không có ví dụ {self.name!r}. Đang có: {', '.join(self.known)}."


class AnswersError(FormError, ValueError):
    """What was filled in is refused."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = list(faults)
