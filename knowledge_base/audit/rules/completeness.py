"""A01: a mandatory part is missing (Nghị định 63/2010/NĐ-CP, articles 8.2 and 15).

The time limit (point đ) is left to A03, which tells its ways of being unclear apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_base.audit.finding import Fault, RuleId
from knowledge_base.procedure import Procedure

__all__ = ["MissingParts"]

_RAW = {
    "steps": "trinh_tu_thuc_hien",
    "channels": "cach_thuc_thuc_hien",
    "requirements": "thanh_phan_ho_so",
    "results": "ket_qua_xu_ly",
    "legal_basis": "can_cu_phap_ly",
}


class MissingParts:
    """Reports each mandatory part that a record has neither taken apart nor as raw text."""

    id = RuleId.A01

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield a fault for each part that is missing."""
        present = {
            "steps": bool(record.steps),
            "channels": bool(record.channels),
            "requirements": bool(record.requirements),
            "audience": bool(record.audience),
            "agencies": bool(record.agencies or record.offices),
            "results": bool(record.results),
            "legal_basis": bool(record.legal_basis),
        }
        for part, given in present.items():
            if not given and not record.raw.get(_RAW.get(part, ""), "").strip():
                yield Fault(part, part, "")
