"""Measure how well questions and dialogues are understood, on labelled ones."""

from knowledge_base.evaluation.ablation import AblationRow, ablate, as_markdown
from knowledge_base.evaluation.dialogues import (
    LabelledDialogue,
    LabelledTurn,
    TurnOutcome,
    holds_dialogues,
    read_labelled_dialogues,
    summarise_turns,
)
from knowledge_base.evaluation.metrics import Outcome, summarise
from knowledge_base.evaluation.questions import LabelledQuestion, read_labelled_questions
from knowledge_base.evaluation.search import evaluate_search

__all__ = [
    "AblationRow",
    "LabelledDialogue",
    "LabelledQuestion",
    "LabelledTurn",
    "Outcome",
    "ablate",
    "as_markdown",
    "TurnOutcome",
    "evaluate_search",
    "holds_dialogues",
    "read_labelled_dialogues",
    "read_labelled_questions",
    "summarise",
    "summarise_turns",
]
