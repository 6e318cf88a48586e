"""Answer a question about a procedure: find it, ask back, or admit that nothing fits."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.base import AnswerAction
from actions.choosing import chosen_position
from actions.dossier_status import answer_dossier, names_dossier
from actions.memory import Memory
from actions.services import Services
from knowledge_base.answer import Answer
from knowledge_base.answer.aspect import Aspect
from knowledge_base.procedure import Procedure
from knowledge_base.search import Verdict, read_message

__all__ = ["ActionAnswerQuestion", "answer_question", "intended_aspect"]

_INTENT_PREFIX = "ask_"
_TASK_ASPECTS = {
    "checklist": Aspect.DOCUMENTS,
    "fill_form": Aspect.FORM,
    "find_office": Aspect.WHERE,
    "life_event": Aspect.STEPS,
}


class ActionAnswerQuestion(AnswerAction):
    """Every kind of question about procedures."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_answer_question"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Answer from the catalogue; a dossier code or a number in reply is read as such."""
        if names_dossier(message):
            return answer_dossier(self.services, message, memory)
        position = chosen_position(message, len(memory.candidates))
        if position is not None:
            return answer_choice(self.services, position, memory)
        intent = str((tracker.latest_message.get("intent") or {}).get("name") or "")
        return answer_question(self.services, message, intended_aspect(intent), memory)


def intended_aspect(intent: str) -> Aspect | None:
    """The aspect that an intent asks for, or None for an unsure one."""
    if intent.startswith(_INTENT_PREFIX):
        return Aspect(intent.removeprefix(_INTENT_PREFIX))
    return _TASK_ASPECTS.get(intent)


def answer_question(
    services: Services, message: str, aspect: Aspect | None, memory: Memory
) -> tuple[Answer, Memory]:
    """Answer `message`, which asks `aspect` (None: not known, take it from its words)."""
    current = services.catalogue.find(memory.procedure_code) if memory.procedure_code else None
    reading = read_message(services.engine, message, current)
    named = services.cues.find(message)
    if aspect is None:
        waiting = memory.aspect if memory.candidates else Aspect.OVERVIEW
        aspect = named[0] if named else waiting
    elif (
        aspect == Aspect.OVERVIEW
        and memory.candidates
        and reading.decision.verdict == Verdict.ANSWER
    ):
        # The reply to «which one?»: what was asked before still stands.
        aspect = memory.aspect
    aspects = services.cues.asked(message, aspect)
    metrics: dict[str, float | str | list[str]] = {
        "verdict": str(reading.decision.verdict),
        "from_context": float(reading.from_context),
    }
    if reading.decision.verdict == Verdict.REFUSE:
        answer = services.composer.reply("no_match")
        return answer.model_copy(update={"metrics": metrics}), memory
    procedures = [hit.procedure for hit in reading.decision.hits]
    metrics["codes"] = _codes(services, message, procedures)
    if reading.decision.verdict == Verdict.ASK_BACK:
        answer = services.composer.clarify(procedures, aspect)
        codes = tuple(procedure.code for procedure in procedures)
        memory = Memory(memory.procedure_code, aspect, codes, "procedure")
    else:
        answer = services.composer.answer(procedures[0], aspects)
        memory = Memory(procedures[0].code, aspect)
    return answer.model_copy(update={"metrics": metrics}), memory


def answer_choice(services: Services, position: int, memory: Memory) -> tuple[Answer, Memory]:
    """Answer for the choice at `position` of those on offer."""
    procedure = services.catalogue.get(memory.candidates[position])
    answer = services.composer.answer(procedure, [memory.aspect])
    metrics: dict[str, float | str | list[str]] = {"verdict": "answer", "codes": [procedure.code]}
    return (
        answer.model_copy(update={"metrics": metrics}),
        Memory(procedure.code, memory.aspect),
    )


def _codes(services: Services, message: str, decided: list[Procedure]) -> list[str]:
    """The codes found, the decided ones first: for the evaluation, not for the citizen."""
    codes = [procedure.code for procedure in decided]
    for hit in services.engine.search(message, limit=10):
        if hit.procedure.code not in codes:
            codes.append(hit.procedure.code)
    return codes[:10]
