"""Whether a dossier is early, on time or late.

By the national sheet of the 766 indicators handling ends with the first «Đã xử lý xong», else with
«Đã trả kết quả», else with a refusal, halt or withdrawal; waiting for papers or money is not late.
Days are compared, since a period ends with its last day; limits in hours are compared to the
minute.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from dossiers.clock import in_vietnam
from dossiers.record import DossierRecord, TimeUnit
from dossiers.status import ClockState, Status

__all__ = ["Timeliness", "end_of_handling", "judge"]


class Timeliness(StrEnum):
    """How a dossier stands to its due date."""

    UNKNOWN = "unknown"
    NOT_STARTED = "not_started"
    PAUSED = "paused"
    RUNNING_ON_TIME = "running_on_time"
    RUNNING_LATE = "running_late"
    ENDED_EARLY = "ended_early"
    ENDED_ON_TIME = "ended_on_time"
    ENDED_LATE = "ended_late"

    @property
    def is_late(self) -> bool:
        """Whether the promised date was not kept."""
        return self in (Timeliness.RUNNING_LATE, Timeliness.ENDED_LATE)


def judge(record: DossierRecord, now: datetime) -> Timeliness:
    """Return how `record` stands to its due date at the moment `now`."""
    if record.status.clock is ClockState.NOT_STARTED:
        return Timeliness.NOT_STARTED
    if record.status.clock is ClockState.PAUSED:
        return Timeliness.PAUSED
    ended = end_of_handling(record)
    if record.due_at is None or (record.status.clock is ClockState.STOPPED and ended is None):
        return Timeliness.UNKNOWN
    in_hours = record.due_unit is TimeUnit.HOUR
    late = _is_after(ended or now, record.due_at, in_hours=in_hours)
    if record.status.clock is ClockState.RUNNING:
        return Timeliness.RUNNING_LATE if late else Timeliness.RUNNING_ON_TIME
    if late:
        return Timeliness.ENDED_LATE
    early = ended is not None and in_vietnam(ended).date() < in_vietnam(record.due_at).date()
    return Timeliness.ENDED_EARLY if early else Timeliness.ENDED_ON_TIME


def end_of_handling(record: DossierRecord) -> datetime | None:
    """Return when handling ended; None while it goes on, or where nobody told."""
    if record.status.clock is not ClockState.STOPPED:
        return None
    for statuses, told in (
        ({Status.FINISHED}, record.finished_at),
        ({Status.RETURNED}, record.returned_at),
        ({Status.HALTED, Status.REFUSED, Status.WITHDRAWN}, None),
    ):
        moments = [step.at for step in record.steps if step.status in statuses]
        if told or moments:
            return told or min(moments)
    return record.status_at


def _is_after(moment: datetime, due: datetime, *, in_hours: bool) -> bool:
    moment, due = in_vietnam(moment), in_vietnam(due)
    return moment > due if in_hours else moment.date() > due.date()
