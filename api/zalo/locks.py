"""Locks between processes: who works off the queues, who refreshes the tokens.

With PostgreSQL the lock is one of the database, so that machines share it; with SQLite there is
one machine and a locked file does. Both are let go by the system when the process dies.
"""

from __future__ import annotations

import time
import zlib
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text

__all__ = ["CrossLock"]

_POLL_SECONDS = 0.1


class CrossLock:
    """A lock by name, the same for every process of one installation. It blocks: use a thread."""

    def __init__(self, name: str, folder: Path, engine: Engine) -> None:
        """Take the name, the folder for lock files, and the database."""
        self._number = zlib.crc32(f"motcua {name}".encode())
        self._engine = engine
        self._connection: Connection | None = None
        self._file: FileLock | None = None
        if engine.dialect.name != "postgresql":
            folder.mkdir(parents=True, exist_ok=True)
            self._file = FileLock(folder / f"{name}.lock", thread_local=False)

    def acquire(self, seconds: float) -> bool:
        """Try for so many seconds; tell whether the lock is held now."""
        if self._file is not None:
            try:
                self._file.acquire(timeout=seconds)
            except Timeout:
                return False
            return True
        return self._acquire_in_database(seconds)

    def release(self) -> None:
        """Let go of the lock."""
        if self._file is not None:
            self._file.release()
        if self._connection is not None:
            # The lock belongs to the session at the server: a pooled connection would keep it.
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def __enter__(self) -> CrossLock:
        self.acquire(float("inf"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def _acquire_in_database(self, seconds: float) -> bool:
        connection = self._engine.connect()
        end = time.monotonic() + seconds
        while not connection.scalar(
            text("SELECT pg_try_advisory_lock(:number)"), {"number": self._number}
        ):
            if time.monotonic() >= end:
                connection.close()
                return False
            time.sleep(_POLL_SECONDS)
        self._connection = connection
        return True
