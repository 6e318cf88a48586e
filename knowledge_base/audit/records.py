"""The records to audit: each as it was published, before the catalogue merges them."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.catalogue import read_imported
from knowledge_base.guidance import PROCEDURES_FOLDER, load_guidance_folder
from knowledge_base.procedure import Procedure, SourceKind

__all__ = ["read_records"]


def read_records(
    data_folder: Path, *, guidance_folder: Path = PROCEDURES_FOLDER
) -> tuple[list[Procedure], list[Procedure]]:
    """Return the records to audit, and those of imported official lists to compare them with.

    Raises:
        GuidanceError: a guidance file is wrong.
        ImportFileError: an imported file is damaged.
    """
    audited: list[Procedure] = list(load_guidance_folder(guidance_folder))
    local: list[Procedure] = []
    for path in sorted(data_folder.glob("*.jsonl.gz")):
        for record in read_imported(path):
            (local if record.source.kind is SourceKind.LIST else audited).append(record)
    return audited, local
