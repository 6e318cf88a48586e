"""One lane a person: in order within a lane, lanes side by side."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

__all__ = ["Lanes"]

logger = logging.getLogger(__name__)

Serve = Callable[[str], Awaitable[None]]


class Lanes:
    """Calls `serve(person)` for whoever is woken, never twice at once for the same person."""

    def __init__(self, serve: Serve, places: int) -> None:
        """Take what serves a person until nothing of theirs is left, and how many at once."""
        self._serve = serve
        self._places = asyncio.Semaphore(places)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._closing = False

    def wake(self, person: str) -> None:
        """There is something for `person`."""
        if self._closing:
            return
        if person in self._running:
            self._again.add(person)
            return
        self._running[person] = asyncio.create_task(self._run(person))

    async def close(self) -> None:
        """Take nobody new and stop those being served; what they were at stays in the database."""
        self._closing = True
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _run(self, person: str) -> None:
        try:
            while True:
                self._again.discard(person)
                async with self._places:
                    await self._serve(person)
                if person not in self._again:
                    return
        except Exception:
            # The lane must not end the service: the database still has it, the next round tries.
            logger.exception("zalo.lane_failed person=%s", person[:8])
        finally:
            self._again.discard(person)
            del self._running[person]
