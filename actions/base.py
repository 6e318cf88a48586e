"""The base of every action: services handed in, one Answer sent as custom JSON."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.asker import Asker
from actions.case import continue_case
from actions.dossier_form import continue_dossier, resume_dossier
from actions.memory import Memory
from actions.place import tell_unit
from actions.services import Services, services_from_environment
from knowledge_base.answer import Answer, Status

__all__ = ["AnswerAction", "fills_form", "latest_message"]

logger = logging.getLogger(__name__)

_MISSES = (Status.UNANSWERABLE_NO_MATCH, Status.UNANSWERABLE_NOT_UNDERSTOOD)
_PATIENCE = 2
_ABOUT_PROCEDURES = (Status.ANSWERED, Status.ANSWERED_NAME_ONLY, Status.CLARIFICATION)


class AnswerAction(Action, ABC):
    """An action that answers a message from the services and the conversation's memory.

    Without services of its own it uses those of the environment: so `python -m rasa_sdk` can make
    it from the class alone.
    """

    def __init__(self, services: Services | None = None) -> None:
        """Take the services of this process."""
        self._services = services

    @property
    def services(self) -> Services:
        """The services handed in, or those of the environment."""
        return self._services or services_from_environment()

    forgets: ClassVar[bool] = False
    """Whether this action forgets the conversation; all others only interrupt a look-up."""

    @abstractmethod
    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Return the answer to `message` and what to remember."""

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Send the Answer; an unexpected fault becomes an Answer that says so.

        Whatever the intent, a dossier code and the proof that is waited for are taken as such, and
        so is a reply to the open question of a checklist.
        """
        memory = before = Memory.from_slots(tracker.slots)
        message = latest_message(tracker)
        try:
            talk = None if self.forgets else memory.dossier
            reply = continue_dossier(self.services, message, memory, Asker.of(tracker))
            if reply is None:
                reply = self._guarded(message, memory)
                reply = reply or continue_case(self.services, message, memory)
                reply = reply or tell_unit(self.services, message, memory)
                reply = reply or self.respond(message, replace(memory, dossier=None), tracker)
                reply = resume_dossier(self.services, *reply, talk)
            answer, after = reply
            if answer.procedure_code:
                answer = self.services.premises.correct(answer, message)
            answer, misses = self._second_stage(answer, memory.misses)
            memory = replace(after, misses=misses)
            if fills_form(tracker) and answer.status == Status.ANSWERED:
                # The form waits with a question of its own: one at a time.
                answer = self.services.listing.without_question(answer)
                memory = replace(memory, case=None)
            memory = memory.offering([choice.message for choice in answer.choices])
            memory = memory if self.forgets else memory.after(before)
            if answer.status in _ABOUT_PROCEDURES and before.dossier is None:
                # As the bot's store keeps it: with what is private covered.
                memory = memory.remembering(str(tracker.latest_message.get("text") or ""))
        except Exception:
            logger.exception("action.failed action=%s", self.name())
            answer = self.services.composer.reply("error_bot")
        dispatcher.utter_message(json_message=answer.model_dump(mode="json"))
        return memory.events()

    def _guarded(self, message: str, memory: Memory) -> tuple[Answer, Memory] | None:
        """The reply to what is refused by its words, whatever the intent."""
        key = self.services.guards.find(message)
        return (self.services.composer.reply(key), memory) if key else None

    def _second_stage(self, answer: Answer, misses: int) -> tuple[Answer, int]:
        """Hand over to people where a second message in a row could not be answered."""
        if answer.status not in _MISSES:
            return answer, 0
        if misses + 1 < _PATIENCE:
            return answer, misses + 1
        return self.services.composer.reply("hand_over_at_loss"), 0


def fills_form(tracker: Tracker) -> bool:
    """Tell whether the citizen asks this while filling in a form, which the gateway leads."""
    return bool((tracker.latest_message.get("metadata") or {}).get("fills_form"))


def latest_message(tracker: Tracker) -> str:
    """The text of the message that is being answered, as it was typed.

    The bot remembers a message with the proof of a dossier covered; the proof itself comes beside
    it, in metadata that the bot's store leaves out.
    """
    message = tracker.latest_message
    typed = (message.get("metadata") or {}).get("as_typed")
    return str(typed or message.get("text") or "")
