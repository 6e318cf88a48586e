"""Slips to print for reference: what the forms 01, 02, 04 and 06 of a dossier say.

Phụ lục I, Thông tư 03/2025/TT-VPCP, as far as the dossier's data reach; what is not kept here (the
citizen's name, the reasons in full) is left to the paper that the agency issued. The layout is our
own and every slip says that it is no official paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from dossiers.clock import in_vietnam
from dossiers.errors import DossierDataError, SlipUnavailableError
from dossiers.record import Step
from dossiers.view import DossierView, Tier

__all__ = ["SLIPS_FILE", "Slip", "SlipKind", "SlipPrinter", "load_slips", "slips_for"]

SLIPS_FILE = Path(__file__).parent / "slips.yml"


class SlipKind(StrEnum):
    """The slips there are."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    APOLOGY = "apology"
    CONTROL = "control"


@dataclass(frozen=True)
class Slip:
    """One slip: rows of label and value, and for the control sheet a table."""

    kind: SlipKind
    title: str
    mark: str
    mark_explained: str
    rows: tuple[tuple[str, str], ...]
    columns: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()


def slips_for(view: DossierView) -> tuple[SlipKind, ...]:
    """Return the slips that there is something to print on, for the tier of `view`."""
    is_there = {
        SlipKind.RECEIPT: view.tier >= Tier.PROOF and view.received_at is not None,
        SlipKind.SUPPLEMENT: view.supplement is not None,
        SlipKind.APOLOGY: view.apology is not None,
        SlipKind.CONTROL: view.record is not None and bool(view.record.steps),
    }
    return tuple(kind for kind, there in is_there.items() if there)


def load_slips(path: Path = SLIPS_FILE) -> SlipPrinter:
    """Read the words of the slips.

    Raises:
        DossierDataError: a slip is missing.
    """
    data = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(data, dict) or set(data.get("slips", ())) != set(SlipKind):
        raise DossierDataError(f"{path}: slips: cần đúng các phiếu {', '.join(SlipKind)}")
    return SlipPrinter(data)


class SlipPrinter:
    """Fills slips in."""

    def __init__(self, texts: dict[str, Any]) -> None:
        self._texts = texts

    def name(self, kind: SlipKind) -> str:
        """The short name of a slip, for a button."""
        return str(self._texts["slips"][kind]["short"])

    def make(self, kind: SlipKind, view: DossierView) -> Slip:
        """Fill the slip `kind` in with what `view` may show.

        Raises:
            SlipUnavailableError: there is nothing to print on it, or the tier does not reach.
        """
        if kind not in slips_for(view):
            raise SlipUnavailableError(f"{self.name(kind)}: chưa có dữ liệu để in")
        head = self._texts["slips"][kind]
        parts = {
            SlipKind.RECEIPT: self._receipt,
            SlipKind.SUPPLEMENT: self._supplement,
            SlipKind.APOLOGY: self._apology,
            SlipKind.CONTROL: self._control,
        }
        age = self._texts["source"].format(moment=_moment(view.updated_at), source=view.source)
        return Slip(
            kind=kind,
            title=head["title"],
            mark=self._texts["mark"],
            mark_explained=self._texts["mark_explained"],
            rows=tuple(
                (self._texts["labels"][name], value or self._texts["blank"])
                for name, value in parts[kind](view)
            ),
            columns=tuple(self._texts["columns"]) if kind is SlipKind.CONTROL else (),
            table=self._hand_overs(view) if kind is SlipKind.CONTROL else (),
            notes=(age, self._texts["basis"].format(number=head["number"])),
        )

    def _receipt(self, view: DossierView) -> list[tuple[str, str | None]]:
        fees = "; ".join(
            f"{payment.name}: {payment.amount:,} đồng".replace(",", ".")
            for payment in view.payments
        )
        return [
            ("code", view.code),
            ("receiving", view.agency_receiving),
            ("applicant", None),
            ("procedure", _procedure(view)),
            ("components", None),
            ("received", _moment(view.received_at)),
            ("due", self._due(view)),
            ("collect", view.collect_at),
            ("fees", fees or None),
        ]

    def _supplement(self, view: DossierView) -> list[tuple[str, str | None]]:
        asked = view.supplement
        assert asked is not None  # `slips_for` saw to that
        items: list[tuple[str, str | None]] = [("item", item) for item in asked.items]
        return [
            ("code", view.code),
            ("procedure", _procedure(view)),
            ("asked", _moment(asked.asked_at)),
            ("asked_by", asked.asked_by),
            *(items or [("item", None)]),
            ("why", None),
            ("due_before", _moment(asked.due_before or view.due_at)),
        ]

    def _apology(self, view: DossierView) -> list[tuple[str, str | None]]:
        apology = view.apology
        assert apology is not None  # `slips_for` saw to that
        return [
            ("code", view.code),
            ("procedure", _procedure(view)),
            ("received", _moment(view.received_at)),
            ("issuer", apology.issuer or view.agency_deciding),
            ("issued", _moment(apology.issued_at)),
            ("due_before", _moment(apology.due_before)),
            ("reason", apology.reason),
            ("due_after", _moment(apology.due_after)),
        ]

    def _control(self, view: DossierView) -> list[tuple[str, str | None]]:
        return [
            ("code", view.code),
            ("procedure", _procedure(view)),
            ("receiving", view.agency_receiving),
            ("deciding", view.agency_deciding),
            ("received", _moment(view.received_at)),
            ("due", self._due(view)),
            ("status", view.status.label),
        ]

    def _hand_overs(self, view: DossierView) -> tuple[tuple[str, ...], ...]:
        """A row for each step: who gave, who took, when, how the giver kept to its time."""
        assert view.record is not None  # `slips_for` saw to that
        steps = sorted(view.record.steps, key=lambda step: step.at)
        rows, giver, due_by = [], str(self._texts["giver"]), None
        for step in steps:
            taker = step.unit or giver
            note = step.status.label if step.status else step.text or ""
            rows.append((giver, taker, _moment(step.at) or "", self._result(step, due_by), note))
            giver, due_by = taker, step.due_by
        return tuple(rows)

    def _result(self, step: Step, due_by: datetime | None) -> str:
        if due_by is None:
            return ""
        day, due_day = in_vietnam(step.at).date(), in_vietnam(due_by).date()
        name = "early" if day < due_day else "on_time" if day == due_day else "late"
        return str(self._texts["results"][name])

    def _due(self, view: DossierView) -> str | None:
        due = _moment(view.due_at)
        if due and view.due_provisional:
            return str(self._texts["expected"]).format(due=due)
        return due


def _procedure(view: DossierView) -> str | None:
    if view.procedure_name and view.procedure_code:
        return f"{view.procedure_name} ({view.procedure_code})"
    return view.procedure_name


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else f"{in_vietnam(moment):%H:%M ngày %d/%m/%Y}"
