"""The personal list of papers: questions about the case, the list, and the citizen's own check."""

from knowledge_base.checklist.decision_tree import DecisionTree, decision_tree
from knowledge_base.checklist.flow import Checklist
from knowledge_base.checklist.own_check import OwnCheck, Readiness, own_check
from knowledge_base.checklist.personal_list import (
    Item,
    ListedChannel,
    ListedStep,
    PersonalList,
    Progress,
    Said,
)
from knowledge_base.checklist.prefill import Prefill, prefill
from knowledge_base.checklist.replies import narrow_reply, read_reply
from knowledge_base.checklist.texts import ChecklistTexts, load_checklist_texts
from knowledge_base.checklist.worlds import Answers, Narrowed

__all__ = [
    "ChecklistTexts",
    "Prefill",
    "load_checklist_texts",
    "narrow_reply",
    "prefill",
    "read_reply",
    "Answers",
    "Checklist",
    "DecisionTree",
    "Item",
    "ListedChannel",
    "ListedStep",
    "Narrowed",
    "OwnCheck",
    "PersonalList",
    "Progress",
    "Readiness",
    "Said",
    "decision_tree",
    "own_check",
]
