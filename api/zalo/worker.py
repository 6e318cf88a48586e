"""Works the inbox and the outbox off: one process at a time, one lane a person.

Whatever a process leaves undone when it dies, the next one finds in the database.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.zalo.inbox import Inbox, Waiting
from api.zalo.lanes import Lanes
from api.zalo.ledger import Ledger
from api.zalo.locks import CrossLock
from api.zalo.outbox import Outbox
from api.zalo.postman import Postman
from api.zalo.turns import Turn, Turns

__all__ = ["Worker"]

logger = logging.getLogger(__name__)

_ROUND_SECONDS = 1.0
_BOT_AWAY_SECONDS = 2.0
_MOST_FAILURES = 5
_LANES = 200
Upkeep = tuple[float, Callable[[], Awaitable[None]]]


class Worker:
    """Answers what came in and sends what is to go out, until closed."""

    def __init__(
        self,
        ledger: Ledger,
        inbox: Inbox,
        outbox: Outbox,
        turns: Turns,
        postman: Postman,
        lock: CrossLock,
        upkeep: Sequence[Upkeep] = (),
    ) -> None:
        """Take the queues, who answers, who sends, and what to do every so many seconds."""
        self._ledger, self._inbox, self._outbox = ledger, inbox, outbox
        self._turns, self._lock, self._upkeep = turns, lock, upkeep
        self._answering = Lanes(self._answer, _LANES)
        self._sending = Lanes(postman.serve, _LANES)
        self._leads = False

    def wake(self, person_key: str) -> None:
        """Something came in from this person."""
        if self._leads:
            self._answering.wake(person_key)

    async def run(self) -> None:
        """Wait until no other process does this, then do it until cancelled."""
        try:
            while not self._lock.acquire(0):
                await asyncio.sleep(_ROUND_SECONDS)
            while True:
                try:
                    await self._lead()
                except SQLAlchemyError:
                    logger.exception("zalo.start_failed")
                    await asyncio.sleep(_ROUND_SECONDS)
        finally:
            self._leads = False
            await asyncio.gather(self._answering.close(), self._sending.close())
            self._lock.release()

    async def _lead(self) -> None:
        unsure = await self._ledger.run(self._outbox.recover)
        if unsure:
            logger.warning("zalo.unsure_after_start count=%s", unsure)
        self._leads = True
        upkeep = [asyncio.create_task(_repeat(*one)) for one in self._upkeep]
        try:
            while True:
                await self._round()
                await asyncio.sleep(_ROUND_SECONDS)
        finally:
            for task in upkeep:
                task.cancel()
            await asyncio.gather(*upkeep, return_exceptions=True)

    async def _round(self) -> None:
        """Wake everybody who has something waiting, also what other processes put there."""
        try:
            inbound, outbound = await self._ledger.run(self._waiting)
        except SQLAlchemyError:
            logger.exception("zalo.round_failed")
            return
        for person in inbound:
            self._answering.wake(person)
        for person in outbound:
            self._sending.wake(person)

    def _waiting(self, session: Session) -> tuple[list[str], list[str]]:
        return self._inbox.people_waiting(session), self._outbox.people_waiting(session)

    async def _answer(self, person_key: str) -> None:
        """Answer a person's messages until none is due."""
        message = await self._ledger.run(lambda s: self._inbox.next(s, person_key))
        while message is not None:
            message = await self._answer_one(message)

    async def _answer_one(self, message: Waiting) -> Waiting | None:
        """Answer one message; return the next of the same person."""
        try:
            turn = await self._turns.take(message)
        except Exception:
            # The one boundary of a turn: whatever went wrong, the message is not lost.
            logger.exception("zalo.turn_failed attempt=%s", message.attempts)
            turn = None if message.attempts < _MOST_FAILURES else self._turns.failed()
        following = await self._ledger.run(lambda s: self._finish(s, message, turn))
        if turn is not None and turn.parts:
            self._sending.wake(message.person_key)
        return following

    def _finish(self, session: Session, message: Waiting, turn: Turn | None) -> Waiting | None:
        """Note the answer, queue it, and take the next message: all of it or nothing."""
        if turn is None:
            self._inbox.postpone(session, message, _BOT_AWAY_SECONDS * message.attempts)
            return None
        if turn.forgets:
            self._inbox.forget_person(session, message.person_key)
            return None
        self._inbox.done(session, message, turn.on_offer)
        self._outbox.queue(session, message.person_key, message.key, turn.parts)
        return self._inbox.next(session, message.person_key)


async def _repeat(seconds: float, task: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await task()
        except Exception:
            logger.exception("zalo.upkeep_failed")
        await asyncio.sleep(seconds)
