"""Compose answers: what was asked first and short, then what else can be asked, then the source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import (
    Answer,
    Block,
    Choice,
    Fact,
    Facts,
    File,
    Heading,
    Paragraph,
    Status,
    Steps,
    Warn,
)
from knowledge_base.answer.parts import ProcedureParts
from knowledge_base.answer.texts import Texts
from knowledge_base.forms import FormLibrary
from knowledge_base.procedure import Detail, Procedure

__all__ = ["AnswerComposer"]

_NEXT_ASPECTS = (Aspect.DOCUMENTS, Aspect.FEE, Aspect.TIME, Aspect.WHERE, Aspect.STEPS, Aspect.FORM)


class AnswerComposer:
    """Turns procedures and decisions into Answers."""

    def __init__(
        self, texts: Texts, today: Callable[[], date], forms: FormLibrary | None = None
    ) -> None:
        """Take the fixed texts, a clock, and the library that answers may offer forms of."""
        self._texts = texts
        self._today = today
        self._parts = ProcedureParts(texts, forms)

    def answer(self, procedure: Procedure, aspects: Sequence[Aspect]) -> Answer:
        """Answer one or more aspects of `procedure`, the first one first."""
        if procedure.detail == Detail.BARE:
            return self._name_only(procedure, aspects[0])
        blocks: list[Block] = [Heading(text=procedure.name)]
        for aspect in aspects:
            found = self._aspect(procedure, aspect)
            missing = self._texts.aspects[aspect]["missing"]
            blocks += found or [Paragraph(text=missing)]
        blocks += self._parts.validity(procedure, self._today())
        blocks += self._beware(procedure, aspects)
        return Answer(
            status=Status.ANSWERED,
            procedure_code=procedure.code,
            aspect=aspects[0],
            blocks=blocks,
            choices=self._next_choices(aspects),
            sources=[self._parts.source(procedure.source)],
        )

    def clarify(self, procedures: Sequence[Procedure], aspect: Aspect) -> Answer:
        """Ask which of two to four procedures is meant."""
        phrases = self._texts.phrases
        return Answer(
            status=Status.CLARIFICATION,
            aspect=aspect,
            blocks=[Paragraph(text=phrases["which"]), Paragraph(text=phrases["which_number"])],
            choices=[
                Choice(label=procedure.name, message=f"{procedure.name} ({procedure.code})")
                for procedure in procedures
            ],
        )

    def nearest(self, answer: Answer) -> Answer:
        """Say before an answer that it is a guess: we asked back once and shall not again."""
        note = Paragraph(text=self._texts.phrases["nearest"])
        return answer.model_copy(update={"blocks": [note, *answer.blocks]})

    def reply(self, key: str) -> Answer:
        """A fixed reply from the texts."""
        reply = self._texts.replies[key]
        blocks: list[Block] = [Paragraph(text=text) for text in reply.text]
        if reply.warning:
            blocks.append(Warn(text=reply.warning))
        return Answer(
            status=Status(reply.status),
            blocks=blocks,
            choices=[Choice(label=choice, message=choice) for choice in reply.choices],
        )

    def _aspect(self, procedure: Procedure, aspect: Aspect) -> list[Block]:
        builders: dict[Aspect, Callable[[Procedure], list[Block]]] = {
            Aspect.DOCUMENTS: self._parts.documents,
            Aspect.FEE: self._parts.fee,
            Aspect.TIME: self._parts.time,
            Aspect.WHERE: self._parts.where,
            Aspect.STEPS: self._parts.steps,
            Aspect.FORM: self._parts.forms,
            Aspect.ELIGIBILITY: self._parts.eligibility,
            Aspect.LEGAL_BASIS: self._parts.legal_basis,
            Aspect.ONLINE: self._parts.online,
            Aspect.RESULT: self._parts.results,
            Aspect.OVERVIEW: self._overview,
        }
        return builders[aspect](procedure)

    def _overview(self, procedure: Procedure) -> list[Block]:
        labels = self._texts.labels
        blocks: list[Block] = []
        if procedure.summary:
            blocks.append(Paragraph(text=procedure.summary))
        rows = [Fact(label=labels["field"], value=procedure.field)]
        if procedure.levels:
            levels = ", ".join(self._texts.levels[str(level)] for level in procedure.levels)
            rows.append(Fact(label=labels["level"], value=levels))
        if procedure.results:
            named = "; ".join(result.name for result in procedure.results)
            rows.append(Fact(label=labels["results"], value=named))
        rows.append(Fact(label=labels["code"], value=procedure.code))
        blocks.append(Facts(rows=rows))
        blocks += self._parts.eligibility(procedure)[:1]
        if procedure.mistakes:
            blocks.append(
                Steps(title=labels["mistakes"], entries=list(procedure.mistakes), collapsed=True)
            )
        return blocks + self._parts.next(procedure)

    def _name_only(self, procedure: Procedure, aspect: Aspect) -> Answer:
        labels, phrases = self._texts.labels, self._texts.phrases
        rows = [Fact(label=labels["field"], value=procedure.field)]
        if procedure.levels:
            levels = ", ".join(self._texts.levels[str(level)] for level in procedure.levels)
            rows.append(Fact(label=labels["level"], value=levels))
        rows += [Fact(label=labels["agency"], value=agency) for agency in procedure.agencies]
        rows.append(Fact(label=labels["code"], value=procedure.code))
        blocks: list[Block] = [
            Heading(text=procedure.name),
            Paragraph(text=phrases["name_only"]),
            Facts(rows=rows),
        ]
        if procedure.online_url:
            blocks.append(File(text=phrases["portal"], href=procedure.online_url))
        blocks += self._beware(procedure, [aspect])
        return Answer(
            status=Status.ANSWERED_NAME_ONLY,
            procedure_code=procedure.code,
            aspect=aspect,
            blocks=blocks,
            sources=[self._parts.source(procedure.source)],
        )

    def _beware(self, procedure: Procedure, aspects: Sequence[Aspect]) -> list[Block]:
        """Warnings of fraud, where money, the network or VNeID is spoken of."""
        warnings = self._texts.scam.for_answer(procedure.name, aspects)
        return [Warn(text=text) for text in warnings]

    def _next_choices(self, answered: Sequence[Aspect]) -> list[Choice]:
        offered = [aspect for aspect in _NEXT_ASPECTS if aspect not in answered][:4]
        return [
            Choice(
                label=self._texts.aspects[aspect]["label"],
                message=self._texts.aspects[aspect]["message"],
            )
            for aspect in offered
        ]
