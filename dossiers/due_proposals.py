"""When the calendar changes: propose new due dates, never change one.

A due date that was promised stands until an officer decides; a new version of the calendar (the
notice on Tết, say) only shows which dates would now come out otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from dossiers.deadlines import Due, Pause, TimeLimit, due_date
from dossiers.office_hours import OfficeHours
from dossiers.record import DossierRecord
from dossiers.status import ClockState
from knowledge_base.calendar import Calendar, MissingYearError

__all__ = ["DueProposal", "due_proposals"]


@dataclass(frozen=True)
class DueProposal:
    """A dossier whose due date comes out otherwise by the present calendar."""

    code: str
    promised: datetime
    proposed: Due
    calendar_version: str


def due_proposals(
    records: Iterable[DossierRecord], calendar: Calendar, *, hours: OfficeHours | None = None
) -> Iterator[DueProposal]:
    """Yield a proposal for each running dossier that was counted by another calendar.

    Dossiers whose date was given by their own system (no limit or no calendar version on record)
    are left out: we do not know how it was counted.
    """
    for record in records:
        running = record.status.clock is ClockState.RUNNING
        if not running or record.calendar_version in (None, calendar.version):
            continue
        due = _counted(record, calendar, hours)
        if due and due.due_at and record.due_at and due.due_at.date() != record.due_at.date():
            yield DueProposal(record.code, record.due_at, due, calendar.version)


def _counted(record: DossierRecord, calendar: Calendar, hours: OfficeHours | None) -> Due | None:
    if record.received_at is None:
        return None
    limit = TimeLimit(record.due_quantity, record.due_unit)
    pauses = [Pause(part.asked_at, part.answered_at) for part in record.supplements]
    try:
        return due_date(record.received_at, limit, calendar, hours=hours, pauses=pauses)
    except MissingYearError:
        return None
