"""Looks at the dossiers that are followed, every so many minutes, while the application runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from dossiers.desk import DossierDesk

__all__ = ["telling"]

logger = logging.getLogger(__name__)


@asynccontextmanager
async def telling(
    open_desk: Callable[[], Awaitable[DossierDesk]],
    minutes: float,
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[None]:
    """Make rounds in the background while this context is open; with 0 minutes there are none.

    The channels send what a round queues (`dossiers.notices`). A round that fails is logged, and
    the next one comes all the same.
    """
    if minutes <= 0:
        yield
        return
    rounds = asyncio.create_task(_rounds(open_desk, minutes * 60, sleep))
    try:
        yield
    finally:
        rounds.cancel()
        with suppress(asyncio.CancelledError):
            await rounds


async def _rounds(
    open_desk: Callable[[], Awaitable[DossierDesk]],
    seconds: float,
    sleep: Callable[[float], Awaitable[None]],
) -> None:
    while True:
        await sleep(seconds)
        try:
            desk = await open_desk()
            made = await asyncio.to_thread(desk.notices.collect)
            await asyncio.to_thread(desk.followings.forget_old)
            logger.info("notices.round made=%d", made)
        except Exception:
            logger.exception("notices.round_failed")
