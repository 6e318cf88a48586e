"""The checklist in conversation: question by question to the citizen's own list of papers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.memory import Case, Memory
from actions.services import Services
from knowledge_base.answer import Answer
from knowledge_base.answer.aspect import Aspect
from knowledge_base.checklist import Checklist, Item, narrow_reply, own_check, prefill, read_reply
from knowledge_base.procedure import Procedure
from knowledge_base.situation import UNKNOWN
from knowledge_base.text import fold, normalise

__all__ = ["ask_again", "continue_case", "start_case"]

_DIGITS = re.compile(r"\d+")
# All these read a message in lower case without diacritics.
_NUMBERS = re.compile(
    r"(?:(?:toi|em|minh|bac)\s+)?(?:(?:da\s+)?co\s+)?(?:so\s+)?"
    r"\d{1,2}(?:(?:\s*,\s*|\s+va\s+|\s+)\d{1,2})*\s*(?:a|nhe|roi)?"
)
_ALL_OF_THEM = re.compile(
    r"(?:(?:toi|em|minh|bac)\s+)?(?:da\s+)?(?:co\s+)?(?:du|het|ca)(?:\s+\w+){0,2}"
)
_ANOTHER_QUESTION = re.compile(r"\bhoi\b|\bthi sao\b|\?\s*$")


def start_case(
    services: Services, procedure: Procedure, message: str, memory: Memory
) -> tuple[Answer, Memory] | None:
    """Begin the questions with what `message` already says; None where there is nothing to ask."""
    if not procedure.questions:
        return None
    known = prefill(procedure, message)
    case = Case(procedure.code, dict(known.answers), dict(known.narrowed))
    return _next(services, procedure, case, memory, show_understood=True)


def continue_case(services: Services, message: str, memory: Memory) -> tuple[Answer, Memory] | None:
    """Take `message` as the reply to the open question; None where it is no reply to it."""
    case = memory.case
    procedure = services.catalogue.find(case.procedure_code) if case else None
    if case is None or procedure is None:
        return None
    if case.stage != "asking":
        return _own_check(services, procedure, message, case, memory)
    question = _checklist(services, procedure).next_question(case.answers, case.narrowed)
    if question is None:
        return None
    if _ANOTHER_QUESTION.search(_plain(message)):
        return None
    option = read_reply(question, message)
    if option is not None:
        answered = replace(case, answers={**case.answers, question.id: option}, asked_again=False)
        return _next(services, procedure, answered, memory)
    nearer = narrow_reply(question, message)
    if nearer and len(nearer) < len(question.options):
        narrowed = replace(case, narrowed={**case.narrowed, question.id: tuple(nearer)})
        return _next(services, procedure, narrowed, memory)
    return None


def ask_again(services: Services, memory: Memory) -> tuple[Answer, Memory] | None:
    """Put the open question once more; the second time it counts as «Tôi không rõ»."""
    case = memory.case
    procedure = services.catalogue.find(case.procedure_code) if case else None
    if case is None or procedure is None or case.stage != "asking":
        return None
    question = _checklist(services, procedure).next_question(case.answers, case.narrowed)
    if question is None:
        return None
    if case.asked_again:
        unsure = replace(case, answers={**case.answers, question.id: UNKNOWN}, asked_again=False)
        return _next(services, procedure, unsure, memory)
    return _next(services, procedure, replace(case, asked_again=True), memory, again=True)


def _checklist(services: Services, procedure: Procedure) -> Checklist:
    return Checklist(procedure, services.catalogue.find)


def _next(
    services: Services,
    procedure: Procedure,
    case: Case,
    memory: Memory,
    *,
    show_understood: bool = False,
    again: bool = False,
) -> tuple[Answer, Memory]:
    checklist = _checklist(services, procedure)
    question = checklist.next_question(case.answers, case.narrowed)
    if question is None:
        personal = checklist.personal_list(case.answers, case.narrowed)
        answer = services.listing.personal_list(procedure, personal)
        listed = replace(case, stage="listed")
        return _marked(answer, procedure), Memory(procedure.code, Aspect.DOCUMENTS, case=listed)
    understood = (
        [said.answer for said in checklist.personal_list(case.answers, case.narrowed).said]
        if show_understood
        else []
    )
    answer = services.listing.question(
        procedure,
        question,
        checklist.progress(case.answers, case.narrowed),
        understood=understood,
        again=again,
    )
    kept = replace(memory, procedure_code=procedure.code, aspect=Aspect.DOCUMENTS, case=case)
    return _marked(answer, procedure), replace(kept, candidates=(), candidate_kind=None)


def _own_check(
    services: Services, procedure: Procedure, message: str, case: Case, memory: Memory
) -> tuple[Answer, Memory] | None:
    """Ask which papers are at hand, then say what is missing; None for any other message."""
    personal = _checklist(services, procedure).personal_list(case.answers, case.narrowed)
    papers = (*personal.needed, *personal.maybe)
    if case.stage == "listed":
        wanted = message.strip() == services.texts.phrases["own_check"]
        number = _NUMBERS.fullmatch(_plain(message))
        if number and memory.candidate_kind == "message":
            position = int(_DIGITS.findall(message)[0]) - 1
            offered = memory.candidates[position] if position < len(memory.candidates) else ""
            wanted = offered == services.texts.phrases["own_check"]
        if not wanted or not papers:
            return None
        answer = services.listing.which_at_hand(procedure, papers)
        kept = Memory(procedure.code, Aspect.DOCUMENTS, case=replace(case, stage="checking"))
        return _marked(answer, procedure), kept
    have = _at_hand(message, papers)
    if have is None:
        return None
    answer = services.listing.checked(procedure, own_check(personal, have))
    return _marked(answer, procedure), Memory(
        procedure.code, Aspect.DOCUMENTS, case=replace(case, stage="listed")
    )


def _at_hand(message: str, papers: Sequence[Item]) -> set[str] | None:
    """The papers that a reply names by number, or all of them; None for any other message."""
    plain = _plain(message)
    if _ALL_OF_THEM.fullmatch(plain):
        return {item.id for item in papers}
    if not _NUMBERS.fullmatch(plain):
        return None
    chosen = {int(digits) for digits in _DIGITS.findall(plain)}
    return {item.id for number, item in enumerate(papers, start=1) if number in chosen}


def _plain(message: str) -> str:
    return fold(normalise(message)).strip(" .,;:!")


def _marked(answer: Answer, procedure: Procedure) -> Answer:
    return answer.model_copy(update={"metrics": {"verdict": "answer", "codes": [procedure.code]}})
