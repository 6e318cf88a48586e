"""Due dates: from reception and time limit to the day on which the result is due.

Rules, with the law they follow: the day of reception is not counted (Bộ luật Dân sự, art. 147);
working days skip weekends and holidays and count worked Saturdays; a period in calendar days or
months that ends on a day off ends on the next working day (art. 148); 8 working hours are one
working day; a same-day procedure received after 15:00 is due on the next working day (national
texts of civil-status procedures); time spent waiting for the citizen is taken out. A limit that
was published without a unit gives no date: nothing is assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dossiers.clock import VIETNAM, in_vietnam
from dossiers.office_hours import OfficeHours
from dossiers.record import TimeUnit
from knowledge_base.calendar import Calendar

__all__ = ["Due", "NoDueDate", "Pause", "TimeLimit", "due_date"]

_HOURS_A_DAY = 8
_SAME_DAY_UNTIL = time(15, 0)


@dataclass(frozen=True)
class TimeLimit:
    """Thời hạn giải quyết: «15 ngày làm việc» is `TimeLimit(15, TimeUnit.WORKING_DAY)`.

    `same_day` is for procedures handled on the day of reception; quantity and unit are then idle.
    """

    quantity: float | None = None
    unit: TimeUnit | None = None
    same_day: bool = False


@dataclass(frozen=True)
class Pause:
    """Time in which the clock stands: from the request for papers to their completion."""

    start: datetime
    end: datetime | None = None


class NoDueDate(StrEnum):
    """Why there is no due date."""

    NO_LIMIT = "no_limit"
    NO_UNIT = "no_unit"
    PAUSED = "paused"


@dataclass(frozen=True)
class Due:
    """A due date, or why there is none.

    `provisional` is True where the count crosses days whose calendar is not settled (Tết 2027):
    such a date may only be called «dự kiến», and `why_provisional` says why. `unrolled` is the day
    before it was moved off a day off.
    """

    due_at: datetime | None = None
    unrolled: date | None = None
    provisional: bool = False
    why_provisional: str | None = None
    missing: NoDueDate | None = None
    calendar_version: str | None = None


def due_date(
    received_at: datetime,
    limit: TimeLimit,
    calendar: Calendar,
    *,
    hours: OfficeHours | None = None,
    pauses: Sequence[Pause] = (),
) -> Due:
    """Return when the result is due.

    Args:
        received_at: when the dossier was received; without a zone it is Vietnamese time.
        limit: the published limit of this version of the procedure and this channel of filing.
        calendar: the working days.
        hours: office hours, 7:00–11:30 and 13:30–17:00 unless told otherwise.
        pauses: times of waiting for the citizen.

    Raises:
        MissingYearError: the count runs into a year without a calendar.
        ValueError: the quantity is not positive.
    """
    if not limit.same_day and limit.quantity is None:
        return Due(missing=NoDueDate.NO_LIMIT)
    if not limit.same_day and limit.unit is None:
        return Due(missing=NoDueDate.NO_UNIT)
    if limit.quantity is not None and limit.quantity <= 0:
        raise ValueError(f"quantity must be positive; it is {limit.quantity}")
    hours = hours or OfficeHours()
    received_at = in_vietnam(received_at)
    count = _Count(calendar, hours)
    due_at, unrolled = count.due(received_at, limit)
    for pause in _joined(pauses, received_at):
        if pause.start >= due_at:
            continue  # the limit had run out before
        if pause.end is None:
            return Due(missing=NoDueDate.PAUSED, calendar_version=calendar.version)
        due_at, unrolled = count.extended(due_at, unrolled, limit, pause.start, pause.end)
    why = calendar.why_provisional(received_at.date() + timedelta(days=1), due_at.date())
    return Due(
        due_at=due_at,
        unrolled=unrolled,
        provisional=why is not None,
        why_provisional=why,
        calendar_version=calendar.version,
    )


class _Count:
    """Counts in one calendar and one set of office hours; answers with moment and unrolled day."""

    def __init__(self, calendar: Calendar, hours: OfficeHours) -> None:
        self._calendar = calendar
        self._hours = hours

    def due(self, received_at: datetime, limit: TimeLimit) -> tuple[datetime, date]:
        day = received_at.date()
        if limit.same_day:
            return self._same_day(received_at)
        assert limit.quantity is not None
        if limit.unit is TimeUnit.MONTH:
            return self._rolled(_add_months(day, limit.quantity))
        if limit.unit is TimeUnit.DAY:
            return self._rolled(day + timedelta(days=_whole(limit.quantity)))
        if limit.unit is TimeUnit.WORKING_DAY and limit.quantity == int(limit.quantity):
            due_day = self._calendar.add_working_days(day, int(limit.quantity))
            return self._close(due_day), due_day
        in_hours = limit.unit is TimeUnit.HOUR
        amount = limit.quantity if in_hours else limit.quantity * _HOURS_A_DAY
        due_at = self._hours.add(received_at, timedelta(hours=amount), self._calendar)
        return due_at, due_at.date()

    def extended(
        self, due_at: datetime, unrolled: date, limit: TimeLimit, start: datetime, end: datetime
    ) -> tuple[datetime, date]:
        """Move a due date by the time in which the clock stood."""
        if limit.unit in (TimeUnit.DAY, TimeUnit.MONTH) and not limit.same_day:
            return self._rolled(unrolled + (end.date() - start.date()))
        if limit.unit is TimeUnit.HOUR and not limit.same_day:
            stood = self._hours.between(start, end, self._calendar)
            moved = self._hours.add(due_at, stood, self._calendar)
            return moved, moved.date()
        days = self._calendar.working_days_between(start.date(), end.date())
        due_day = self._calendar.add_working_days(due_at.date(), days)
        return datetime.combine(due_day, due_at.timetz()), due_day

    def _same_day(self, received_at: datetime) -> tuple[datetime, date]:
        day = self._calendar.working_day_from(received_at.date())
        until = min(_SAME_DAY_UNTIL, self._hours.closing)
        if day == received_at.date() and received_at.time() > until:
            day = self._calendar.add_working_days(day, 1)
        return self._close(day), received_at.date()

    def _rolled(self, day: date) -> tuple[datetime, date]:
        return self._close(self._calendar.working_day_from(day)), day

    def _close(self, day: date) -> datetime:
        return datetime.combine(day, self._hours.closing, VIETNAM)


def _joined(pauses: Sequence[Pause], received_at: datetime) -> list[Pause]:
    """Pauses after reception in their order, those that overlap made into one."""
    far = datetime.max.replace(tzinfo=VIETNAM)
    spans: list[tuple[datetime, datetime]] = []
    for pause in sorted(pauses, key=lambda pause: in_vietnam(pause.start)):
        start = max(in_vietnam(pause.start), received_at)
        end = in_vietnam(pause.end) if pause.end else far
        if end <= start:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return [Pause(start, None if end == far else end) for start, end in spans]


def _whole(quantity: float) -> int:
    """Days or months of a limit, a part of one counted as a whole."""
    return int(-(-quantity // 1))


def _add_months(day: date, quantity: float) -> date:
    months = day.month - 1 + _whole(quantity)
    year, month = day.year + months // 12, months % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
