"""Which days state offices work: one file a year, checked and edited by hand."""

from knowledge_base.calendar.errors import CalendarError, CalendarFileError, MissingYearError
from knowledge_base.calendar.working_days import (
    CALENDAR_FOLDER,
    Calendar,
    CalendarYear,
    load_calendar,
)

__all__ = [
    "CALENDAR_FOLDER",
    "Calendar",
    "CalendarError",
    "CalendarFileError",
    "CalendarYear",
    "MissingYearError",
    "load_calendar",
]
