"""The project's own registry as a source."""

from __future__ import annotations

from dossiers.connectors.source import SourceRecord
from dossiers.registry import Registry

__all__ = ["RegistrySource"]


class RegistrySource:
    """Finds dossiers in the registry; what it tells is as old as the last synchronisation."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def find(self, code: str) -> SourceRecord | None:
        """Return the dossier of the registry with this code, or None."""
        record = self._registry.get(code)
        return SourceRecord(record, record.synced_at) if record else None
