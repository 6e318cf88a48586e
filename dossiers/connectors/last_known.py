"""When another system is down, tell what it last told, and say of when that is."""

from __future__ import annotations

from collections.abc import Sequence

from dossiers.connectors.source import DossierSource, SourceRecord
from dossiers.errors import SourceError, SourceRefusedError, SourceUnavailableError
from dossiers.registry import Registry

__all__ = ["FirstOf", "LastKnown"]


class LastKnown:
    """Remembers in the registry what a source tells, and answers from there while it is down."""

    def __init__(self, source: DossierSource, registry: Registry) -> None:
        self._source = source
        self._registry = registry

    def find(self, code: str) -> SourceRecord | None:
        """Return what the source tells now, or told last; then `stale` is True.

        Raises:
            SourceError: the source gave no usable answer, and never told of this code.
        """
        try:
            found = self._source.find(code)
        except (SourceUnavailableError, SourceRefusedError):
            known = self._registry.get(code)
            if known is None:
                raise
            return SourceRecord(known, known.synced_at, stale=True)
        if found is None:
            return None
        known = self._registry.save(found.record)
        return SourceRecord(known, found.as_of, found.stale)


class FirstOf:
    """Asks several sources in their order, and answers with the first that knows the code."""

    def __init__(self, sources: Sequence[DossierSource]) -> None:
        self._sources = sources

    def find(self, code: str) -> SourceRecord | None:
        """Return the first answer; «there is none» counts only if every source could be asked.

        Raises:
            SourceError: no source knows the code, and one could not be asked.
        """
        failure: SourceError | None = None
        for source in self._sources:
            try:
                found = source.find(code)
            except SourceError as error:
                failure = error
                continue
            if found is not None:
                return found
        if failure is not None:
            raise failure
        return None
