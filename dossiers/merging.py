"""Put what a source tells now together with what is known of a dossier already.

Nothing that was told is dropped: an older telling adds to the history, a field that the source
leaves out keeps its value, and what cannot be right is kept with a `DataProblem` beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeVar

from dossiers.proofs import Proofs
from dossiers.record import (
    Apology,
    DataErrorKind,
    DataProblem,
    Delivery,
    DossierRecord,
    Payment,
    Supplement,
)
from dossiers.status import Status

__all__ = ["checked", "illegal_move", "merge", "with_problem"]

PartT = TypeVar("PartT")

_PARTS = ("steps", "supplements", "apologies", "payments", "deliveries", "problems")
_APART = {*_PARTS, "code", "status", "status_at", "synced_at", "proofs", "due_provisional"}


def merge(known: DossierRecord, told: DossierRecord, now: datetime) -> DossierRecord:
    """Return `known` with what `told` adds; both have the same code.

    A telling older than what is known changes no field that has a value, only the history.
    """
    newer, older = (told, known) if told.synced_at >= known.synced_at else (known, told)
    merged = replace(newer, **_filled(newer, older), **_parts(known, told))
    if merged.status == known.status:
        # A source that cannot say since when tells a later moment each time.
        merged = replace(merged, status_at=min(known.status_at, told.status_at))
    if not known.status.may_lead_to(merged.status):
        merged = with_problem(
            merged, illegal_move(known.status, merged.status, told.source_system, now)
        )
    return checked(merged, now)


def checked(record: DossierRecord, now: datetime) -> DossierRecord:
    """Return `record` with a problem for each pair of its moments that is in the wrong order."""
    pairs = (
        ("ngày tiếp nhận", record.received_at, "ngày hẹn trả", record.due_at),
        ("ngày tiếp nhận", record.received_at, "ngày xử lý xong", record.finished_at),
        ("ngày tiếp nhận", record.received_at, "ngày trả kết quả", record.returned_at),
        ("ngày xử lý xong", record.finished_at, "ngày trả kết quả", record.returned_at),
    )
    for first_name, first, second_name, second in pairs:
        if first and second and second.date() < first.date():
            message = f"{second_name} ({second:%d/%m/%Y}) trước {first_name} ({first:%d/%m/%Y})"
            problem = DataProblem(
                now, DataErrorKind.WRONG_ORDER_OF_TIMES, message, record.source_system
            )
            record = with_problem(record, problem)
    return record


def illegal_move(known: Status, told: Status, source: str | None, now: datetime) -> DataProblem:
    """Return the problem of a status that could not follow the one before."""
    message = f"trạng thái chuyển từ «{known.label}» sang «{told.label}», trái quy trình"
    return DataProblem(now, DataErrorKind.ILLEGAL_TRANSITION, message, source)


def with_problem(record: DossierRecord, problem: DataProblem) -> DossierRecord:
    """Return `record` with `problem`, unless it says the same already."""
    if any((p.kind, p.message) == (problem.kind, problem.message) for p in record.problems):
        return record
    return replace(record, problems=(*record.problems, problem))


def _filled(newer: DossierRecord, older: DossierRecord) -> dict[str, Any]:
    """Values of `older` for the fields that `newer` leaves empty."""
    filled = {
        field.name: getattr(older, field.name)
        for field in fields(newer)
        if field.name not in _APART and getattr(newer, field.name) is None
    }
    # Whether the date is only expected belongs to the date, and goes with it.
    due_from = older if newer.due_at is None else newer
    filled["due_provisional"] = due_from.due_provisional
    filled["proofs"] = Proofs(
        pin=newer.proofs.pin or older.proofs.pin, phone=newer.proofs.phone or older.proofs.phone
    )
    return filled


def _parts(known: DossierRecord, told: DossierRecord) -> dict[str, Any]:
    return {
        "steps": _joined(known.steps, told.steps, lambda step: step),
        "supplements": _joined(known.supplements, told.supplements, _supplement_key),
        "apologies": _joined(known.apologies, told.apologies, _apology_key),
        "payments": _joined(known.payments, told.payments, _payment_key),
        "deliveries": _joined(known.deliveries, told.deliveries, _delivery_key),
        "problems": _joined(
            known.problems, told.problems, lambda problem: (problem.kind, problem.message)
        ),
    }


def _joined(
    known: Iterable[PartT], told: Iterable[PartT], key: Callable[[PartT], Hashable]
) -> tuple[PartT, ...]:
    joined = {key(part): part for part in known}
    joined |= {key(part): part for part in told}
    return tuple(joined.values())


def _supplement_key(part: Supplement) -> Hashable:
    return part.reference or part.asked_at


def _apology_key(part: Apology) -> Hashable:
    return part.seq


def _payment_key(part: Payment) -> Hashable:
    return part.fee_code or part.name, part.reference


def _delivery_key(part: Delivery) -> Hashable:
    return part.mode, part.tracking
