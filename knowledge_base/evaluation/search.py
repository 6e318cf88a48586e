"""Evaluate the search alone."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.evaluation.metrics import Outcome
from knowledge_base.evaluation.questions import LabelledQuestion
from knowledge_base.search import SearchEngine

__all__ = ["evaluate_search"]


def evaluate_search(engine: SearchEngine, questions: Sequence[LabelledQuestion]) -> list[Outcome]:
    """Search for every question and record the ten best codes and the verdict."""
    outcomes: list[Outcome] = []
    for question in questions:
        hits = engine.search(question.text, limit=10)
        decision = engine.decide(question.text)
        codes = [hit.procedure.code for hit in hits]
        outcomes.append(
            Outcome(
                question,
                codes,
                str(decision.verdict),
                off_topic=decision.off_topic,
                ambiguous=decision.ambiguous,
            )
        )
    return outcomes
