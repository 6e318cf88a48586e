"""What may be shown of a dossier, by what the caller has proved.

A view is made from a record field by field: what is not copied here cannot be shown. Names,
phones, addresses and identity numbers are not in the record to begin with.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from dossiers.connectors.source import SourceRecord
from dossiers.proofs import Proofs
from dossiers.record import Apology, Delivery, DossierRecord, Payment, Supplement
from dossiers.sensitive import SensitiveProcedures
from dossiers.status import ClockState, Status
from dossiers.timeliness import Timeliness, judge

__all__ = ["DossierView", "StepView", "Tier", "make_view"]


class Tier(IntEnum):
    """What the caller has proved."""

    CODE = 1
    PROOF = 2
    OFFICER = 3


@dataclass(frozen=True)
class StepView:
    """One step without the officer's words."""

    at: datetime
    unit: str | None
    status: Status | None


@dataclass(frozen=True)
class DossierView:
    """What a caller of `tier` may see; what the tier may not see is empty.

    `field_name` is empty also for a sensitive procedure below the tier of proof. `is_named` says
    whether the procedure may be named at all, so that «không rõ» is not said of what is hidden.
    """

    tier: Tier
    code: str
    status: Status
    has_apology: bool
    updated_at: datetime
    is_stale: bool
    source: str
    is_named: bool
    field_name: str | None = None
    due_at: datetime | None = None
    due_provisional: bool = False
    timeliness: Timeliness | None = None
    procedure_code: str | None = None
    procedure_name: str | None = None
    received_at: datetime | None = None
    status_at: datetime | None = None
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    agency_receiving: str | None = None
    agency_deciding: str | None = None
    collect_at: str | None = None
    steps: tuple[StepView, ...] = ()
    supplement: Supplement | None = None
    apology: Apology | None = None
    payments: tuple[Payment, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    record: DossierRecord | None = None


def make_view(
    found: SourceRecord, tier: Tier, sensitive: SensitiveProcedures, now: datetime
) -> DossierView:
    """Return what a caller of `tier` may see of `found`."""
    view = _code_view(found, sensitive, now)
    if tier >= Tier.PROOF:
        view = _proof_view(view, found.record, now)
    if tier >= Tier.OFFICER:
        view = replace(view, tier=Tier.OFFICER, record=replace(found.record, proofs=Proofs()))
    return view


def _code_view(found: SourceRecord, sensitive: SensitiveProcedures, now: datetime) -> DossierView:
    record = found.record
    hidden = sensitive.covers(
        code=record.procedure_code, name=record.procedure_name, field=record.field_name
    )
    stopped = record.status.clock is ClockState.STOPPED
    return DossierView(
        tier=Tier.CODE,
        code=record.code,
        status=record.status,
        has_apology=bool(record.apologies),
        updated_at=found.as_of,
        is_stale=found.stale,
        source=record.source_system,
        is_named=False,
        field_name=None if hidden else record.field_name,
        due_at=record.due_at,
        due_provisional=record.due_provisional,
        # How it ended would tell when it ended, which the code alone does not open.
        timeliness=None if stopped else judge(record, now),
    )


def _proof_view(view: DossierView, record: DossierRecord, now: datetime) -> DossierView:
    return replace(
        view,
        tier=Tier.PROOF,
        is_named=True,
        field_name=record.field_name,
        timeliness=judge(record, now),
        procedure_code=record.procedure_code,
        procedure_name=record.procedure_name,
        received_at=record.received_at,
        status_at=record.status_at,
        finished_at=record.finished_at,
        returned_at=record.returned_at,
        agency_receiving=record.agency_receiving,
        agency_deciding=record.agency_deciding,
        collect_at=record.collect_at,
        steps=tuple(StepView(step.at, step.unit, step.status) for step in record.steps),
        supplement=_open_supplement(record),
        apology=record.apologies[-1] if record.apologies else None,
        payments=record.payments,
        deliveries=record.deliveries,
    )


def _open_supplement(record: DossierRecord) -> Supplement | None:
    """Return the latest request for papers that was not answered."""
    unanswered = [part for part in record.supplements if part.answered_at is None]
    return max(unanswered, key=lambda part: part.asked_at, default=None)
