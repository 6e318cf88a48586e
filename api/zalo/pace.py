"""How fast Zalo may be called: evenly, with a small burst, slower when Zalo says so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

__all__ = ["Pace"]

_BURST_SECONDS = 6.0


class Pace:
    """Hands out turns: so many a minute, a tenth of a minute's turns may come at once."""

    def __init__(
        self,
        per_minute: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take the number of calls a minute; `clock` and `sleep` are for tests."""
        self._interval = 60.0 / per_minute
        self._clock = clock
        self._sleep = sleep
        self._next = clock() - _BURST_SECONDS
        self._closed_until = self._next

    async def turn(self) -> None:
        """Wait for the next turn."""
        now = self._clock()
        moment = max(self._next, now - _BURST_SECONDS, self._closed_until)
        self._next = moment + self._interval
        if moment > now:
            await self._sleep(moment - now)
        while (left := self._closed_until - self._clock()) > 0:
            await self._sleep(left)

    def pause(self, seconds: float) -> None:
        """Give out no turn for so many seconds from now."""
        self._closed_until = max(self._closed_until, self._clock() + seconds)
