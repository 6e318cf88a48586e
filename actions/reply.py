"""Fixed replies: greetings, refusals, hand-over, starting over, saying it again."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.answer_question import answer_question
from actions.base import AnswerAction
from actions.dossier_status import answer_dossier, names_dossier
from actions.memory import Memory
from knowledge_base.answer import Answer
from knowledge_base.search import Verdict, decide

__all__ = ["ActionRepeat", "ActionReply", "ActionStartOver"]

_ALWAYS = {"abuse", "bribery", "personal_data", "prompt_injection", "emergency"}
"""Intents that no search result may overrule."""

_REPLIES = {"gibberish": "not_understood", "complaint": "hand_over"}


class ActionReply(AnswerAction):
    """Social intents, refusals and hand-over."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_reply"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Say the fixed reply, unless the intent is unsure and the search is sure."""
        if names_dossier(message):
            return answer_dossier(self.services, message, memory)
        intent = tracker.latest_message.get("intent") or {}
        name = str(intent.get("name") or "gibberish")
        confidence = float(intent.get("confidence") or 0.0)
        if name not in _ALWAYS and self._search_is_sure(message, confidence):
            return answer_question(self.services, message, None, memory)
        return self.services.composer.reply(_REPLIES.get(name, name)), memory

    def _search_is_sure(self, message: str, confidence: float) -> bool:
        config = self.services.engine.config
        if confidence >= config.decision.trust_refusal or len(message.split()) < 3:
            return False
        hits = self.services.engine.search(message)
        clear = bool(hits) and hits[0].score >= config.decision.overrule_refusal
        return clear and decide(hits, config.decision).verdict != Verdict.REFUSE


class ActionStartOver(AnswerAction):
    """Forget everything."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_start_over"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Say so and forget."""
        return self.services.composer.reply("start_over"), Memory()


class ActionRepeat(AnswerAction):
    """Say the last answer again."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_repeat"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Answer the remembered aspect of the remembered procedure, or ask what is meant."""
        procedure = (
            self.services.catalogue.find(memory.procedure_code) if memory.procedure_code else None
        )
        if procedure is None:
            return self.services.composer.reply("not_understood"), memory
        return self.services.composer.answer(procedure, [memory.aspect]), memory
