"""A reply to choices: a number, an ordinal, yes, no."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.answer_question import answer_choice, answer_question
from actions.base import AnswerAction
from actions.choosing import chosen_position
from actions.memory import Memory
from knowledge_base.answer import Answer

__all__ = ["ActionChoose"]


class ActionChoose(AnswerAction):
    """Intents choose, affirm and deny."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_choose"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Take the choice; «không phải, …» with more words is a new question."""
        intent = str((tracker.latest_message.get("intent") or {}).get("name") or "")
        count = len(memory.candidates)
        position = chosen_position(message, count)
        if position is None and intent == "affirm" and count == 1:
            position = 0
        if position is not None:
            return answer_choice(self.services, position, memory)
        if len(message.split()) > 4:
            return answer_question(self.services, message, None, memory)
        if intent in ("affirm", "deny"):
            return self.services.composer.reply(intent), memory
        return self.services.composer.reply("no_choice"), memory
