"""Filling in a form one question at a time: questions, drafts, replies. Pure, and of no channel."""

from __future__ import annotations

from knowledge_base.forms.filling.draft import BLANK, Draft, Progress
from knowledge_base.forms.filling.questions import Question, list_questions
from knowledge_base.forms.filling.replies import Said, Wish, read_message
from knowledge_base.forms.filling.step import Step, help_lines, take_step
from knowledge_base.forms.filling.texts import phrase

__all__ = [
    "BLANK",
    "Draft",
    "Progress",
    "Question",
    "Said",
    "Step",
    "Wish",
    "help_lines",
    "list_questions",
    "phrase",
    "read_message",
    "take_step",
]
