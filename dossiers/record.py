"""A dossier as values: what importers make, the registry keeps and sources answer with.

It has no field for a name, a phone, an address or an identity number of a citizen
(Luật 91/2025/QH15: only what the purpose needs). All moments are in Vietnamese time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dossiers.proofs import Proofs
from dossiers.status import Status

__all__ = [
    "Apology",
    "DataErrorKind",
    "DataProblem",
    "Delivery",
    "DossierRecord",
    "FilingChannel",
    "Payment",
    "PaymentState",
    "Step",
    "Supplement",
    "TimeUnit",
]


class FilingChannel(StrEnum):
    """Kênh thực hiện: how the dossier was filed."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"


class TimeUnit(StrEnum):
    """Unit of a time limit; a limit published without a unit has none."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    MONTH = "month"


class PaymentState(StrEnum):
    """Whether a fee is paid; older systems do not tell."""

    UNKNOWN = "unknown"
    DUE = "due"
    PAID = "paid"


class DataErrorKind(StrEnum):
    """What is wrong with what a system told of a dossier."""

    ILLEGAL_TRANSITION = "illegal_transition"
    WRONG_ORDER_OF_TIMES = "wrong_order_of_times"


@dataclass(frozen=True)
class Step:
    """One step of handling: when, which unit, what; `text` is an officer's and not for all."""

    at: datetime
    unit: str | None = None
    text: str | None = None
    status: Status | None = None
    due_by: datetime | None = None


@dataclass(frozen=True)
class Supplement:
    """One request to add papers (Mẫu 02, Thông tư 03/2025/TT-VPCP)."""

    asked_at: datetime
    asked_by: str | None = None
    items: tuple[str, ...] = ()
    answered_at: datetime | None = None
    due_before: datetime | None = None
    due_after: datetime | None = None
    reference: str | None = None


@dataclass(frozen=True)
class Apology:
    """One written apology with reason and new date (Mẫu 04, Thông tư 03/2025/TT-VPCP)."""

    issued_at: datetime
    issuer: str | None = None
    reason: str | None = None
    due_before: datetime | None = None
    due_after: datetime | None = None
    seq: int = 1


@dataclass(frozen=True)
class Payment:
    """One fee, in đồng."""

    name: str
    amount: int
    state: PaymentState = PaymentState.UNKNOWN
    fee_code: str | None = None
    reference: str | None = None


@dataclass(frozen=True)
class Delivery:
    """One hand-over of the result: at the counter, by post, or online."""

    mode: FilingChannel
    at: datetime | None = None
    tracking: str | None = None


@dataclass(frozen=True)
class DataProblem:
    """Something a system told of a dossier that cannot be right; kept for the officer."""

    found_at: datetime
    kind: DataErrorKind
    message: str
    source: str | None = None


@dataclass(frozen=True)
class DossierRecord:
    """One dossier with its history.

    Three agencies are kept apart: where the citizen was helped, where the dossier was received,
    who decides. `synced_at` is when the system that owns the dossier last told of it.
    """

    code: str
    status: Status
    status_at: datetime
    synced_at: datetime
    source_system: str
    received_at: datetime | None = None
    due_at: datetime | None = None
    due_quantity: float | None = None
    due_unit: TimeUnit | None = None
    due_provisional: bool = False
    calendar_version: str | None = None
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    code_raw: str | None = None
    procedure_code: str | None = None
    procedure_name: str | None = None
    procedure_version: str | None = None
    field_code: str | None = None
    field_name: str | None = None
    agency_helping: str | None = None
    agency_receiving: str | None = None
    agency_deciding: str | None = None
    channel: FilingChannel | None = None
    collect_at: str | None = None
    steps: tuple[Step, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    apologies: tuple[Apology, ...] = ()
    payments: tuple[Payment, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    problems: tuple[DataProblem, ...] = ()
    proofs: Proofs = field(default=Proofs(), repr=False)
