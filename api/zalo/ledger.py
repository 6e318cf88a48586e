"""All access of the Zalo channel to the database: pieces of work, committed together.

A commit waits for the disk (10 ms and more), so work that comes in meanwhile is done in the next
transaction all at once, each piece under a savepoint of its own. One thread does it: the event
loop stays free, and no two writers of this process wait for each other in SQLite's unfair way.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from sqlalchemy import Engine
from sqlalchemy.orm import Session

__all__ = ["Ledger"]

Result = TypeVar("Result")
_MOST_AT_ONCE = 64


@dataclass
class _Piece:
    """One piece of work and what came of it."""

    work: Callable[[Session], Any]
    done: Future[Any] = field(default_factory=Future)
    result: Any = None
    error: Exception | None = None


class Ledger:
    """Does pieces of work on the database; each wholly or not at all."""

    def __init__(self, engine: Engine) -> None:
        """Take the database; its tables are there."""
        self._engine = engine
        self._urgent: deque[_Piece] = deque()
        self._waiting: deque[_Piece] = deque()
        self._change = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="zalo-ledger", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[Session], Result], *, urgent: bool = False) -> Result:
        """Do `work`; what it changed is on disk when this returns. `urgent` work goes first.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database refused; nothing was changed.
        """
        piece = _Piece(work)
        with self._change:
            (self._urgent if urgent else self._waiting).append(piece)
            self._change.notify()
        return cast("Result", await asyncio.wrap_future(piece.done))

    def close(self) -> None:
        """Finish what was begun and stop the thread."""
        with self._change:
            self._closed = True
            self._change.notify()
        self._thread.join()

    def _serve(self) -> None:
        while pieces := self._take():
            try:
                self._commit(pieces)
            except Exception as error:
                for piece in pieces:
                    piece.error = piece.error or error
            for piece in pieces:
                _tell(piece)

    def _take(self) -> list[_Piece]:
        """The next pieces, urgent ones first; none once closed."""
        with self._change:
            while not (self._urgent or self._waiting or self._closed):
                self._change.wait()
            pieces: list[_Piece] = []
            for queue in (self._urgent, self._waiting):
                while queue and len(pieces) < _MOST_AT_ONCE:
                    pieces.append(queue.popleft())
            return pieces

    def _commit(self, pieces: list[_Piece]) -> None:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            if self._engine.dialect.name == "sqlite":
                # The driver would begin only at the first change, and a savepoint needs it before.
                session.connection().exec_driver_sql("BEGIN IMMEDIATE")
            for piece in pieces:
                try:
                    with session.begin_nested() if len(pieces) > 1 else nullcontext():
                        piece.result = piece.work(session)
                except Exception as error:
                    if len(pieces) == 1:
                        raise
                    piece.error = error
                session.flush()
                session.expunge_all()


def _tell(piece: _Piece) -> None:
    """Hand over the result, unless nobody waits for it any more."""
    if not piece.done.set_running_or_notify_cancel():
        return
    if piece.error is not None:
        piece.done.set_exception(piece.error)
    else:
        piece.done.set_result(piece.result)
