"""The checklist of one procedure: which question comes next, and the list at the end.

It keeps no state: whoever talks to the citizen holds the answers and hands them in each time.
"""

from __future__ import annotations

from dataclasses import replace

from knowledge_base.checklist.items import FindProcedure, depending_case, make_items
from knowledge_base.checklist.personal_list import (
    Item,
    ListedChannel,
    ListedStep,
    PersonalList,
    Progress,
    Said,
)
from knowledge_base.checklist.texts import load_checklist_texts
from knowledge_base.checklist.wording import in_words
from knowledge_base.checklist.worlds import Answers, Narrowed, Part, Selection, Worlds
from knowledge_base.procedure import (
    Channel,
    Detail,
    Procedure,
    RequirementGroup,
    Step,
)
from knowledge_base.situation import UNKNOWN, Question

__all__ = ["Checklist"]


def _no_procedure(_code: str) -> Procedure | None:
    return None


class Checklist:
    """Asks what changes the list, and nothing else; then gives the list."""

    def __init__(self, procedure: Procedure, find: FindProcedure = _no_procedure) -> None:
        """Take a procedure, and how to find others by code (`Catalogue.find`) to name them."""
        self._procedure = procedure
        self._worlds = Worlds(procedure)
        self._questions = {question.id: question for question in procedure.questions}
        self._items = make_items(procedure, find)
        self._texts = load_checklist_texts()
        self._original_text = procedure.raw.get("thanh_phan_ho_so", "").strip("- \n") or None

    def next_question(self, answers: Answers, narrowed: Narrowed | None = None) -> Question | None:
        """The next question, with the options that are still open; None when the list is ready.

        A question is left out when it does not concern this case, when it builds on one that was
        answered «Tôi không rõ», or when no answer to it could change the list any more.
        """
        waiting = self._waiting(answers, narrowed)
        if not waiting:
            return None
        question = waiting[0]
        kept = set((narrowed or {}).get(question.id, ()))
        options = [option for option in question.options if option.id in kept]
        return question.model_copy(update={"options": options}) if options else question

    def progress(self, answers: Answers, narrowed: Narrowed | None = None) -> Progress:
        """How far this is; `total` counts the questions that may still come, and only shrinks."""
        waiting = self._waiting(answers, narrowed)
        done = len(self._said(answers, self._worlds.select(answers, narrowed)))
        return Progress(number=done + 1, total=done + len(waiting))

    def personal_list(self, answers: Answers, narrowed: Narrowed | None = None) -> PersonalList:
        """The list for these answers; a question without an answer counts as «Tôi không rõ»."""
        selection = self._worlds.select(answers, narrowed)
        sure, unsure, others = self._sorted_items(answers, narrowed or {}, selection)
        needed = [item for item in sure if item.group != RequirementGroup.NOTE]
        maybe = [item for item in unsure if item.group != RequirementGroup.NOTE]
        notes = [item for item in (*sure, *unsure) if item.group == RequirementGroup.NOTE]
        listed = {item.name for item in (*needed, *maybe)}
        not_needed = [
            item
            for item in others
            if item.group != RequirementGroup.NOTE and item.name not in listed
        ]
        steps, channels = self._steps_and_channels(answers, narrowed or {}, selection)
        return PersonalList(
            procedure_code=self._procedure.code,
            procedure_name=self._procedure.name,
            said=self._said(answers, selection),
            needed=tuple(needed),
            maybe=tuple(maybe),
            not_needed=tuple(not_needed),
            notes=tuple(notes),
            steps=steps,
            channels=channels,
            remark=None if needed or maybe else self._remark(bool(notes)),
            original_text=self._original_text,
        )

    def _waiting(self, answers: Answers, narrowed: Narrowed | None) -> list[Question]:
        selection = self._worlds.select(answers, narrowed)
        waiting: list[Question] = []
        for position, question in enumerate(self._worlds.questions):
            bit = 1 << position
            if self._answered(question, answers) or not selection.perhaps_asked & bit:
                continue
            opened_by = {q for q, _ in question.when.references()} if question.when else set()
            decided = not opened_by & {other.id for other in waiting}
            if decided and not selection.surely_asked & bit:
                continue
            if selection.matters(position):
                waiting.append(question)
        return waiting

    @staticmethod
    def _answered(question: Question, answers: Answers) -> bool:
        answer = answers.get(question.id)
        return answer == UNKNOWN or answer in {option.id for option in question.options}

    def _said(self, answers: Answers, selection: Selection) -> tuple[Said, ...]:
        said: list[Said] = []
        for position, question in enumerate(self._worlds.questions):
            if not self._answered(question, answers) or not selection.perhaps_asked & 1 << position:
                continue
            option = next((o for o in question.options if o.id == answers[question.id]), None)
            label = option.label if option else self._texts.unknown
            said.append(Said(question.ask, label, question.id, option.id if option else None))
        return tuple(said)

    def _sorted_items(
        self, answers: Answers, narrowed: Narrowed, selection: Selection
    ) -> tuple[list[Item], list[Item], list[Item]]:
        """Items that surely apply, that may apply (with the reason), and that do not."""
        sure: list[Item] = []
        unsure: list[Item] = []
        others: list[Item] = []
        requirements = self._procedure.requirements
        for position, (requirement, item) in enumerate(zip(requirements, self._items, strict=True)):
            case = depending_case(requirement, self._procedure, self._texts)
            if not selection.possible >> position & 1:
                others.append(item)
            elif not selection.certain >> position & 1:
                only_if = self._only_if(requirement, answers, narrowed)
                unsure.append(replace(item, only_if=only_if or case))
            elif case:
                unsure.append(replace(item, only_if=case))
            else:
                sure.append(item)
        return sure, unsure, others

    def _steps_and_channels(
        self, answers: Answers, narrowed: Narrowed, selection: Selection
    ) -> tuple[tuple[ListedStep, ...], tuple[ListedChannel, ...]]:
        steps: list[ListedStep] = []
        channels: list[ListedChannel] = []
        for position, part in enumerate(self._worlds.parts):
            if not selection.possible >> position & 1:
                continue
            certain = selection.certain >> position & 1
            only_if = None if certain else self._only_if(part, answers, narrowed)
            if isinstance(part, Step):
                steps.append(ListedStep(part, only_if))
            elif isinstance(part, Channel):
                channels.append(ListedChannel(part, only_if))
        return tuple(steps), tuple(channels)

    def _only_if(self, part: Part, answers: Answers, narrowed: Narrowed) -> str | None:
        if part.when is None:
            return None
        return in_words(part.when, self._questions, answers, narrowed, self._texts)

    def _remark(self, has_notes: bool) -> str:
        if has_notes:
            return self._texts.notes_only
        if self._procedure.detail == Detail.BARE:
            return self._texts.only_name
        if self._original_text:
            return self._texts.original_text
        return self._texts.no_papers
