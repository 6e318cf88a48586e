"""One message in, one Answer out: what every channel calls.

The message is checked and cleaned, never obeyed as a command; a failure is an Answer too.
"""

from __future__ import annotations

import logging
import re
import secrets

from api.errors import BotUnavailableError
from api.rasa_client import RasaClient
from dossiers.codes import NumberKind, find_codes, identify_number
from dossiers.masking import mask_personal
from knowledge_base.answer import Answer, AnswerComposer
from knowledge_base.answer.blocks import Contact
from knowledge_base.text import clean

__all__ = ["MAX_CHARACTERS", "Conversation", "is_sender", "new_sender"]

logger = logging.getLogger(__name__)

MAX_CHARACTERS = 1000
# A message that is little more than such a number is answered here and goes no further.
_PRIVATE_NUMBERS = {
    NumberKind.IDENTITY_NUMBER: "number_identity",
    NumberKind.PHONE_NUMBER: "number_phone",
}
_FEW_WORDS = 12
_SENDER = re.compile(r"[A-Za-z0-9_-]{22,64}")


def new_sender() -> str:
    """Mint a conversation id: 192 random bits, so that nobody guesses another's."""
    return secrets.token_urlsafe(24)


def is_sender(value: str) -> bool:
    """Tell whether `value` has the shape of an id that `new_sender` mints."""
    return _SENDER.fullmatch(value) is not None


def _covered(text: str) -> str:
    """Cover identity numbers, phones, e-mails and names: Rasa remembers what it is told.

    The figures of a dossier code may look like a phone, so a message with a code stays as it is.
    """
    return text if find_codes(text) else mask_personal(text)


class Conversation:
    """Asks the bot on behalf of a channel."""

    def __init__(self, rasa: RasaClient, composer: AnswerComposer, contact: Contact) -> None:
        """Take the bot, the fixed replies, and whom to name when things fail."""
        self._rasa = rasa
        self._composer = composer
        self._contact = contact

    async def ask(self, sender: str, message: str, channel: str) -> Answer:
        """Answer `message` of the conversation `sender`."""
        text = clean(message)
        if len(text) > MAX_CHARACTERS:
            return self.reply("error_input_long")
        # Rasa reads a leading «/» as a command to itself: a citizen's slash is only a slash.
        text = text.lstrip("/ ")
        if not text:
            return self.reply("error_input_empty")
        number = identify_number(text)
        if number in _PRIVATE_NUMBERS and len(text.split()) <= _FEW_WORDS:
            return self.reply(_PRIVATE_NUMBERS[number])
        try:
            return self._with_contact(await self._rasa.send(sender, _covered(text), channel))
        except BotUnavailableError as error:
            logger.error("bot.unavailable channel=%s reason=%s", channel, error)
            return self.reply("error_bot")

    async def history(self, sender: str) -> list[tuple[str | None, Answer]]:
        """The turns so far; none when the bot cannot be reached."""
        try:
            turns = await self._rasa.history(sender)
        except BotUnavailableError as error:
            logger.error("bot.unavailable reason=%s", error)
            return []
        return [(asked, self._with_contact(answer)) for asked, answer in turns]

    def reply(self, key: str) -> Answer:
        """A fixed reply, with the contact where it should name one."""
        return self._with_contact(self._composer.reply(key))

    def _with_contact(self, answer: Answer) -> Answer:
        """Add whom to ask to every answer that could not help."""
        group = str(answer.status).partition("_")[0]
        if group not in {"handed", "error", "unanswerable"}:
            return answer
        if any(isinstance(block, Contact) for block in answer.blocks):
            return answer
        return answer.model_copy(update={"blocks": [*answer.blocks, self._contact]})
