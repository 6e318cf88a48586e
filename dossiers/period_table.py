"""Count dossiers into the columns of form II.06a/VPCP/KSTT, by field (lĩnh vực) or agency."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dossiers.clock import in_vietnam
from dossiers.figures import Figures, Period, total
from dossiers.plain_text import plain
from dossiers.record import DossierRecord, FilingChannel
from dossiers.status import ClockState, Status
from dossiers.timeliness import end_of_handling

__all__ = ["GroupBy", "PeriodTable", "period_table"]


class GroupBy(StrEnum):
    """What the rows are."""

    FIELD = "field"
    AGENCY = "agency"


_UNKNOWN = {GroupBy.FIELD: "Chưa rõ lĩnh vực", GroupBy.AGENCY: "Chưa rõ cơ quan giải quyết"}
_CHANNELS = {
    FilingChannel.ONLINE: "online",
    FilingChannel.COUNTER: "counter",
    FilingChannel.POST: "post",
    None: "channel_unknown",
}


@dataclass(frozen=True)
class PeriodTable:
    """The table of one period: a row for each field or agency, in the order of the alphabet."""

    period: Period
    rows: dict[str, Figures]

    @property
    def total(self) -> Figures:
        """The last row: all together."""
        return total(list(self.rows.values()))


def period_table(
    records: Iterable[DossierRecord], period: Period, by: GroupBy = GroupBy.FIELD
) -> PeriodTable:
    """Count `records` as they stood at the end of the last day of `period`.

    Not received (registered online only, or refused) is not counted. A dossier that was withdrawn
    or halted is booked as on time, as the form does.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        columns = _columns(record, period)
        if columns:
            name = record.field_name if by is GroupBy.FIELD else record.agency_deciding
            counts[name or _UNKNOWN[by]].update(columns)
    return PeriodTable(period, {name: _figures(counts[name]) for name in sorted(counts, key=plain)})


def _columns(record: DossierRecord, period: Period) -> list[str]:
    """Return the columns in which a dossier counts; none if it is not of this period."""
    if record.received_at is None or record.status in (Status.REGISTERED, Status.REFUSED):
        return []
    received = in_vietnam(record.received_at).date()
    ended_at = end_of_handling(record)
    ended = in_vietnam(ended_at).date() if ended_at else None
    if received > period.last or (ended is not None and ended < period.first):
        return []
    columns = ["carried_over"] if received < period.first else [_CHANNELS[record.channel]]
    due = in_vietnam(record.due_at).date() if record.due_at else None
    if ended is None or ended > period.last:
        paused = record.status.clock is ClockState.PAUSED
        late = due is not None and due < period.last and not paused
        return [*columns, "open_late" if late else "open_in_time"]
    if due is None:
        return [*columns, "on_time", "undated"]
    if record.status in (Status.WITHDRAWN, Status.HALTED) or ended == due:
        return [*columns, "on_time"]
    return [*columns, "early" if ended < due else "late"]


def _figures(counts: Counter[str]) -> Figures:
    online, counter, post, unknown = (
        counts[name] for name in ("online", "counter", "post", "channel_unknown")
    )
    in_period = online + counter + post + unknown
    in_time = counts["early"] + counts["on_time"]
    return Figures(
        received=counts["carried_over"] + in_period,
        carried_over=counts["carried_over"],
        received_in_period=in_period,
        online=online,
        counter=counter,
        post=post,
        channel_unknown=unknown,
        done=in_time + counts["late"],
        in_time=in_time,
        early=counts["early"],
        on_time=counts["on_time"],
        late=counts["late"],
        open=counts["open_in_time"] + counts["open_late"],
        open_in_time=counts["open_in_time"],
        open_late=counts["open_late"],
        undated=counts["undated"],
    )
