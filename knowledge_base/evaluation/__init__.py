"""Measure how well questions are understood, on labelled questions."""

from knowledge_base.evaluation.metrics import Outcome, summarise
from knowledge_base.evaluation.questions import LabelledQuestion, read_labelled_questions
from knowledge_base.evaluation.search import evaluate_search

__all__ = [
    "LabelledQuestion",
    "Outcome",
    "evaluate_search",
    "read_labelled_questions",
    "summarise",
]
