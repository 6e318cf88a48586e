"""Office hours, and counting in working hours.

Eight working hours are one working day, whatever the sessions add up to; the lunch break is
skipped; what comes in after closing counts from the next opening.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dossiers.clock import VIETNAM, in_vietnam
from knowledge_base.calendar import Calendar

__all__ = ["OfficeHours"]

_A_DAY = timedelta(hours=8)
_NOTHING = timedelta()
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OfficeHours:
    """The sessions of a working day, in their order."""

    sessions: tuple[tuple[time, time], ...] = (
        (time(7, 0), time(11, 30)),
        (time(13, 30), time(17, 0)),
    )

    def __post_init__(self) -> None:
        bounds = [bound for session in self.sessions for bound in session]
        if not bounds or any(a >= b for a, b in zip(bounds, bounds[1:], strict=False)):
            raise ValueError(f"sessions must follow one another; they are {self.sessions}")

    @property
    def closing(self) -> time:
        """When the office closes."""
        return self.sessions[-1][1]

    def is_open(self, moment: datetime, calendar: Calendar) -> bool:
        """Tell whether the office is open at `moment`.

        Raises:
            MissingYearError: there is no calendar for that year.
        """
        moment = in_vietnam(moment)
        return self._open_moment(moment, calendar) == moment

    def next_opening(self, moment: datetime, calendar: Calendar) -> datetime:
        """Return `moment` if the office is open, else when it opens next.

        Raises:
            MissingYearError: the next opening lies in a year without a calendar.
        """
        return self._open_moment(in_vietnam(moment), calendar)

    def add(self, start: datetime, amount: timedelta, calendar: Calendar) -> datetime:
        """Return the moment `amount` of working time after `start`.

        Raises:
            MissingYearError: the count runs into a year without a calendar.
        """
        days, rest = divmod(amount, _A_DAY)
        start = self._open_moment(in_vietnam(start), calendar)
        whole = self._add_days(start, days, calendar)
        if not rest:
            return whole
        return min(
            self._walk(calendar.add_working_days(start.date(), days), start, rest, calendar),
            # A day may have fewer than eight hours, and is a whole working day all the same.
            self._add_days(start, days + 1, calendar),
        )

    def between(self, start: datetime, end: datetime, calendar: Calendar) -> timedelta:
        """Return the time for which the office is open between two moments."""
        start, end = in_vietnam(start), in_vietnam(end)
        if end <= start:
            return _NOTHING
        total = _NOTHING
        for opened, closed in self._sessions_from(start, calendar):
            if opened >= end:
                break
            total += min(closed, end) - opened
        return total

    def _add_days(self, start: datetime, days: int, calendar: Calendar) -> datetime:
        """Return the same time of day `days` working days later."""
        if days and start.time() == self.sessions[0][0]:
            # Whole days from an opening end with the closing of the last of them.
            last = calendar.add_working_days(start.date(), days - 1)
            return datetime.combine(last, self.closing, VIETNAM)
        return datetime.combine(calendar.add_working_days(start.date(), days), start.timetz())

    def _walk(self, day: date, start: datetime, amount: timedelta, calendar: Calendar) -> datetime:
        """Return the moment `amount` of working time after the time of `start` on `day`."""
        moment = datetime.combine(day, start.timetz())
        for opened, closed in self._sessions_from(moment, calendar):
            if amount <= closed - opened:
                return opened + amount
            amount -= closed - opened
        raise AssertionError("the sessions never end without an error")

    def _open_moment(self, moment: datetime, calendar: Calendar) -> datetime:
        """Return `moment` if the office is open, else the next opening."""
        opened, _ = next(self._sessions_from(moment, calendar))
        return opened

    def _sessions_from(
        self, moment: datetime, calendar: Calendar
    ) -> Iterator[tuple[datetime, datetime]]:
        """Yield the sessions that have not ended by `moment`, the first cut to begin there."""
        day: date = moment.date()
        while True:
            if calendar.is_working_day(day):
                for first, last in self.sessions:
                    opened = datetime.combine(day, first, VIETNAM)
                    closed = datetime.combine(day, last, VIETNAM)
                    if closed > moment:
                        yield max(opened, moment), closed
            day += _ONE_DAY
