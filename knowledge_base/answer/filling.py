"""Answers of guided filling: the next question, what is written so far, the finished file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge_base.answer.blocks import (
    Answer,
    Block,
    Choice,
    Fact,
    Facts,
    File,
    FormBlock,
    Heading,
    Paragraph,
    Status,
    Warn,
)
from knowledge_base.form_of_address import FormOfAddress
from knowledge_base.forms.filling import Draft, Question, Step, phrase
from knowledge_base.forms.model import Form

__all__ = ["FillingComposer"]


class FillingComposer:
    """Turns drafts and steps into Answers."""

    def __init__(self, address: FormOfAddress = FormOfAddress.BAN) -> None:
        """Take the word for whoever fills forms in."""
        self._address = address

    def introduction(self, form: Form) -> Answer:
        """Say that a form will be filled in; the channel adds its first question."""
        blocks: list[Block] = [
            FormBlock(name=form.name, detail=form.number or form.issued_by),
            Paragraph(text=self._phrase("start")),
        ]
        return Answer(status=Status.FILLING_QUESTION, blocks=blocks, starts_form=form.id)

    def started(self, draft: Draft, today: date, page: str) -> Answer:
        """The introduction with how it works, the address of the page, and the first question."""
        shown = self.introduction(draft.form).blocks
        told: list[Block] = [Paragraph(text=self._phrase(name)) for name in ("privacy", "how")]
        told.append(File(text=self._phrase("on_page"), href=page))
        return self._before(self.next(Step(draft), today), [*shown, *told])

    def next(self, step: Step, today: date) -> Answer:
        """What there is to say of a step, and the question that follows, or the review."""
        said: list[Block] = [Paragraph(text=remark) for remark in step.remarks]
        if step.refused:
            said.append(Warn(text=step.refused))
        if step.proposals:
            said.append(Paragraph(text=self._phrase("old_address")))
        if step.which:
            return Answer(
                status=Status.FILLING_QUESTION,
                blocks=said,
                choices=[self._which(step.draft, question) for question in step.which],
            )
        if step.draft.open is None:
            return self._before(self.review(step.draft, today), said)
        return self._before(self._question(step.draft, step.draft.open, step.proposals), said)

    def review(self, draft: Draft, today: date) -> Answer:
        """Everything written, what is missing, what does not agree, and how to go on."""
        faults = draft.answers(today).faults
        missing = [fault.label for fault in faults if fault.missing]
        wrong = [fault for fault in faults if not fault.missing]
        blocks: list[Block] = [Paragraph(text=self._phrase("review_title")), self.so_far(draft)]
        if missing:
            labels = "; ".join(dict.fromkeys(missing))
            blocks.append(Warn(text=self._phrase("missing", labels=labels)))
        blocks += [
            Warn(text=self._phrase("wrong", label=fault.label, message=fault.message))
            for fault in wrong
        ]
        blocks.append(Paragraph(text=self._phrase("fix_first" if wrong else "review_how")))
        offered = ([] if wrong else ["make"]) + ["stop"]
        return Answer(
            status=Status.FILLING_REVIEW,
            blocks=blocks,
            choices=[self._choice(self._phrase(name)) for name in offered],
        )

    def so_far(self, draft: Draft) -> Facts:
        """What is written, each line with the number that corrects it."""
        rows = [
            Fact(
                label=self._phrase(
                    "review_row", number=draft.number_of(question), label=self._label(question)
                ),
                value=draft.given[question.key] or self._phrase("blank"),
            )
            for question in draft.settled
            if not question.opens_row
        ]
        return Facts(title=self._phrase("review_so_far"), rows=rows)

    def made(self, form: Form, files: Sequence[tuple[str, str]], minutes: int) -> Answer:
        """The finished file, each as (what the link says, its address)."""
        blocks: list[Block] = [Paragraph(text=self._phrase("made", form=form.name))]
        blocks += [File(text=label, href=href) for label, href in files]
        blocks.append(Paragraph(text=self._phrase("made_once", minutes=minutes)))
        blocks.append(Warn(text=self._phrase("made_check")))
        return Answer(status=Status.FILLING_DONE, blocks=blocks)

    def ended(self, name: str, form: Form) -> Answer:
        """The filling is over and everything is forgotten; `name` is the phrase that says why."""
        choices = [self._choice(self._phrase("again", form=form.name))]
        blocks: list[Block] = [Paragraph(text=self._phrase(name))]
        return Answer(status=Status.FILLING_STOPPED, blocks=blocks, choices=choices)

    def on_page(self, answer: Answer, page: str) -> Answer:
        """An introduction for a channel that keeps messages: fill the form in on its page."""
        form = [block for block in answer.blocks if isinstance(block, FormBlock)]
        link = File(text=self._phrase("open_page"), href=page)
        return answer.model_copy(
            update={
                "status": Status.ANSWERED,
                "blocks": [*form, Paragraph(text=self._phrase("not_here")), link],
                "starts_form": None,
            }
        )

    def too_busy(self, page: str) -> Answer:
        """No more forms can be filled in here now; the page has room for everybody."""
        answer = self.remark("too_busy")
        link = File(text=self._phrase("on_page"), href=page)
        return answer.model_copy(update={"blocks": [*answer.blocks, link]})

    def remark(self, name: str, **parts: object) -> Answer:
        """One phrase as an answer, for what cannot be done now."""
        blocks: list[Block] = [Paragraph(text=self._phrase(name, **parts))]
        return Answer(status=Status.FILLING_STOPPED, blocks=blocks)

    def interrupted(self, answer: Answer, draft: Draft, today: date) -> Answer:
        """An answer to something else, and under it the question that still waits."""
        again = self.next(Step(draft), today)
        resumed: list[Block] = [Paragraph(text=self._phrase("resume"))]
        return answer.model_copy(
            update={
                "blocks": [*answer.blocks, *resumed, *again.blocks],
                "choices": [*self._own_choices(answer), *again.choices],
                "starts_form": None,
            }
        )

    @staticmethod
    def _own_choices(answer: Answer) -> list[Choice]:
        """What must be chosen for the other thing; mere suggestions give way to the form."""
        return answer.choices if str(answer.status).startswith("clarification") else []

    def _question(self, draft: Draft, question: Question, proposals: Sequence[str]) -> Answer:
        progress = draft.progress
        counted = self._phrase(
            "progress",
            number=progress.number,
            total=progress.total,
            section=question.section.title,
        )
        blocks: list[Block] = [Paragraph(text=counted), Heading(text=self._address(question.label))]
        if question.explain:
            blocks.append(Paragraph(text=question.explain))
        if draft.reopened:
            before = draft.given[question.key]
            text = self._phrase("now", text=before) if before else self._phrase("now_blank")
            blocks.append(Paragraph(text=text))
        return Answer(
            status=Status.FILLING_QUESTION,
            blocks=blocks,
            choices=[self._choice(text) for text in self._replies(draft, question, proposals)],
        )

    def _replies(self, draft: Draft, question: Question, proposals: Sequence[str]) -> list[str]:
        replies = [*proposals, *question.entry.options]
        if draft.reopened:
            replies.append(self._phrase("keep"))
        if question.required:
            replies.append(self._phrase("unknown"))
        elif not question.opens_row:
            replies.append(self._phrase("skip"))
            rest = draft.rest_of_section
            if len(rest) > 1 and not any(other.required for other in rest):
                replies.append(self._phrase("skip_section"))
        return replies

    def _phrase(self, name: str, **parts: object) -> str:
        return phrase(name, self._address, **parts)

    def _which(self, draft: Draft, question: Question) -> Choice:
        number = draft.number_of(question)
        label = self._phrase(
            "which_label",
            number=number,
            section=question.section.title,
            label=self._address(question.label),
        )
        return Choice(label=label, message=self._phrase("which_message", number=number))

    def _label(self, question: Question) -> str:
        return f"{question.section.title} – {self._address(question.label)}"

    @staticmethod
    def _choice(text: str) -> Choice:
        return Choice(label=text, message=text)

    @staticmethod
    def _before(answer: Answer, blocks: Sequence[Block]) -> Answer:
        return answer.model_copy(update={"blocks": [*blocks, *answer.blocks]})
