"""Decide what to do with what was found: answer, ask back, or say that nothing fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge_base.search.config import DecisionThresholds
from knowledge_base.search.hit import Hit

__all__ = ["Decision", "Verdict", "decide"]


class Verdict(StrEnum):
    """What the search says about a message."""

    ANSWER = "answer"
    ASK_BACK = "ask_back"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Decision:
    """The verdict and the hits it speaks of: one to answer, two to four to choose from."""

    verdict: Verdict
    hits: tuple[Hit, ...]


def decide(hits: Sequence[Hit], thresholds: DecisionThresholds) -> Decision:
    """Decide from the fused scores, best first.

    Nothing near: refuse. Several about equally near, or a vague question with several near: ask
    back. Otherwise answer the first.
    """
    if not hits or hits[0].score < thresholds.refuse_below:
        return Decision(Verdict.REFUSE, ())
    best = hits[0].score
    near = tuple(
        hit for hit in hits[: thresholds.choices] if hit.score >= best * thresholds.near_share
    )
    margin = best - hits[1].score if len(hits) > 1 else best
    vague = best < thresholds.vague_below
    if len(near) > 1 and (margin < thresholds.ask_back_margin or vague):
        return Decision(Verdict.ASK_BACK, near)
    return Decision(Verdict.ANSWER, (hits[0],))
