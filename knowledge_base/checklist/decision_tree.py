"""Every path through a checklist, decided beforehand, for a reader that only looks things up.

A browser without a network cannot ask `Checklist`. It is given this instead: which question
follows which answer, and the list at the end of each path. The logic stays in one place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from knowledge_base.checklist.flow import Checklist
from knowledge_base.checklist.items import FindProcedure, make_items
from knowledge_base.checklist.personal_list import Item, PersonalList
from knowledge_base.checklist.worlds import Answers
from knowledge_base.procedure import Procedure
from knowledge_base.situation import UNKNOWN, Question

__all__ = ["DecisionTree", "decision_tree"]

Entry = int | list[int]
"""A position, or `[position, reason]`: the reason says when it applies."""


@dataclass(frozen=True)
class DecisionTree:
    """The paths of one procedure. All numbers are positions in lists.

    A node is `[question, waiting, child…]`: the question to ask, how many questions may still come
    (this one included), and what follows each option, «Tôi không rõ» last. A child of 0 or more is
    a node; a child below 0 is a list: -1 is `lists[0]`, -2 is `lists[1]`. `root` is such a child.

    A list is `[needed, maybe, not_needed, notes, steps, channels, remark]`. Entries name
    requirements, steps and channels of the procedure; `remark` and the reasons name `reasons`;
    a remark of -1 is none.
    """

    root: int
    nodes: list[list[int]]
    lists: list[list[Any]]
    reasons: list[str]
    items: list[Item]


@dataclass
class _Table:
    """Rows without repetition, each known by its position."""

    rows: list[Any] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)

    def place(self, row: Any) -> int:
        place = self._places.setdefault(repr(row), len(self.rows))
        if place == len(self.rows):
            self.rows.append(row)
        return place


def decision_tree(procedure: Procedure, find: FindProcedure) -> DecisionTree:
    """Walk every path of the checklist of `procedure`; `find` names other procedures by code."""
    return _Walk(procedure, find).tree()


class _Walk:
    def __init__(self, procedure: Procedure, find: FindProcedure) -> None:
        self._procedure = procedure
        self._checklist = Checklist(procedure, find)
        self._items = make_items(procedure, find)
        self._positions = {item.id: place for place, item in enumerate(self._items)}
        self._questions = {question.id: place for place, question in enumerate(procedure.questions)}
        # By identity: equal steps are rare, and comparing all their parts is slow.
        self._places = {
            id(part): place
            for parts in (procedure.steps, procedure.channels)
            for place, part in enumerate(parts)
        }
        self._nodes, self._lists, self._reasons = _Table(), _Table(), _Table()

    def tree(self) -> DecisionTree:
        root = self._child({})
        return DecisionTree(
            root, self._nodes.rows, self._lists.rows, self._reasons.rows, self._items
        )

    def _child(self, answers: Answers) -> int:
        question = self._checklist.next_question(answers)
        if question is None:
            return -1 - self._lists.place(self._list(self._checklist.personal_list(answers)))
        progress = self._checklist.progress(answers)
        children = [
            self._child({**answers, question.id: option}) for option in _answers_to(question)
        ]
        waiting = progress.total - progress.number + 1
        return self._nodes.place([self._questions[question.id], waiting, *children])

    def _list(self, personal: PersonalList) -> list[Any]:
        papers = (personal.needed, personal.maybe, personal.not_needed, personal.notes)
        steps = ((listed.step, listed.only_if) for listed in personal.steps)
        channels = ((listed.channel, listed.only_if) for listed in personal.channels)
        return [
            *([self._entry(self._positions[i.id], i.only_if) for i in group] for group in papers),
            *(
                [self._entry(self._places[id(part)], only_if) for part, only_if in listed]
                for listed in (steps, channels)
            ),
            -1 if personal.remark is None else self._reasons.place(personal.remark),
        ]

    def _entry(self, place: int, only_if: str | None) -> Entry:
        return place if only_if is None else [place, self._reasons.place(only_if)]


def _answers_to(question: Question) -> list[str]:
    return [*(option.id for option in question.options), UNKNOWN]
