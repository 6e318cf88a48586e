"""Answers of the checklist: the next question about the case, and the personal list."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import (
    Answer,
    Block,
    Checklist,
    ChecklistEntry,
    Choice,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Status,
    Steps,
)
from knowledge_base.answer.parts import ProcedureParts
from knowledge_base.answer.texts import Texts
from knowledge_base.checklist import Item, OwnCheck, PersonalList, Progress
from knowledge_base.procedure import Procedure
from knowledge_base.situation import Question

__all__ = ["ListingComposer"]


class ListingComposer:
    """Turns checklist questions and personal lists into Answers."""

    def __init__(self, texts: Texts) -> None:
        """Take the fixed texts."""
        self._texts = texts
        self._parts = ProcedureParts(texts)

    def question(
        self,
        procedure: Procedure,
        question: Question,
        progress: Progress,
        *,
        understood: Sequence[str] = (),
        again: bool = False,
    ) -> Answer:
        """Ask one question about the case, with «Tôi không rõ» as its last choice."""
        phrases = self._texts.phrases
        blocks: list[Block] = [Heading(text=procedure.name)]
        if again:
            blocks.append(Paragraph(text=phrases["checklist_again"]))
        if understood:
            said = phrases["checklist_understood"].format(said="; ".join(understood))
            blocks.append(Paragraph(text=said))
        counted = phrases["checklist_question"].format(
            number=progress.number, total=progress.total, question=question.ask
        )
        blocks.append(Paragraph(text=counted))
        if question.help:
            blocks.append(Paragraph(text=question.help))
        labels = [option.label for option in question.options] + [phrases["unknown"]]
        return Answer(
            status=Status.CLARIFICATION_CASE,
            procedure_code=procedure.code,
            aspect=Aspect.DOCUMENTS,
            blocks=blocks,
            choices=[Choice(label=label, message=label) for label in labels],
        )

    def with_question(self, answer: Answer, question: Answer) -> Answer:
        """An answer with every paper, and under it the first question about the case."""
        asked = [block for block in question.blocks if isinstance(block, Paragraph)]
        lead = Paragraph(text=self._texts.phrases["checklist_lead"])
        return answer.model_copy(
            update={"blocks": [*answer.blocks, lead, *asked], "choices": question.choices}
        )

    def without_question(self, answer: Answer) -> Answer:
        """The answer of `with_question` again without its question; any other as it is."""
        lead = Paragraph(text=self._texts.phrases["checklist_lead"])
        if lead not in answer.blocks:
            return answer
        blocks = answer.blocks[: answer.blocks.index(lead)]
        return answer.model_copy(update={"blocks": blocks, "choices": []})

    def personal_list(self, procedure: Procedure, personal: PersonalList) -> Answer:
        """The list of one case: certain papers, papers to ask about, what was understood."""
        labels, phrases = self._texts.labels, self._texts.phrases
        blocks: list[Block] = [
            Heading(text=phrases["personal_list"].format(name=personal.procedure_name))
        ]
        if personal.remark:
            blocks.append(Paragraph(text=personal.remark))
        for title, items in (
            (labels["submit"], personal.submit),
            (labels["show"], personal.show),
            (labels["maybe"], personal.maybe),
        ):
            if items:
                entries = [self._entry(item) for item in items]
                blocks.append(Checklist(title=title, entries=entries))
        if personal.notes:
            entries = [self._entry(item) for item in personal.notes]
            blocks.append(Checklist(title=labels["notes"], entries=entries, collapsed=True))
        if personal.said:
            rows = [Fact(label=said.question, value=said.answer) for said in personal.said]
            blocks.append(Facts(title=labels["your_case"], rows=rows, collapsed=True))
        offered = (Aspect.FEE, Aspect.TIME, Aspect.WHERE)
        check = phrases["own_check"]
        papers = bool(personal.needed or personal.maybe)
        return Answer(
            status=Status.ANSWERED_LIST,
            procedure_code=procedure.code,
            aspect=Aspect.DOCUMENTS,
            blocks=blocks,
            choices=[
                *([Choice(label=check, message=check)] if papers else []),
                *(
                    Choice(
                        label=self._texts.aspects[aspect]["label"],
                        message=self._texts.aspects[aspect]["message"],
                    )
                    for aspect in offered
                ),
            ],
            sources=[self._parts.source(procedure.source)],
        )

    def which_at_hand(self, procedure: Procedure, papers: Sequence[Item]) -> Answer:
        """Ask which of the numbered papers are at hand."""
        phrases = self._texts.phrases
        return Answer(
            status=Status.CLARIFICATION_CASE,
            procedure_code=procedure.code,
            aspect=Aspect.DOCUMENTS,
            blocks=[
                Heading(text=procedure.name),
                Paragraph(text=phrases["check_ask"]),
                Steps(entries=[item.name for item in papers]),
            ],
        )

    def checked(self, procedure: Procedure, check: OwnCheck) -> Answer:
        """Say what is missing and where to get it, what to ask about, and whether one may go."""
        labels, phrases = self._texts.labels, self._texts.phrases
        blocks: list[Block] = [
            Heading(text=procedure.name),
            Paragraph(text=phrases[f"check_{check.readiness}"]),
        ]
        for title, items in (
            (labels["missing"], check.missing),
            (labels["maybe"], (*check.waivable, *check.ask_again)),
            (labels["superfluous"], check.superfluous),
        ):
            if items:
                entries = [self._entry(item) for item in items]
                blocks.append(Checklist(title=title, entries=entries))
        return Answer(
            status=Status.ANSWERED_LIST,
            procedure_code=procedure.code,
            aspect=Aspect.DOCUMENTS,
            blocks=blocks,
            choices=[
                Choice(
                    label=self._texts.aspects[aspect]["label"],
                    message=self._texts.aspects[aspect]["message"],
                )
                for aspect in (Aspect.WHERE, Aspect.FEE, Aspect.TIME)
            ],
            sources=[self._parts.source(procedure.source)],
        )

    def _entry(self, item: Item) -> ChecklistEntry:
        phrases = self._texts.phrases
        get_from = item.get_from
        if item.get_from_name:
            get_from = f"{get_from or ''} ({item.get_from_name}, {item.get_from_code})".strip()
        notes = [
            phrases[key].format(text=text)
            for key, text in (
                ("only_if", item.only_if),
                ("why", item.why),
                ("get_from", get_from),
                ("waived", item.may_be_waived),
            )
            if text
        ]
        return ChecklistEntry(
            text=item.name,
            quantity=self._parts.quantity(item.originals, item.copies),
            note="\n".join(notes) or None,
            procedure_code=item.get_from_code,
            maybe=item.may_be_waived is not None,
        )
