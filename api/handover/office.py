"""The desk that a citizen is sent to: its name, phone and hours, and whether it is open now."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time

from api.handover.texts import HandOverTexts
from api.settings import Settings
from dossiers.clock import in_vietnam
from dossiers.office_hours import OfficeHours
from knowledge_base.answer.blocks import Contact
from knowledge_base.calendar import Calendar, MissingYearError
from knowledge_base.text import fold, normalise

__all__ = ["Office", "office_contact", "read_hours"]

_ANY_DESK = "Bộ phận một cửa nơi bạn ở"
_CLOCK = r"(\d{1,2})\s*(?:gio(?:\s*(\d{2}))?|[:hg]\s*(\d{2})?)?"
_SESSION = re.compile(rf"{_CLOCK}\s*(?:-|–|—|den|toi)\s*{_CLOCK}")
# What may stand around the sessions; anything else (a Saturday, a day off) is not understood.
_AROUND = re.compile(
    r"(?:sang|chieu|tu|va|gio hanh chinh|gio lam viec|cac ngay lam viec|ngay lam viec"
    r"|thu (?:hai|2)\s*(?:-|–|den)\s*thu (?:sau|6)|t2\s*(?:-|–|den)\s*t6|hang tuan"
    r"|[\s,;:.()]|gio|h)*"
)


def office_contact(settings: Settings) -> Contact:
    """Whom to ask, from the settings; unset ones name the one-stop desk and no number."""
    return Contact(
        name=settings.office_name or settings.form_of_address(_ANY_DESK),
        phone=settings.office_phone or None,
        note=settings.office_hours or None,
    )


def read_hours(text: str) -> OfficeHours | None:
    """Read the sessions of a working day from «Sáng 7:30–11:30, chiều 13:00–17:00».

    None where anything in it is not understood: better no word on opening than a wrong one.
    """
    plain = fold(normalise(text))
    sessions = tuple(
        (_time(match[1], match[2] or match[3]), _time(match[4], match[5] or match[6]))
        for match in _SESSION.finditer(plain)
    )
    if not _AROUND.fullmatch(_SESSION.sub(" ", plain)):
        return None
    known = [(first, last) for first, last in sessions if first is not None and last is not None]
    try:
        return OfficeHours(tuple(known)) if known and len(known) == len(sessions) else None
    except ValueError:
        return None


class Office:
    """Says whether the desk is open, where its hours and the calendar are known."""

    def __init__(
        self,
        hours_text: str,
        calendar: Calendar,
        texts: HandOverTexts,
        now: Callable[[], datetime],
    ) -> None:
        """Take the hours as the setting has them, the calendar, the words and a clock."""
        self._hours = read_hours(hours_text)
        self._calendar = calendar
        self._texts = texts
        self._now = now

    def opening(self) -> str | None:
        """Return a sentence on whether the desk is open now, or when it opens; None if unknown."""
        if self._hours is None:
            return None
        try:
            now = in_vietnam(self._now())
            opens = self._hours.next_opening(now, self._calendar)
            if self._calendar.provisional(opens.date()):
                return None
        except MissingYearError:
            return None
        if opens == now:
            return self._texts.open_now
        return self._texts.opens_next.format(
            time=f"{opens:%H:%M}",
            weekday=self._texts.weekdays[opens.weekday()],
            day=f"{opens:%d/%m/%Y}",
        )


def _time(hours: str, minutes: str | None) -> time | None:
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        return None
