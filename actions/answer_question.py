"""Answer a question about a procedure: find it, ask back, or admit that nothing fits."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.base import AnswerAction
from actions.choosing import chosen_position
from actions.dossier_status import answer_dossier, is_about_dossier
from actions.intent import Intent
from actions.memory import Memory
from actions.services import Services
from knowledge_base.answer import Answer
from knowledge_base.answer.aspect import Aspect
from knowledge_base.procedure import Procedure
from knowledge_base.search import Verdict, read_message

__all__ = ["ActionAnswerQuestion", "answer_choice", "answer_question", "is_question_after_all"]

PROCEDURE = "procedure"


class ActionAnswerQuestion(AnswerAction):
    """Every kind of question about procedures."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_answer_question"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Answer from the catalogue; a dossier code or a number in reply is read as such."""
        if is_about_dossier(message, memory):
            return answer_dossier(self.services, message, memory, tracker.sender_id)
        if memory.candidate_kind == PROCEDURE:
            position = chosen_position(message, len(memory.candidates))
            if position is not None:
                return answer_choice(self.services, position, memory)
        return answer_question(self.services, message, Intent.of(tracker).aspect, memory)


def is_question_after_all(services: Services, message: str, intent: Intent, memory: Memory) -> bool:
    """Tell whether a message whose intent is no question should be answered as one.

    The classifier must be unsure and the search sure: nobody who asks for a procedure is sent away
    because a long story sounded like something else. A reply to «which one?» is hardly ever
    anything else.
    """
    thresholds = services.engine.config.decision
    if waits_for_choice(memory) and intent.confidence < thresholds.trust_refusal_of_reply:
        return True
    if intent.is_question or intent.confidence >= thresholds.trust_refusal:
        return False
    if len(message.split()) < 4:
        return False
    return services.engine.decide(message).off_topic < thresholds.overrule_refusal


def answer_question(
    services: Services, message: str, aspect: Aspect | None, memory: Memory
) -> tuple[Answer, Memory]:
    """Answer `message`, which asks `aspect` (None: not known, take it from its words)."""
    current = services.catalogue.find(memory.procedure_code) if memory.procedure_code else None
    offered = [
        services.catalogue.get(code) for code in memory.candidates if waits_for_choice(memory)
    ]
    reading = read_message(services.engine, message, current, offered)
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
    asked = _aspect(services, message, aspect, memory.aspect if chosen else None)
    if verdict == Verdict.ASK_BACK:
        answer = services.composer.clarify(procedures, asked)
        codes = tuple(procedure.code for procedure in procedures)
        memory = Memory(memory.procedure_code, asked, codes, PROCEDURE)
    else:
        answer = services.composer.answer(procedures[0], services.cues.asked(message, asked))
        memory = Memory(procedures[0].code, asked)
    return answer.model_copy(update={"metrics": metrics}), memory


def waits_for_choice(memory: Memory) -> bool:
    """Tell whether procedures were offered and none was chosen yet."""
    return memory.candidate_kind == PROCEDURE


def answer_choice(services: Services, position: int, memory: Memory) -> tuple[Answer, Memory]:
    """Answer for the choice at `position` of those on offer."""
    procedure = services.catalogue.get(memory.candidates[position])
    answer = services.composer.answer(procedure, [memory.aspect])
    metrics: dict[str, float | str | list[str]] = {"verdict": "answer", "codes": [procedure.code]}
    return (
        answer.model_copy(update={"metrics": metrics}),
        Memory(procedure.code, memory.aspect),
    )


def _aspect(
    services: Services, message: str, aspect: Aspect | None, waiting: Aspect | None
) -> Aspect:
    """What is asked: the intent's aspect; in reply to «which one?» what was asked before."""
    if aspect not in (None, Aspect.OVERVIEW):
        return aspect
    named = services.cues.find(message)
    return named[0] if named else waiting or aspect or Aspect.OVERVIEW


def _codes(services: Services, message: str, decided: list[Procedure]) -> list[str]:
    """The codes found, the decided ones first: for the evaluation, not for the citizen."""
    codes = [procedure.code for procedure in decided]
    for hit in services.engine.search(message, limit=10):
        if hit.procedure.code not in codes:
            codes.append(hit.procedure.code)
    return codes[:10]
