"""When a message to a person is allowed: counted from when they were last heard of.

Free for 48 hours, paid until 7 days, refused after (error -230); then only approved templates.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

__all__ = ["Window", "window"]

_FREE = timedelta(hours=48)
_PAID = timedelta(days=7)


class Window(StrEnum):
    """What writing to a person costs now."""

    FREE = "free"
    PAID = "paid"
    CLOSED = "closed"


def window(last_inbound_at: datetime, now: datetime) -> Window:
    """Return the window of a person who was last heard of at `last_inbound_at`."""
    silence = now - last_inbound_at
    if silence <= _FREE:
        return Window.FREE
    return Window.PAID if silence <= _PAID else Window.CLOSED
