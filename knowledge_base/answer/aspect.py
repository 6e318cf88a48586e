"""What can be asked of a procedure."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Aspect"]


class Aspect(StrEnum):
    """The kinds of question, one intent each."""

    DOCUMENTS = "documents"
    FEE = "fee"
    TIME = "time"
    WHERE = "where"
    STEPS = "steps"
    FORM = "form"
    ELIGIBILITY = "eligibility"
    LEGAL_BASIS = "legal_basis"
    ONLINE = "online"
    RESULT = "result"
    OVERVIEW = "overview"
