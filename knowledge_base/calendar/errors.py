"""The exceptions of the calendar.

KnowledgeBaseError
└── CalendarError
    ├── CalendarFileError   a file of a year is wrong (file, what was expected)
    └── MissingYearError    there is no file for the year of a date
"""

from __future__ import annotations

from knowledge_base.errors import KnowledgeBaseError

__all__ = ["CalendarError", "CalendarFileError", "MissingYearError"]


class CalendarError(KnowledgeBaseError):
    """Base of every error of the calendar."""


class CalendarFileError(CalendarError):
    """The file of a year does not have the expected form."""


class MissingYearError(CalendarError, LookupError):
    """There is no calendar for this year, so nothing can be counted in it."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year

    def __str__(self) -> str:
        return (
            f"Chưa có lịch nghỉ năm {self.year}; "
            f"hãy thêm tệp knowledge_base/calendar/{self.year}.yml theo mẫu của năm trước."
        )
