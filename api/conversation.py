"""One message in, one Answer out: what every channel calls.

The message is checked and cleaned, never obeyed as a command; a failure is an Answer too. Where a
person should answer, `api.handover` does, and the bot is not asked.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets

from api.address_digest import AddressDigest
from api.errors import BotUnavailableError
from api.form_filling.desk import FillingDesk
from api.handover.reception import Reception
from api.private_text import covered, looks_like_proof, without_proofs
from api.rasa_client import RasaClient
from dossiers.codes import NumberKind, identify_number
from dossiers.masking import mask_personal
from knowledge_base.answer import Answer, AnswerComposer, Status
from knowledge_base.answer.addressed import addressed
from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import Contact
from knowledge_base.form_of_address import FormOfAddress
from knowledge_base.procedure import Procedure
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
# Rasa reads a leading «/» as a command to itself; its full-width twin is stripped for good measure.
_SLASHES = "/／ "
# Channels that keep no message. Zalo's inbox does (sealed): there the page is named instead.
_FILLED_IN_CHAT = frozenset({"web", "api"})
# These name their own way to a person, or are that person's words.
_NO_CONTACT = {Status.HANDED_OVER_ASK, Status.HANDED_OVER_TAKEN, Status.HANDED_OVER_ANSWER}


def new_sender() -> str:
    """Mint a conversation id: 192 random bits, so that nobody guesses another's."""
    return secrets.token_urlsafe(24)


def is_sender(value: str) -> bool:
    """Tell whether `value` has the shape of an id that `new_sender` mints."""
    return _SENDER.fullmatch(value) is not None


class Conversation:
    """Asks the bot, or the officers, on behalf of a channel."""

    def __init__(
        self,
        rasa: RasaClient,
        composer: AnswerComposer,
        contact: Contact,
        reception: Reception,
        address_digest: AddressDigest | None = None,
        filling: FillingDesk | None = None,
        *,
        address: FormOfAddress = FormOfAddress.BAN,
    ) -> None:
        """Take the bot, the fixed replies, whom to name when things fail, hand-over and forms.

        The bot says «bạn»; the citizen is addressed with `address`.
        """
        self._address_digest = address_digest or AddressDigest()
        self._rasa = rasa
        self._address = address
        self._composer = composer
        self._contact = contact
        self._reception = reception
        self._filling = filling

    async def ask(
        self, sender: str, message: str, channel: str, client: str = "", *, message_id: str = ""
    ) -> Answer:
        """Answer `message` of the conversation `sender`.

        `client` is the network address, which counts guesses at codes; the bot gets a digest of it.
        `find_answer` finds the answer again by `message_id`. What is written into a form stays in
        this process: it is neither recorded nor sent on.
        """
        text = clean(message)
        if len(text) > MAX_CHARACTERS:
            return self.reply("error_input_long")
        answer = await self._from_form(sender, text)
        if answer is None:
            text = self._without_values(sender, text).lstrip(_SLASHES)
            if not text:
                return self.reply("error_input_empty")
        news = await self._news(sender)
        if answer is None:
            answer = await self._without_bot(sender, text, channel, client, message_id)
            if answer is None:
                answer = await self._from_bot(sender, text, channel, client, message_id)
            if self._filling is not None:
                answer = self._filling.follow(sender, answer, in_chat=channel in _FILLED_IN_CHAT)
        if news is None:
            return answer
        return answer.model_copy(update={"blocks": [*news.blocks, *answer.blocks]})

    async def find_answer(self, sender: str, message_id: str) -> Answer | None:
        """The Answer that the bot gave to this message before we could pass it on, if it did."""
        try:
            answer = await self._rasa.find_answer(sender, message_id)
        except BotUnavailableError:
            return None
        if answer is None:
            return None
        answer = self._with_contact(addressed(answer, self._address))
        return self._filling.follow(sender, answer, in_chat=False) if self._filling else answer

    async def forget(self, sender: str) -> bool:
        """Let the bot forget a conversation; tell whether it did."""
        if self._filling is not None:
            self._filling.forget(sender)
        try:
            await self._rasa.forget(sender)
        except BotUnavailableError as error:
            logger.error("bot.unavailable reason=%s", error)
            return False
        return True

    async def history(self, sender: str) -> list[tuple[str | None, Answer]]:
        """The turns so far, with what officers wrote meanwhile; none when the bot is away."""
        news = await self._news(sender)
        try:
            turns = await self._rasa.history(sender)
        except BotUnavailableError as error:
            logger.error("bot.unavailable reason=%s", error)
            turns = []
        turns = [(asked, addressed(answer, self._address)) for asked, answer in turns]
        if news is not None and news not in (answer for _, answer in turns):
            turns.append((None, news))
        if self._filling is not None and (shown := self._filling.shown(sender)) is not None:
            # Only where the form stands; what was typed into it is not shown again.
            turns.append(("", shown))
        return [(asked, self._with_contact(answer)) for asked, answer in turns]

    def present(self, procedure: Procedure) -> Answer:
        """Introduce `procedure`, as if it had been asked for; each choice names it."""
        answer = addressed(self._composer.answer(procedure, [Aspect.OVERVIEW]), self._address)
        named = f"{procedure.name} ({procedure.code})"
        choices = [
            choice.model_copy(update={"message": f"{choice.message} {named}"})
            for choice in answer.choices
        ]
        return answer.model_copy(update={"choices": choices})

    def reply(self, key: str) -> Answer:
        """A fixed reply, with the contact where it should name one."""
        return self._with_contact(self._composer.reply(key))

    async def _from_form(self, sender: str, text: str) -> Answer | None:
        """Take `text` as part of a form; None where it is none, or an officer waits for it."""
        if self._filling is None:
            return None
        if self._filling.is_filling(sender) and await asyncio.to_thread(
            self._reception.awaits, sender
        ):
            return None
        return await self._filling.reply(sender, text)

    def _without_values(self, sender: str, text: str) -> str:
        return text if self._filling is None else self._filling.cover(sender, text)

    async def _without_bot(
        self, sender: str, text: str, channel: str, client: str, message_id: str
    ) -> Answer | None:
        """Answer what officers are to answer, and bare private numbers; None for all the rest."""
        reception = self._reception
        if await asyncio.to_thread(reception.awaits, sender):
            code = (await self._slots(sender)).get("procedure_code")
            named = code if isinstance(code, str) else None
            await asyncio.to_thread(reception.name_procedure, sender, named)
        answer = await asyncio.to_thread(reception.receive, sender, text, channel, client)
        number = identify_number(text)
        few = len(text.split()) <= _FEW_WORDS
        if answer is None and number in _PRIVATE_NUMBERS and few:
            answer = self._composer.reply(_PRIVATE_NUMBERS[number])
        if answer is None:
            return None
        answer = self._with_contact(answer)
        await self._record(sender, covered(text), answer, message_id)
        return answer

    async def _from_bot(
        self, sender: str, text: str, channel: str, client: str, message_id: str
    ) -> Answer:
        """Ask the bot; it remembers the text without what is private in it."""
        awaited = looks_like_proof(text) and await self._waits_for_proof(sender)
        remembered = mask_personal(without_proofs(text, awaited=awaited))
        typed = mask_personal(text)
        metadata = {"as_typed": typed} if typed != remembered else {}
        if message_id:
            metadata["message_id"] = message_id
        if address := self._address_digest(client):
            metadata["address"] = address
        if self._filling is not None and self._filling.is_filling(sender):
            metadata["fills_form"] = "yes"
        try:
            answer = await self._rasa.send(sender, remembered, channel, metadata)
        except BotUnavailableError as error:
            logger.error("bot.unavailable channel=%s reason=%s", channel, error)
            return self.reply("error_bot")
        answer = addressed(answer, self._address)
        completed = await asyncio.to_thread(self._reception.complete, sender, channel, answer)
        return self._with_contact(completed)

    async def _waits_for_proof(self, sender: str) -> bool:
        """Tell whether the bot waits for the proof of a dossier (`actions.memory.DossierTalk`)."""
        talk = (await self._slots(sender)).get("dossier")
        return isinstance(talk, dict) and talk.get("stage") == "proof"

    async def _news(self, sender: str) -> Answer | None:
        """What officers wrote since; noted in the bot's memory, so that a reload shows it again."""
        news = await asyncio.to_thread(self._reception.news, sender)
        if news is not None:
            await self._record(sender, None, news)
        return news

    async def _slots(self, sender: str) -> dict[str, object]:
        try:
            return await self._rasa.slots(sender)
        except BotUnavailableError as error:
            logger.error("bot.unavailable reason=%s", error)
            return {}

    async def _record(
        self, sender: str, asked: str | None, answer: Answer, message_id: str = ""
    ) -> None:
        """Put a turn that the bot had no part in where the page's turns come from."""
        try:
            await self._rasa.record(sender, asked, answer, message_id)
        except BotUnavailableError as error:
            logger.error("bot.unavailable reason=%s", error)

    def _with_contact(self, answer: Answer) -> Answer:
        """Add whom to ask to every answer that could not help."""
        group = str(answer.status).partition("_")[0]
        if group not in {"handed", "error", "unanswerable"} or answer.status in _NO_CONTACT:
            return answer
        if any(isinstance(block, Contact) for block in answer.blocks):
            return answer
        return answer.model_copy(update={"blocks": [*answer.blocks, self._contact]})
