"""What every source of dossiers offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dossiers.record import DossierRecord

__all__ = ["DossierSource", "SourceRecord"]


@dataclass(frozen=True)
class SourceRecord:
    """A dossier as a source tells of it; `stale` where the source is down and this is older news.

    `as_of` is when the system that owns the dossier told what `record` says.
    """

    record: DossierRecord
    as_of: datetime
    stale: bool = False


class DossierSource(Protocol):
    """Finds a dossier by its code."""

    def find(self, code: str) -> SourceRecord | None:
        """Return the dossier with exactly this code; None where the source knows there is none.

        Raises:
            SourceError: the source gave no usable answer.
        """
        ...
