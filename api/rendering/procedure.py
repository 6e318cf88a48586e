"""The page of one procedure: its facts in people's order, their own list, their own check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from api.rendering.html import HtmlRenderer
from api.rendering.links import linked_data, qr_code
from knowledge_base.answer import AnswerComposer, Texts
from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import Block, Fact, Facts
from knowledge_base.answer.parts import ProcedureParts
from knowledge_base.checklist import Checklist, PersonalList, own_check
from knowledge_base.forms import FormLibrary
from knowledge_base.procedure import Detail, Procedure, SourceKind
from knowledge_base.situation import UNKNOWN, Question, Verdict

__all__ = ["QUESTION", "SHEET_STYLE", "AskedQuestion", "Case", "FollowingLink", "ProcedureRenderer"]

QUESTION = "q_"
"""What stands before a question's name in the query of the page."""
SHEET_STYLE = Path(__file__).parent.parent / "static" / "sheet.css"
"""How the sheet of a procedure is printed, in the browser and as a PDF."""
_LONG = 600
"""A list of more characters than this is folded."""
_NOT_ASKED = "(not asked)"
# What a guidance file takes over word for word.
_OFFICIAL = frozenset({"official_name", "fee", "legal_basis", "forms", "sources", "raw"})


@dataclass(frozen=True)
class Case:
    """What the address of the page says of the citizen's case; it is kept nowhere else."""

    answers: Mapping[str, str] = field(default_factory=dict)
    have: frozenset[str] = frozenset()
    checked: bool = False


@dataclass(frozen=True)
class AskedQuestion:
    """A question on the page, its answer so far, and when it is to be answered at all."""

    question: Question
    answer: str | None
    only_if: str | None


@dataclass(frozen=True)
class FollowingLink:
    """A procedure that often follows; `name` is None where the catalogue lacks it."""

    code: str
    name: str | None
    why: str


class ProcedureRenderer:
    """Renders the pages of procedures."""

    def __init__(
        self,
        html: HtmlRenderer,
        texts: Texts,
        today: Callable[[], date],
        forms: FormLibrary | None = None,
    ) -> None:
        """Take the renderer whose templates are shared, the fixed texts, a clock and the forms."""
        self._environment = html.create_environment()
        self._environment.globals |= {
            "phrases": texts.phrases,
            "labels": texts.labels,
            "qr_code": qr_code,
        }
        self._address = html.address
        self._href = html.procedure_href
        self.words: dict[str, Any] = html.texts["procedure"]
        self._texts = texts
        self._parts = ProcedureParts(texts, forms)
        self._composer = AnswerComposer(texts, today)
        self._today = today

    def render_page(
        self,
        procedure: Procedure,
        case: Case,
        *,
        find: Callable[[str], Procedure | None],
        site: str,
    ) -> str:
        """Render the page; `find` names other procedures, `site` is where citizens find ours."""
        procedure = self._addressed(procedure)
        shared = self._shared(procedure, site)
        shared["linked_data"] = linked_data(procedure, shared["address"])
        template = self._environment.get_template("procedure.html")
        if procedure.detail == Detail.BARE:
            _, remark, *official = self._composer.answer(procedure, [Aspect.OVERVIEW]).blocks
            return template.render(shared, bare=True, remarks=[remark], official=official)
        asked = self._asked(procedure, case.answers)
        answers = {a.question.id: a.answer for a in asked if a.answer is not None}
        personal = Checklist(procedure, find).personal_list(answers)
        own = _of_case(procedure, personal)
        query = urlencode({QUESTION + question: option for question, option in answers.items()})
        return template.render(
            shared,
            bare=False,
            remarks=self._parts.validity(procedure, self._today()),
            eligibility=_fold_long(self._parts.eligibility(procedure)),
            asked=asked,
            unknown=UNKNOWN,
            personal=personal,
            case_query=f"?{query}" if query else "",
            have=case.have,
            check=own_check(personal, case.have) if case.checked else None,
            quantity=self._parts.quantity,
            filing=self._filing(procedure),
            steps=[_untitled(block) for block in self._parts.steps(own)],
            forms=self._parts.forms(procedure),
            results=[_untitled(block) for block in self._parts.results(procedure)],
            following=_following(procedure, find),
            official=self._official(procedure),
        )

    def render_sheet(
        self,
        procedure: Procedure,
        case: Case,
        *,
        find: Callable[[str], Procedure | None],
        site: str,
    ) -> str:
        """Render the printed sheet alone, as a document of its own."""
        procedure = self._addressed(procedure)
        asked = self._asked(procedure, case.answers)
        answers = {a.question.id: a.answer for a in asked if a.answer is not None}
        return self._environment.get_template("sheet_alone.html").render(
            self._shared(procedure, site),
            personal=Checklist(procedure, find).personal_list(answers),
            quantity=self._parts.quantity,
            alone=True,
        )

    def _addressed(self, procedure: Procedure) -> Procedure:
        """The procedure as it is explained to the reader; an official record is not ours."""
        if procedure.source.kind != SourceKind.GUIDANCE:
            return procedure
        return self._address.throughout(procedure, besides=_OFFICIAL)

    def _shared(self, procedure: Procedure, site: str) -> dict[str, Any]:
        """What the page and the sheet both show."""
        return {
            "procedure": procedure,
            "sources": [self._parts.source(procedure.source)],
            "site": site,
            "address": f"{site}{self._href(procedure.code)}",
            "today": self._today(),
            "alone": False,
        }

    def render_unknown(self) -> str:
        """Render the page that says that there is no such procedure."""
        return self._environment.get_template("unknown_procedure.html").render()

    def _asked(self, procedure: Procedure, given: Mapping[str, str]) -> list[AskedQuestion]:
        """The questions that may concern this case, in order; answers to others are dropped."""
        asked: list[AskedQuestion] = []
        answers: dict[str, str] = {}
        for question in procedure.questions:
            when = question.when
            verdict = when.verdict(answers) if when else Verdict.YES
            if verdict == Verdict.NO:
                # Questions that build on this one are closed with it.
                answers[question.id] = _NOT_ASKED
                continue
            answer = given.get(question.id)
            if answer == UNKNOWN or answer in {option.id for option in question.options}:
                answers[question.id] = answer
            else:
                answer = None
            only_if = None
            if when is not None and verdict == Verdict.MAYBE:
                only_if = self._parts.condition(procedure, when)
            asked.append(AskedQuestion(question, answer, only_if))
        return asked

    def _filing(self, procedure: Procedure) -> list[Block]:
        """Where, how long and how much."""
        blocks = (
            *self._parts.where(procedure),
            *self._parts.time(procedure),
            *self._parts.fee(procedure),
        )
        # Notes on the channels come with time and with fee: they stand once, after both, and what
        # is folded comes last.
        unique = [block for place, block in enumerate(blocks) if block not in blocks[place + 1 :]]
        return sorted(unique, key=lambda block: isinstance(block, Facts) and block.collapsed)

    def _official(self, procedure: Procedure) -> list[Block]:
        """The record in its own words, folded."""
        labels = self._texts.labels
        rows = [
            Fact(label=self.words["official_name"], value=procedure.official_name),
            Fact(label=labels["code"], value=procedure.code),
            Fact(label=labels["field"], value=procedure.field),
        ]
        blocks: list[Block] = [Facts(title=self.words["names"], rows=rows)]
        blocks += self._parts.legal_basis(procedure)
        for part, title in self.words["originals"].items():
            lines = [line.strip("- \t") for line in procedure.raw.get(part, "").split("\n")]
            rows = [Fact(label="", value=line) for line in lines if line]
            # Steps that are not divided stand in their own section already.
            if rows and (part != "trinh_tu_thuc_hien" or procedure.steps):
                blocks.append(Facts(title=title, rows=rows))
        return [_folded(block) for block in blocks]


def _of_case(procedure: Procedure, personal: PersonalList) -> Procedure:
    """The procedure with the steps of one case; a step that is certain has no condition."""
    steps = [
        listed.step if listed.only_if else listed.step.model_copy(update={"when": None})
        for listed in personal.steps
    ]
    return procedure.model_copy(update={"steps": steps})


def _following(
    procedure: Procedure, find: Callable[[str], Procedure | None]
) -> list[FollowingLink]:
    links: list[FollowingLink] = []
    for link in procedure.next:
        found = find(link.code)
        links.append(FollowingLink(link.code, found.name if found else None, link.why))
    return links


def _untitled(block: Block) -> Block:
    """Drop a title that the heading above says already; a folded block opens by its title."""
    if getattr(block, "title", None) and not getattr(block, "collapsed", False):
        return block.model_copy(update={"title": None})
    return block


def _folded(block: Block) -> Block:
    return block.model_copy(update={"collapsed": True}) if isinstance(block, Facts) else block


def _fold_long(blocks: Sequence[Block]) -> list[Block]:
    return [
        _folded(block)
        if isinstance(block, Facts) and sum(len(row.value) for row in block.rows) > _LONG
        else block
        for block in blocks
    ]
