"""Recall, reciprocal rank, refusal and asking back over outcomes.

recall@k: share of questions with a right code among the first k. mrr@10: mean of 1/rank of the
first right code, 0 beyond the tenth. Both over questions about procedures, those meant to be
ambiguous apart, as their right answer is to ask back.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge_base.evaluation.questions import (
    AMBIGUOUS,
    DOSSIER_STATUS,
    OUT_OF_SCOPE,
    LabelledQuestion,
)

__all__ = ["Outcome", "summarise"]

_CUTOFFS = (1, 3, 5, 10)
_BINS = (0.0, 0.05, 0.15, 0.5, 1.01)


@dataclass(frozen=True)
class Outcome:
    """What came back for one question: codes best first, and what was decided."""

    question: LabelledQuestion
    codes: Sequence[str]
    verdict: str
    aspect: str | None = None
    latency_ms: float | None = None
    status: str = ""
    off_topic: float | None = None
    ambiguous: float | None = None

    @property
    def rank(self) -> int | None:
        """Rank of the first right code, from 1; None if there is none."""
        for rank, code in enumerate(self.codes, start=1):
            if code in self.question.right:
                return rank
        return None


def summarise(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return what `motcua evaluate --json` prints.

    `{"overall": {…}, "styles": {style: {…}}, "reliability": {chance: [bins]}}`.
    """
    ranked = [o for o in outcomes if o.question.gold and o.question.ask != AMBIGUOUS]
    styles = sorted({outcome.question.style for outcome in ranked})
    rows = [outcome for outcome in outcomes if outcome.question.ask != DOSSIER_STATUS]
    return {
        "overall": {**_recall(ranked), **_decisions(outcomes), **_dialogue(outcomes)},
        "styles": {
            style: _recall([o for o in ranked if o.question.style == style]) for style in styles
        },
        "reliability": {
            "off_topic": _reliability(
                [(o.off_topic, o.question.ask == OUT_OF_SCOPE) for o in rows]
            ),
            "ambiguous": _reliability(
                [(o.ambiguous, o.question.ask == AMBIGUOUS) for o in rows if o.question.gold]
            ),
        },
    }


def _reliability(pairs: Sequence[tuple[float | None, bool]]) -> list[dict[str, Any]]:
    """In bins of the chance that was given: how many, the mean chance, the share that was so.

    A calibrated model has about the same mean and share in every bin (Guo et al., ICML 2017).
    """
    bins: list[dict[str, Any]] = []
    for low, high in itertools.pairwise(_BINS):
        inside = [
            (chance, so) for chance, so in pairs if chance is not None and low <= chance < high
        ]
        if inside:
            bins.append(
                {
                    "from": low,
                    "n": len(inside),
                    "mean_chance": round(statistics.fmean(chance for chance, _ in inside), 4),
                    "share": _share([so for _, so in inside]),
                }
            )
    return bins


def _recall(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    ranks = [outcome.rank for outcome in outcomes]
    result: dict[str, Any] = {"n": len(ranks)}
    for cutoff in _CUTOFFS:
        result[f"recall@{cutoff}"] = _share([rank is not None and rank <= cutoff for rank in ranks])
    reciprocal = [1 / rank if rank is not None and rank <= 10 else 0.0 for rank in ranks]
    result["mrr@10"] = round(statistics.fmean(reciprocal), 4) if reciprocal else None
    return result


def _decisions(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    def share(wanted: str, asks: Sequence[str] | None, but: Sequence[str] = ()) -> float | None:
        rows = [
            o
            for o in outcomes
            if (asks is None or o.question.ask in asks) and o.question.ask not in but
        ]
        return _share([o.verdict == wanted for o in rows])

    in_scope_but = (OUT_OF_SCOPE, DOSSIER_STATUS)
    return {
        "refused_out_of_scope": share("refuse", (OUT_OF_SCOPE,)),
        "refused_in_scope": share("refuse", None, in_scope_but),
        "asked_back_ambiguous": share("ask_back", (AMBIGUOUS,)),
        "asked_back_others": share("ask_back", None, (*in_scope_but, AMBIGUOUS)),
    }


def _dialogue(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Aspect accuracy and latency, where the outcomes went through the dialogue."""
    timed = sorted(o.latency_ms for o in outcomes if o.latency_ms is not None)
    if not timed:
        return {}
    asked = [o for o in outcomes if o.question.ask not in (OUT_OF_SCOPE, AMBIGUOUS, DOSSIER_STATUS)]
    answered = [o for o in asked if o.aspect is not None]
    return {
        "ask_accuracy": _share([o.aspect == o.question.ask for o in answered]),
        "latency_p50_ms": round(_percentile(timed, 0.5), 1),
        "latency_p95_ms": round(_percentile(timed, 0.95), 1),
    }


def _percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None
