"""Import a file, or what a system sends, into the registry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from dossiers.errors import FieldFault, UnknownDossierError
from dossiers.importers.national import (
    NOT_STORED,
    STORED,
    StepUpdate,
    dossier_from_national,
    is_national_dossier,
    is_national_step,
    step_from_national,
)
from dossiers.importers.report import ImportProblem, ImportReport
from dossiers.importers.rows import Accepted, Headers, load_headers, record_from_row
from dossiers.importers.tables import Row, read_rows
from dossiers.proofs import ProofHasher
from dossiers.record import DossierRecord
from dossiers.registry import Registry

__all__ = ["DossierImporter"]

_CHUNK = 1000


class DossierImporter:
    """Imports dossiers; what is refused is in the report, and nothing else is lost."""

    def __init__(
        self, registry: Registry, hasher: ProofHasher, *, headers: Headers | None = None
    ) -> None:
        self._registry = registry
        self._hasher = hasher
        self._headers = headers or load_headers()

    def import_file(self, path: Path, *, source: str, as_of: datetime) -> ImportReport:
        """Import a .csv, .xlsx or .json file.

        Args:
            path: the file.
            source: the name of the system it comes from, as citizens will read it.
            as_of: when that system wrote the file («cập nhật lúc»).

        Raises:
            ImportRefusedError: the file cannot be read, or not to its end; rows before that place
                may be in the registry already, and importing the mended file does no harm.
        """
        rows, file = read_rows(path), path.name
        report = ImportReport()
        for chunk in _chunks(rows):
            read = list(self._read(chunk, report, file, source, as_of))
            dossiers = [self._hashed(told) for _, told in read if isinstance(told, Accepted)]
            counts = self._registry.import_records(dossiers)
            report.counts.add(counts)
            for place, update in read:
                if isinstance(update, StepUpdate):
                    self._record_step(update, source, place, file, report)
        return report

    def _read(
        self, rows: Iterable[Row], report: ImportReport, file: str, source: str, as_of: datetime
    ) -> Iterator[tuple[str, Accepted | StepUpdate]]:
        """Yield what was read of each row with its place; a row with a fault is reported."""
        for row in rows:
            try:
                accepted = self._read_row(row.values, source, as_of)
            except FieldFault as fault:
                report.refused += 1
                report.problems.append(ImportProblem(file, row.place, fault.field, fault.expected))
                continue
            report.accepted += 1
            self._note_left_out(row.values, report)
            for warning in accepted.warnings if isinstance(accepted, Accepted) else ():
                report.problems.append(
                    ImportProblem(file, row.place, warning.field, warning.expected, True)
                )
            yield row.place, accepted

    def _read_row(
        self, values: Mapping[str, Any], source: str, as_of: datetime
    ) -> Accepted | StepUpdate:
        if is_national_step(values):
            return step_from_national(values)
        if is_national_dossier(values):
            return dossier_from_national(values, source=source, as_of=as_of)
        return record_from_row(values, self._headers, source=source, as_of=as_of)

    def _note_left_out(self, values: Mapping[str, Any], report: ImportReport) -> None:
        national = is_national_dossier(values) or is_national_step(values)
        for name, value in values.items():
            if value in (None, "", []):
                continue
            if self._headers.is_personal(name) or (national and name in NOT_STORED):
                report.dropped[name] += 1
            elif name not in STORED if national else self._headers.field(name) is None:
                report.ignored.add(name)

    def _hashed(self, accepted: Accepted) -> DossierRecord:
        """Return the record with the hashes of its secrets; the secrets themselves end here."""
        code = accepted.record.code
        proofs = self._hasher.proofs(code, pin=accepted.pin, phone=accepted.phone)
        return replace(accepted.record, proofs=proofs)

    def _record_step(
        self, update: StepUpdate, source: str, place: str, file: str, report: ImportReport
    ) -> None:
        step = update.step
        try:
            change = self._registry.record_step(update.code, step, source=source)
        except UnknownDossierError as error:
            report.accepted -= 1
            report.refused += 1
            report.problems.append(ImportProblem(file, place, "MaHoSo", str(error)))
            return
        report.counts.changed += 1
        if change.problem:
            report.problems.append(
                ImportProblem(file, place, "TrangThai", change.problem.message, True)
            )


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk
