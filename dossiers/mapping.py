"""Between records (values) and rows (tables); the names are the same on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from dossiers import model, record
from dossiers.proofs import Proofs
from dossiers.record import DossierRecord
from dossiers.status import Status

__all__ = ["PART_TABLES", "dossier_row", "part_rows", "record_from_rows"]

PART_TABLES: dict[str, type[model.DossierPart]] = {
    "steps": model.Step,
    "supplements": model.Supplement,
    "apologies": model.Apology,
    "payments": model.Payment,
    "deliveries": model.Delivery,
    "problems": model.DataError,
}
_PART_CLASSES: dict[str, type[Any]] = {
    "steps": record.Step,
    "supplements": record.Supplement,
    "apologies": record.Apology,
    "payments": record.Payment,
    "deliveries": record.Delivery,
    "problems": record.DataProblem,
}
_COLUMNS = tuple(
    field.name
    for field in fields(DossierRecord)
    if field.name not in PART_TABLES and field.name != "proofs"
)
# How a stored value becomes a value of the record, by name of the column.
_READ: dict[tuple[str, str], Any] = {
    ("dossier", "status"): Status,
    ("dossier", "channel"): record.FilingChannel,
    ("dossier", "due_unit"): record.TimeUnit,
    ("steps", "status"): Status,
    ("supplements", "items"): tuple,
    ("payments", "state"): record.PaymentState,
    ("deliveries", "mode"): record.FilingChannel,
    ("problems", "kind"): record.DataErrorKind,
}


def dossier_row(dossier: DossierRecord) -> dict[str, Any]:
    """Return the row of `dossiers` for a record."""
    row = {name: _plain(getattr(dossier, name)) for name in _COLUMNS}
    return row | {"pin_hash": dossier.proofs.pin, "phone_hash": dossier.proofs.phone}


def part_rows(dossier: DossierRecord, name: str) -> list[dict[str, Any]]:
    """Return the rows of one part («steps», «supplements»…) of a record."""
    return [
        {"dossier_code": dossier.code}
        | {field.name: _plain(getattr(part, field.name)) for field in fields(part)}
        for part in getattr(dossier, name)
    ]


def record_from_rows(row: RowMapping, parts: Mapping[str, Iterable[RowMapping]]) -> DossierRecord:
    """Return the record of one row of `dossiers` and the rows of its parts."""
    values = {name: _value("dossier", name, row[name]) for name in _COLUMNS}
    for name, cls in _PART_CLASSES.items():
        values[name] = tuple(
            cls(**{f.name: _value(name, f.name, part[f.name]) for f in fields(cls)})
            for part in parts.get(name, ())
        )
    return DossierRecord(**values, proofs=Proofs(row["pin_hash"], row["phone_hash"]))


def _plain(value: Any) -> Any:
    if isinstance(value, Status):
        return int(value)
    return list(value) if isinstance(value, tuple) else value


def _value(table: str, name: str, stored: Any) -> Any:
    read = _READ.get((table, name))
    return stored if read is None or stored is None else read(stored)
