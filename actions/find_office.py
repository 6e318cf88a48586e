"""Where an office is: by the commune that is named, for the procedure that is spoken of."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.answer_question import ActionAnswerQuestion
from actions.memory import Memory
from actions.place import asks_nothing_else, mentioned
from knowledge_base.answer import Answer
from knowledge_base.places import without_office_words

__all__ = ["ActionFindOffice"]


class ActionFindOffice(ActionAnswerQuestion):
    """Intent find_office."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_find_office"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Ask for the commune where none is named and no procedure is spoken of."""
        rest = without_office_words(message)
        only_office = rest != message and asks_nothing_else(self.services, rest)
        waits = memory.procedure_code or memory.candidates
        if only_office and not waits and mentioned(message) is None:
            return self.services.composer.reply("which_place"), memory
        return super().respond(message, memory, tracker)
