"""Figures of a period, in the columns of form II.06a/VPCP/KSTT, with checks that they add up.

Figures told by others may be incomplete: what follows from the rest is filled in and called
implied, what contradicts is reported, and nothing is put right in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

__all__ = [
    "Contradiction",
    "Figures",
    "Period",
    "Share",
    "completed",
    "contradictions",
    "period_mismatch",
    "shares",
    "total",
]


@dataclass(frozen=True)
class Figures:
    """Counts of one field (lĩnh vực) or of all; None where nobody told.

    `in_time` is early and on time together. Form II.06a joins counter and post in one column.
    `undated` counts the finished dossiers without a due date; they are booked as on time.
    """

    received: int | None = None
    carried_over: int | None = None
    received_in_period: int | None = None
    online: int | None = None
    counter: int | None = None
    post: int | None = None
    channel_unknown: int | None = None
    done: int | None = None
    in_time: int | None = None
    early: int | None = None
    on_time: int | None = None
    late: int | None = None
    open: int | None = None
    open_in_time: int | None = None
    open_late: int | None = None
    undated: int | None = None


# Each whole with its parts; a part that is often not told apart counts as nothing if missing.
_IDENTITIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("received", ("carried_over", "received_in_period")),
    ("received_in_period", ("online", "counter", "post", "channel_unknown")),
    ("received", ("done", "open")),
    ("done", ("in_time", "late")),
    ("in_time", ("early", "on_time")),
    ("open", ("open_in_time", "open_late")),
)
_NAMES = {
    "received": "Tiếp nhận",
    "carried_over": "từ kỳ trước",
    "received_in_period": "tiếp nhận trong kỳ",
    "online": "trực tuyến",
    "counter": "trực tiếp",
    "post": "bưu chính",
    "channel_unknown": "chưa rõ kênh",
    "done": "Đã giải quyết",
    "in_time": "trước hạn và đúng hạn",
    "early": "trước hạn",
    "on_time": "đúng hạn",
    "late": "quá hạn",
    "open": "Đang giải quyết",
    "open_in_time": "trong hạn",
    "open_late": "đã quá hạn",
}


@dataclass(frozen=True)
class Contradiction:
    """A whole that is not the sum of its parts."""

    whole: str
    told: int
    parts: int

    def __str__(self) -> str:
        return f"{_NAMES[self.whole]}: ghi {self.told}, các phần cộng lại là {self.parts}"


def contradictions(figures: Figures) -> list[Contradiction]:
    """Return every whole that is not the sum of its parts, where all of them are told."""
    found = []
    for whole, parts in _IDENTITIES:
        told, values = getattr(figures, whole), _values(figures, parts)
        if told is not None and None not in values and told != sum(v for v in values if v):
            found.append(Contradiction(whole, told, sum(v for v in values if v)))
    negative = (f.name for f in fields(figures) if (getattr(figures, f.name) or 0) < 0)
    return found + [Contradiction(name, getattr(figures, name), 0) for name in negative]


def completed(figures: Figures) -> tuple[Figures, frozenset[str]]:
    """Return `figures` with what follows from the rest, and the names of what was implied."""
    implied: set[str] = set()
    while (found := next(_following(figures), None)) is not None:
        name, value = found
        figures = replace(figures, **{name: value})
        implied.add(name)
    return figures, frozenset(implied)


def _following(figures: Figures) -> Iterator[tuple[str, int]]:
    """Yield a missing figure that one identity leaves only one value for."""
    for whole, parts in _IDENTITIES:
        told, values = getattr(figures, whole), _values(figures, parts)
        missing = [name for name, value in zip(parts, values, strict=True) if value is None]
        known = sum(value for value in values if value)
        if told is None and not missing:
            yield whole, known
        elif told is not None and len(missing) == 1:
            yield missing[0], told - known


def _values(figures: Figures, parts: Sequence[str]) -> list[int | None]:
    values = [getattr(figures, name) for name in parts]
    if "channel_unknown" in parts and None not in values[:-1]:
        values[-1] = values[-1] or 0
    return values


def total(rows: Sequence[Figures]) -> Figures:
    """Return the sum of several rows; a figure that one row lacks is missing in the sum."""
    sums: dict[str, int | None] = {}
    for field in fields(Figures):
        values = [getattr(row, field.name) for row in rows]
        sums[field.name] = None if None in values else sum(values)
    return Figures(**sums)


@dataclass(frozen=True)
class Share:
    """A share in per cent with two decimals; None where the whole is nothing or not told."""

    part: int | None
    whole: int | None

    @property
    def percent(self) -> Decimal | None:
        """The share in per cent."""
        if self.part is None or not self.whole:
            return None
        exact = Decimal(self.part) * 100 / Decimal(self.whole)
        return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def shares(figures: Figures) -> dict[str, Share]:
    """Return the shares on time (of those done), online and by post (of those received)."""
    figures, _ = completed(figures)
    whole = figures.received_in_period
    whole = figures.received if whole is None else whole
    return {
        "in_time": Share(figures.in_time, figures.done),
        "online": Share(figures.online, whole),
        "post": Share(figures.post, whole),
    }


@dataclass(frozen=True)
class Period:
    """A stretch of days, both ends counted."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period cannot end ({self.last}) before it begins ({self.first})")

    def __str__(self) -> str:
        return f"{self.first:%d/%m/%Y} – {self.last:%d/%m/%Y}"


def period_mismatch(title: Period, data: Period) -> str | None:
    """Return what to show where a report's title names another period than its figures cover."""
    if title == data:
        return None
    return f"Tiêu đề ghi kỳ {title}, nhưng số liệu tính cho kỳ {data}."
