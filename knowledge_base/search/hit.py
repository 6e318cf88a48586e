"""A procedure found by a search, with what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.procedure import Procedure

__all__ = ["FEATURES", "Hit"]

FEATURES = (
    "topic_words",
    "body_words",
    "name_meaning",
    "question_meaning",
    "guidance",
    "level",
    "person",
)
"""The evidence for a procedure, each between 0 and 1 (priors between -1 and 1)."""


@dataclass(frozen=True)
class Hit:
    """A procedure, its fused score, and the evidence by feature."""

    procedure: Procedure
    score: float
    evidence: dict[str, float]
