"""Working days of state offices: which days count in a time limit.

Saturdays, Sundays and public holidays do not count; Saturdays worked in exchange do (Bộ luật Lao
động, art. 111–112, and the yearly notice). Whether a counter is open is another matter: some
receive dossiers on Saturday mornings, which are no working days all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge_base.calendar.errors import CalendarFileError, MissingYearError

__all__ = ["CALENDAR_FOLDER", "Calendar", "CalendarYear", "load_calendar"]

CALENDAR_FOLDER = Path(__file__).parent
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_MESSAGES = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "không có trường này",
    "literal_error": "chỉ nhận published hoặc provisional",
    "date_from_datetime_parsing": "cần ngày dạng năm-tháng-ngày, ví dụ 2026-11-24",
    "date_type": "cần ngày dạng năm-tháng-ngày, ví dụ 2026-11-24",
}


@dataclass(frozen=True)
class CalendarYear:
    """One year as it was published, or as it is expected."""

    year: int
    version: str
    published_by: str
    is_published: bool
    off: Mapping[date, str] = field(default_factory=dict)
    working: frozenset[date] = frozenset()
    provisional: Mapping[date, str] = field(default_factory=dict)


class Calendar:
    """The working days of all years that have a file."""

    def __init__(self, years: Iterable[CalendarYear]) -> None:
        self._years = {year.year: year for year in years}

    @property
    def years(self) -> list[int]:
        """The years that can be counted in."""
        return sorted(self._years)

    @property
    def version(self) -> str:
        """The versions of all years, to be kept with a date that was worked out."""
        return ", ".join(self._years[year].version for year in self.years)

    def year(self, year: int) -> CalendarYear:
        """Return one year.

        Raises:
            MissingYearError: it has no file.
        """
        if year not in self._years:
            raise MissingYearError(year)
        return self._years[year]

    def is_working_day(self, day: date) -> bool:
        """Tell whether `day` counts as a working day.

        Raises:
            MissingYearError: the year of `day` has no file.
        """
        year = self.year(day.year)
        if day.weekday() >= _SATURDAY:
            return day in year.working
        return day not in year.off

    def provisional(self, day: date) -> bool:
        """Tell whether it is still open if `day` will be worked."""
        return day in self.year(day.year).provisional

    def why_provisional(self, first: date, last: date) -> str | None:
        """Return why a stretch of days, both ends counted, is not certain; None if it is."""
        for year in range(first.year, last.year + 1):
            for day, why in self.year(year).provisional.items():
                if first <= day <= last:
                    return why
        return None

    def working_day_from(self, day: date) -> date:
        """Return `day` itself if it is a working day, else the next one."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def add_working_days(self, day: date, number: int) -> date:
        """Return the working day that is `number` working days after `day`, which is not counted.

        Raises:
            MissingYearError: the count runs into a year without a file.
            ValueError: `number` is negative.
        """
        if number < 0:
            raise ValueError(f"number must not be negative; it is {number}")
        while number:
            day += _ONE_DAY
            number -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and with `end`; 0 if `end` is not later."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)


class _Day(BaseModel):
    model_config = ConfigDict(extra="forbid")
    date: date
    name: Annotated[str, Field(min_length=1)]


class _Range(BaseModel):
    model_config = ConfigDict(extra="forbid")
    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]
    why: Annotated[str, Field(min_length=1)]

    def days(self) -> list[date]:
        length = (self.last - self.first).days + 1
        return [self.first + timedelta(days=n) for n in range(length)]


class _YearFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    year: int
    version: Annotated[str, Field(min_length=1)]
    status: Literal["published", "provisional"]
    published_by: Annotated[str, Field(min_length=1)]
    days_off: list[_Day]
    working: list[_Day]
    provisional: list[_Range]


_FILE = TypeAdapter(_YearFile)


def load_calendar(folder: Path = CALENDAR_FOLDER) -> Calendar:
    """Read every file `<year>.yml` of `folder`.

    Raises:
        CalendarFileError: a file does not have the expected form, or there is none.
    """
    paths = sorted(folder.glob("[0-9][0-9][0-9][0-9].yml"))
    if not paths:
        raise CalendarFileError(f"{folder}: không có tệp lịch nào (ví dụ 2026.yml)")
    return Calendar(_read_year(path) for path in paths)


def _read_year(path: Path) -> CalendarYear:
    try:
        file = _FILE.validate_python(yaml.safe_load(path.read_text("utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CalendarFileError(f"{path}: không phải YAML hợp lệ ({error})") from error
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"])
        said = _MESSAGES.get(fault["type"], "không đúng dạng; xem tệp của năm trước")
        raise CalendarFileError(f"{path}: {where}: {said}") from error
    provisional = {day: part.why for part in file.provisional for day in part.days()}
    year = CalendarYear(
        year=file.year,
        version=file.version,
        published_by=file.published_by,
        is_published=file.status == "published",
        off={day.date: day.name for day in file.days_off},
        working=frozenset(day.date for day in file.working),
        provisional=provisional,
    )
    _check(path, year)
    return year


def _check(path: Path, year: CalendarYear) -> None:
    if path.stem != str(year.year):
        raise CalendarFileError(f"{path}: year là {year.year}, phải trùng tên tệp")
    for day in {*year.off, *year.working, *year.provisional}:
        if day.year != year.year:
            raise CalendarFileError(f"{path}: {day} không thuộc năm {year.year}")
    for day in year.off:
        if day.weekday() >= _SATURDAY:
            raise CalendarFileError(f"{path}: days_off: {day} là cuối tuần, đã được nghỉ sẵn")
    for day in year.working:
        if day.weekday() < _SATURDAY:
            raise CalendarFileError(f"{path}: working: {day} là ngày thường, đã làm việc sẵn")
