"""A reply to choices: a number, an ordinal, yes, no."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.answer_question import (
    MESSAGE,
    PROCEDURE,
    answer_choice,
    answer_question,
)
from actions.asker import Asker
from actions.base import AnswerAction
from actions.case import ask_again
from actions.choosing import chosen_position
from actions.intent import Intent
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
        intent = Intent.of(tracker)
        offered = memory.candidate_kind in (PROCEDURE, MESSAGE)
        count = len(memory.candidates) if offered else 0
        position = chosen_position(message, count)
        if position is None and intent.name == "affirm" and count == 1:
            position = 0
        if position is not None:
            return answer_choice(self.services, position, memory, Asker.of(tracker))
        long = len(message.split()) > 5 and intent.name != "choose"
        if long or self.services.overruling.is_question(message, intent, memory):
            return answer_question(self.services, message, intent, memory)
        if again := ask_again(self.services, memory):
            return again
        if intent.name in ("affirm", "deny"):
            return self.services.composer.reply(intent.name), memory
        return self.services.composer.reply("no_choice"), memory
