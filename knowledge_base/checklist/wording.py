"""Conditions in words: when a paper is needed, said with the labels of the open answers."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge_base.checklist.texts import ChecklistTexts
from knowledge_base.checklist.worlds import Answers, Narrowed
from knowledge_base.situation import UNKNOWN, Condition, Question

__all__ = ["in_words"]

_SHORT = 3
"""A label of fewer syllables says nothing without its question."""


def in_words(
    condition: Condition,
    questions: Mapping[str, Question],
    answers: Answers,
    narrowed: Narrowed,
    texts: ChecklistTexts,
) -> str | None:
    """Say what must still hold for `condition`, leaving out what the answers already settle."""
    cases: list[str] = []
    for alternative in condition.root:
        if any(_settled(q, answers) and answers[q] not in o for q, o in alternative.items()):
            continue
        parts = [
            _labels(questions[question], options, narrowed, texts)
            for question, options in alternative.items()
            if not _settled(question, answers)
        ]
        case = texts.and_.join(part for part in parts if part)
        if case and case not in cases:
            cases.append(case)
    return texts.or_case.join(cases) or None


def _settled(question: str, answers: Answers) -> bool:
    return answers.get(question, UNKNOWN) != UNKNOWN


def _labels(
    question: Question, options: list[str], narrowed: Narrowed, texts: ChecklistTexts
) -> str:
    still_open = set(narrowed.get(question.id, ())) or {option.id for option in question.options}
    labels = [o.label for o in question.options if o.id in options and o.id in still_open]
    said = texts.or_.join(labels)
    if labels and min(len(label.split()) for label in labels) < _SHORT:
        return texts.question_and_answer.format(question=question.ask, answer=said)
    return said
