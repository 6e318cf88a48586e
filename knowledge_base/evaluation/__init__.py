"""Measure how well questions are understood, on labelled questions."""

from knowledge_base.evaluation.ablation import AblationRow, ablate, as_markdown
from knowledge_base.evaluation.metrics import Outcome, summarise
from knowledge_base.evaluation.questions import LabelledQuestion, read_labelled_questions
from knowledge_base.evaluation.search import evaluate_search

__all__ = [
    "AblationRow",
    "LabelledQuestion",
    "Outcome",
    "ablate",
    "as_markdown",
    "evaluate_search",
    "read_labelled_questions",
    "summarise",
]
