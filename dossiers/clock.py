"""Vietnamese time: the zone, and how a moment is brought to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

__all__ = ["VIETNAM", "Clock", "in_vietnam", "system_clock"]

# No daylight saving since 1975, so a fixed offset says the same without a zone database.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

Clock = Callable[[], datetime]
"""Gives the present moment; injected, so that tests set it."""


def system_clock() -> datetime:
    """Return the present moment in Vietnam."""
    return datetime.now(VIETNAM)


def in_vietnam(moment: datetime) -> datetime:
    """Return `moment` in Vietnamese time; a moment without a zone is taken to be in it."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=VIETNAM)
    return moment.astimezone(VIETNAM)
