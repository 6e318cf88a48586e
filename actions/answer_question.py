"""Answer a question about a procedure: find it, ask back, or admit that nothing fits."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker

from actions.asker import Asker
from actions.base import AnswerAction
from actions.case import start_case
from actions.choosing import chosen_position
from actions.dossier_form import continue_dossier
from actions.form_offer import begin_filling, offer_filling, offered_form
from actions.intent import Intent
from actions.journey import answer_life_event
from actions.memory import Memory
from actions.place import asks_nothing_else, mentioned, tell_unit, with_place, without_place
from actions.services import Services
from knowledge_base.answer import Answer, Status
from knowledge_base.answer.aspect import Aspect
from knowledge_base.checklist import prefill
from knowledge_base.procedure import Procedure
from knowledge_base.search import Verdict, read_message

__all__ = [
    "MESSAGE",
    "PROCEDURE",
    "ActionAnswerQuestion",
    "answer_choice",
    "answer_question",
]

PROCEDURE = "procedure"
MESSAGE = "message"


class ActionAnswerQuestion(AnswerAction):
    """Every kind of question about procedures."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_answer_question"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Answer from the catalogue; a number in reply is read as such."""
        position = chosen_position(message, len(memory.candidates))
        if position is not None and memory.candidate_kind in (PROCEDURE, MESSAGE):
            return answer_choice(self.services, position, memory, Asker.of(tracker))
        form = offered_form(self.services, message)
        if form is not None:
            return begin_filling(form, memory)
        intent = Intent.of(tracker)
        own_list = self.services.texts.phrases["own_list"]
        if message.strip() == own_list or intent.name == "checklist":
            started = _own_list(self.services, memory)
            if started is not None:
                return started
        if intent.name == "life_event":
            journey = answer_life_event(self.services, message)
            if journey is not None:
                return journey
        return answer_question(self.services, message, intent, memory)


def answer_question(
    services: Services, message: str, intent: Intent | None, memory: Memory
) -> tuple[Answer, Memory]:
    """Answer `message`; what it asks is read from its words and from `intent`, if there is one."""
    current = services.catalogue.find(memory.procedure_code) if memory.procedure_code else None
    at_place = _at_place(services, message, current, memory)
    if at_place is not None:
        return at_place
    offered = [
        services.catalogue.get(code) for code in memory.candidates if waits_for_choice(memory)
    ]
    recent = [known for known in map(services.catalogue.find, memory.recent) if known]
    reading = read_message(
        services.engine, without_place(message), current, offered, recent, memory.said
    )
    verdict = reading.decision.verdict
    metrics: dict[str, float | str | list[str]] = {
        "verdict": str(verdict),
        "from_context": float(reading.from_context),
    }
    procedures = [hit.procedure for hit in reading.decision.hits]
    metrics["codes"] = _codes(services, message, procedures)
    if verdict == Verdict.REFUSE:
        answer = services.composer.reply("no_match")
        return answer.model_copy(update={"metrics": metrics}), memory
    chosen = bool(offered) and procedures[0] in offered
    asked = _aspect(services, message, intent, memory.aspect if chosen else None)
    if verdict == Verdict.ASK_BACK and not offered:
        answer = services.composer.clarify(procedures, asked)
        codes = tuple(procedure.code for procedure in procedures)
        memory = Memory(memory.procedure_code, asked, codes, PROCEDURE)
    else:
        answer, memory = _answer(services, message, procedures[0], asked, memory)
        if verdict == Verdict.ASK_BACK or reading.guessed:
            answer = services.composer.nearest(answer)
    return answer.model_copy(update={"metrics": metrics}), memory


def _at_place(
    services: Services, message: str, current: Procedure | None, memory: Memory
) -> tuple[Answer, Memory] | None:
    """Answer a message that says no more than a commune and that it asks where."""
    mention = mentioned(message)
    if mention is None or not asks_nothing_else(services, mention.rest):
        return None
    others = [aspect for aspect in services.cues.find(mention.rest) if aspect != Aspect.WHERE]
    if others or waits_for_choice(memory):
        return None
    if current is None:
        return services.places.answer(mention.matches), memory
    return _answer(services, message, current, Aspect.WHERE, memory)


def _answer(
    services: Services, message: str, procedure: Procedure, asked: Aspect, memory: Memory
) -> tuple[Answer, Memory]:
    """Answer; where papers are asked that depend on the case, go on to the first question."""
    aspects = services.cues.asked(message, asked)
    answer = services.composer.answer(procedure, aspects)
    if asked == Aspect.FORM:
        answer = offer_filling(services, answer, procedure)
    if Aspect.WHERE in aspects:
        answer = with_place(services, answer, procedure, message)
    if asked != Aspect.DOCUMENTS or answer.status != Status.ANSWERED:
        return answer, Memory(procedure.code, asked)
    known = prefill(procedure, message)
    started = start_case(services, procedure, message, memory)
    if started is None:
        return answer, Memory(procedure.code, asked)
    question, memory = started
    if known.answers or known.narrowed:
        return question, memory
    return services.listing.with_question(answer, question), memory


def waits_for_choice(memory: Memory) -> bool:
    """Tell whether procedures were offered and none was chosen yet."""
    return memory.candidate_kind == PROCEDURE


def answer_choice(
    services: Services, position: int, memory: Memory, asker: Asker
) -> tuple[Answer, Memory]:
    """Answer for the choice at `position` of those on offer: a procedure, or a message to send."""
    chosen = memory.candidates[position]
    if memory.candidate_kind == MESSAGE:
        return _answer_message(services, chosen, memory, asker)
    procedure = services.catalogue.get(chosen)
    answer, kept = _answer(services, "", procedure, memory.aspect, memory)
    metrics: dict[str, float | str | list[str]] = {"verdict": "answer", "codes": [procedure.code]}
    return answer.model_copy(update={"metrics": metrics}), kept


def _answer_message(
    services: Services, message: str, memory: Memory, asker: Asker
) -> tuple[Answer, Memory]:
    """Answer the message that a chosen button stands for."""
    about_dossier = continue_dossier(services, message, memory, asker)
    if about_dossier is not None:
        return about_dossier
    if message == services.texts.phrases["leave_question"]:
        return services.composer.reply("leave_question"), memory
    unit = tell_unit(services, message, memory)
    if unit is not None:
        return unit
    form = offered_form(services, message)
    if form is not None:
        return begin_filling(form, memory)
    if message == services.texts.phrases["own_list"]:
        started = _own_list(services, memory)
        if started is not None:
            return started
    for aspect, texts in services.texts.aspects.items():
        procedure = services.catalogue.find(memory.procedure_code or "")
        if message == texts["message"] and procedure is not None:
            return _answer(services, message, procedure, aspect, memory)
    kept = replace(memory, candidates=(), candidate_kind=None)
    return answer_question(services, message, None, kept)


def _own_list(services: Services, memory: Memory) -> tuple[Answer, Memory] | None:
    """Begin the questions about the case for the procedure spoken of."""
    procedure = services.catalogue.find(memory.procedure_code or "")
    return start_case(services, procedure, "", memory) if procedure else None


def _aspect(
    services: Services, message: str, intent: Intent | None, waiting: Aspect | None
) -> Aspect:
    """What is asked; `waiting` is what was asked before a reply to «which one?»."""
    chances = intent.chances if intent else {}
    return services.aspects.choose(message, chances, waiting) or Aspect.OVERVIEW


def _codes(services: Services, message: str, decided: list[Procedure]) -> list[str]:
    """The codes found, the decided ones first: for the evaluation, not for the citizen."""
    codes = [procedure.code for procedure in decided]
    for hit in services.engine.search(message, limit=10):
        if hit.procedure.code not in codes:
            codes.append(hit.procedure.code)
    return codes[:10]
