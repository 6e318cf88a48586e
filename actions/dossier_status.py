"""The action of the intent dossier_status; what is said stands in `actions.dossier_form`."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.answer_question import answer_question
from actions.asker import Asker
from actions.base import AnswerAction
from actions.dossier_form import answer_dossier
from actions.intent import Intent
from actions.memory import Memory
from knowledge_base.answer import Answer

__all__ = ["ActionDossierStatus"]


class ActionDossierStatus(AnswerAction):
    """Intent dossier_status."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_dossier_status"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Ask for the code; one that stands in the message was looked up before this.

        «ngày sinh trên thẻ không khớp với khai sinh» may sound like it, and asks for a procedure.
        """
        intent = Intent.of(tracker)
        if memory.dossier is None and self.services.overruling.is_question(message, intent, memory):
            return answer_question(self.services, message, intent, memory)
        return answer_dossier(self.services, message, memory, Asker.of(tracker))
