"""What is new about a dossier since its follower was last told, in words.

Pure functions: nothing is stored or sent here (`dossiers.following`, `dossiers.notices`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

import yaml

from dossiers.clock import in_vietnam
from dossiers.errors import DossierDataError
from dossiers.record import DossierRecord
from dossiers.status import ClockState, Status
from dossiers.timeliness import Timeliness, judge
from knowledge_base.calendar import Calendar, MissingYearError

__all__ = ["FOLLOWING_FILE", "FollowingTexts", "News", "NewsKind", "Told", "load_following", "news"]

FOLLOWING_FILE = Path(__file__).parent / "following.yml"
_KEYS = {"near_due_days", "keep_days", "consent", "notices"}


class NewsKind(StrEnum):
    """What a follower is told of."""

    STATUS = "status"
    DUE = "due"
    APOLOGY = "apology"
    NEAR = "near"
    LATE = "late"


@dataclass(frozen=True)
class Told:
    """What a follower knows: the days are the due days of which «near» and «late» were told."""

    status: Status
    due_on: date | None = None
    apologies: int = 0
    near_for: date | None = None
    late_for: date | None = None


@dataclass(frozen=True)
class News:
    """One thing to tell."""

    kind: NewsKind
    text: str


@dataclass(frozen=True)
class FollowingTexts:
    """Words and thresholds; places in braces are filled in when they are used."""

    near_due_days: int
    keep_days: int
    consent: str
    notices: dict[str, str]

    def consent_for(self, code: str) -> str:
        """The words that a citizen agrees to."""
        return self.consent.format(code=code, days=self.keep_days)


def load_following(path: Path = FOLLOWING_FILE) -> FollowingTexts:
    """Read the words and thresholds.

    Raises:
        DossierDataError: a part is missing or unknown.
    """
    data = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(data, dict) or set(data) != _KEYS:
        raise DossierDataError(f"{path}: cần đúng các mục {', '.join(sorted(_KEYS))}")
    wanted = {*NewsKind, "late_apology", "expected"}
    if set(data["notices"]) != wanted:
        raise DossierDataError(f"{path}: notices: cần đúng các mục {', '.join(sorted(wanted))}")
    return FollowingTexts(**data)


def news(
    told: Told, record: DossierRecord, calendar: Calendar, texts: FollowingTexts, now: datetime
) -> tuple[list[News], Told]:
    """Return what to tell of `record`, and what its follower knows then; told once only."""
    due_on = in_vietnam(record.due_at).date() if record.due_at else None
    running = record.status.clock is ClockState.RUNNING
    late = running and judge(record, now) is Timeliness.RUNNING_LATE and told.late_for != due_on
    near = (
        running
        and not late
        and due_on not in (None, told.near_for, told.late_for)
        and judge(record, now) is Timeliness.RUNNING_ON_TIME
        and _is_near(in_vietnam(now).date(), due_on, calendar, texts.near_due_days)
    )
    apologised = len(record.apologies) > told.apologies
    kinds = {
        NewsKind.STATUS: record.status is not told.status,
        NewsKind.APOLOGY: apologised,
        NewsKind.DUE: running and due_on not in (None, told.due_on),
        NewsKind.NEAR: near,
        NewsKind.LATE: late,
    }
    said = [News(kind, _text(kind, record, texts)) for kind, is_new in kinds.items() if is_new]
    known = Told(
        status=record.status,
        due_on=due_on or told.due_on,
        apologies=max(len(record.apologies), told.apologies),
        near_for=due_on if near else told.near_for,
        late_for=due_on if late else told.late_for,
    )
    return said, known


def _is_near(today: date, due_on: date | None, calendar: Calendar, days: int) -> bool:
    if due_on is None:
        return False
    try:
        return calendar.working_days_between(today, due_on) <= days
    except MissingYearError:
        return (due_on - today).days <= days


def _text(kind: NewsKind, record: DossierRecord, texts: FollowingTexts) -> str:
    due = f"{in_vietnam(record.due_at):%d/%m/%Y}" if record.due_at else ""
    if record.due_provisional:
        due = texts.notices["expected"].format(due=due)
    name = "late_apology" if kind is NewsKind.LATE and record.apologies else str(kind)
    return texts.notices[name].format(
        code=record.code, status=record.status.label, meaning=record.status.meaning, due=due
    )
