"""Fixed replies: greetings, refusals, hand-over, starting over, saying it again."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.answer_question import answer_question
from actions.base import AnswerAction
from actions.case import ask_again
from actions.intent import Intent
from actions.memory import Memory
from knowledge_base.answer import Answer
from knowledge_base.answer.blocks import Warn

__all__ = ["ActionRepeat", "ActionReply", "ActionStartOver"]

_REPLIES = {"gibberish": "not_understood", "complaint": "hand_over"}


class ActionReply(AnswerAction):
    """Social intents, refusals and hand-over."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_reply"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Say the fixed reply, unless the intent is unsure and the search is sure."""
        intent = Intent.of(tracker)
        if self._is_no_emergency(message, intent, memory):
            answer, memory = answer_question(self.services, message, intent, memory)
            warning = Warn(text=self.services.texts.phrases["emergency_numbers"])
            return answer.model_copy(update={"blocks": [warning, *answer.blocks]}), memory
        if self.services.overruling.is_question(message, intent, memory):
            return answer_question(self.services, message, intent, memory)
        if intent.name == "gibberish" and (again := ask_again(self.services, memory)):
            return again
        return self.services.composer.reply(_REPLIES.get(intent.name, intent.name)), memory

    def _is_no_emergency(self, message: str, intent: Intent, memory: Memory) -> bool:
        """An unsure cry for help that reads like a question is answered, the numbers first."""
        if intent.name != "emergency" or intent.confidence >= self.services.guards.emergency_sure:
            return False
        return self.services.overruling.reads_like_a_question(message, memory)


class ActionStartOver(AnswerAction):
    """Forget everything."""

    forgets = True

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_start_over"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Say so and forget, unless the message asks something after all."""
        intent = Intent.of(tracker)
        if self.services.overruling.is_question(message, intent, memory):
            return answer_question(self.services, message, intent, memory)
        return self.services.composer.reply("start_over"), Memory()


class ActionRepeat(AnswerAction):
    """Say the last answer again."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_repeat"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Answer the remembered aspect of the remembered procedure, or ask what is meant."""
        intent = Intent.of(tracker)
        if self.services.overruling.is_question(message, intent, memory):
            return answer_question(self.services, message, intent, memory)
        procedure = (
            self.services.catalogue.find(memory.procedure_code) if memory.procedure_code else None
        )
        if procedure is None:
            return self.services.composer.reply("not_understood"), memory
        return self.services.composer.answer(procedure, [memory.aspect]), memory
