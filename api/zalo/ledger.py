"""All access of the Zalo channel to the database: one transaction after the other, in a thread.

One thread keeps the event loop free and lets no two writers of this process wait for each other
in SQLite's way, which is slow and unfair.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

__all__ = ["Ledger"]

Result = TypeVar("Result")


class Ledger:
    """Runs pieces of work, each in a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """Take the database; its tables are there."""
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="zalo-ledger")

    async def run(self, work: Callable[[Session], Result]) -> Result:
        """Do `work`; what it changed is on disk when this returns, or nothing is.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database refused.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self.do, work)

    def do(self, work: Callable[[Session], Result]) -> Result:
        """Do `work` here and now."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            return work(session)

    def close(self) -> None:
        """Finish what was begun and stop the thread."""
        self._thread.shutdown()
