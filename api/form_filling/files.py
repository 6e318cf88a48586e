"""Finished files, to be fetched once: in memory, a few minutes, under addresses nobody guesses."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

__all__ = ["FILE_PATH", "FinishedFile", "FinishedFiles"]

FILE_PATH = "/tep/{token}"


@dataclass(frozen=True, repr=False)
class FinishedFile:
    """A file as it is handed out. Its name says which form it is, and nothing of the person."""

    name: str
    media_type: str
    content: bytes


class FinishedFiles:
    """Keeps files until they are fetched or their minutes are over; when full the oldest go."""

    def __init__(self, now: Callable[[], datetime], *, minutes: int = 10, most: int = 200) -> None:
        """Take a clock, the minutes a file is kept, and how many there may be."""
        self._now = now
        self._most = most
        self._files: OrderedDict[str, tuple[datetime, FinishedFile]] = OrderedDict()
        self.minutes = minutes

    def __len__(self) -> int:
        return len(self._files)

    def put(self, file: FinishedFile) -> str:
        """Keep a file and return the address it can be fetched from, once."""
        self.forget_old()
        while len(self._files) >= self._most:
            self._files.popitem(last=False)
        token = secrets.token_urlsafe(24)
        self._files[token] = (self._now() + timedelta(minutes=self.minutes), file)
        return FILE_PATH.format(token=token)

    def take(self, address: str) -> FinishedFile | None:
        """The file of an address, which is then forgotten; None where there is none any more."""
        self.forget_old()
        found = self._files.pop(address.rpartition("/")[2], None)
        return found[1] if found else None

    def forget_old(self) -> None:
        """Drop what nobody fetched in time."""
        now = self._now()
        for token in [token for token, (until, _) in self._files.items() if until <= now]:
            del self._files[token]
