"""What is said to one inbound event of Zalo."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from api.conversation import Conversation
from api.rendering.zalo import MOST_MESSAGES, LinkedFile, ZaloMessages, ZaloRenderer
from api.zalo.consents import DOSSIER_NOTICES, give_consent, take_back_consent, watch_dossier
from api.zalo.event import Kind
from api.zalo.inbox import Waiting
from api.zalo.notices import FindStatus
from api.zalo.seal import Seal
from api.zalo.texts import ZaloTexts
from knowledge_base.answer import Answer, Choice, Status
from knowledge_base.answer.blocks import DossierBlock

__all__ = ["Turn", "Turns"]

CHANNEL = "zalo"
_TRIES = 3
_NUMBER = re.compile(r"(?:(?:chọn|chon|số|so)\s+)*(\d{1,2})[.)]?", re.IGNORECASE)

Effect = Callable[[Session], None]


@dataclass(frozen=True)
class Turn:
    """What one event leads to.

    `parts` go to the outbox in this order; `on_offer` replaces what the answer before left open
    unless None; `effect` is done together with both.
    """

    parts: Sequence[tuple[str, dict[str, Any]]] = ()
    on_offer: dict[str, Any] | None = None
    effect: Effect | None = None
    forgets: bool = False


class Turns:
    """Decides what is said; the Answers are those of every other channel."""

    def __init__(
        self,
        conversation: Conversation,
        renderer: ZaloRenderer,
        texts: ZaloTexts,
        seal: Seal,
        *,
        find_status: FindStatus | None,
        clock: Callable[[], datetime],
    ) -> None:
        """Take who answers and how answers look here; without `find_status` no notices."""
        self._conversation, self._renderer, self._texts = conversation, renderer, texts
        self._seal, self._clock = seal, clock
        self._find_status = find_status
        self._notices = find_status is not None

    async def take(self, message: Waiting) -> Turn | None:
        """Return what follows from an event; None: the bot is away, try again shortly."""
        match message.kind:
            case Kind.TEXT:
                return await self._text(message)
            case Kind.FOLLOW:
                privacy = self._texts.replies["welcome_privacy"]
                return self._answered(self._conversation.reply("greet"), privacy)
            case Kind.WITHDRAW:
                await self._conversation.forget(message.sender)
                return Turn(forgets=True)
            case Kind.MEDIA | Kind.STICKER | Kind.LOCATION | Kind.SHARED_INFO:
                return self._say(message.kind)
            case _:
                return Turn()

    def failed(self) -> Turn:
        """What is said when an event could not be handled at all."""
        return self._answered(self._conversation.reply("error_bot"))

    async def _text(self, message: Waiting) -> Turn | None:
        command = self._texts.command(message.text)
        if command == "more" and message.on_offer.get("rest"):
            return self._more(message)
        if self._notices and command in ("notices", "agree", "stop"):
            return self._notice_command(command, message)
        return await self._ask(message)

    async def _ask(self, message: Waiting) -> Turn | None:
        answer: Answer | None = None
        if message.attempts > 1:
            # We may have died between asking and noting the answer: do not ask twice.
            answer = await self._conversation.find_answer(message.sender, message.key)
        if answer is None:
            text = _chosen(message.text, message.on_offer.get("choices") or [])
            answer = await self._conversation.ask(
                message.sender, text, CHANNEL, message.sender, message_id=message.key
            )
        if answer.status == Status.ERROR_BOT and message.attempts < _TRIES:
            return None
        return self._answered(answer)

    def _answered(self, answer: Answer, *more_texts: str) -> Turn:
        dossier = next((b.code for b in answer.blocks if isinstance(b, DossierBlock)), None)
        messages = self._renderer.render(answer)
        if dossier and self._notices:
            more_texts = (*more_texts, self._texts.replies["notices_offer"])
        room = MOST_MESSAGES - len(messages.texts) - len(messages.files)
        added = more_texts[: max(room, 0)]
        # The choices belong to the last text, so with them what is added stands before it.
        texts = (*added, *messages.texts) if messages.choices else (*messages.texts, *added)
        kept = ZaloMessages(texts, messages.rest, messages.choices, messages.files)
        return Turn(_parts(kept), _offer(kept, dossier))

    def _more(self, message: Waiting) -> Turn:
        messages = self._renderer.continue_text(tuple(message.on_offer["rest"]))
        return Turn(_parts(messages), {**message.on_offer, "rest": list(messages.rest)})

    def _say(self, key: str) -> Turn:
        return Turn([("text", {"text": self._texts.replies[key]})])

    def _notice_command(self, command: str, message: Waiting) -> Turn:
        if command == "stop":
            return self._stop(message)
        code = message.on_offer.get("dossier")
        if not code:
            return self._say("notices_without_dossier")
        wording = self._texts.consents[DOSSIER_NOTICES].format(code=code)
        if command == "notices":
            asked = self._texts.consent_question.format(wording=wording)
            offer = {**message.on_offer, "wording": wording}
            return Turn([("text", {"text": asked})], offer)
        if message.on_offer.get("wording") != wording:
            return self._say("notices_not_asked")
        return self._agree(message, code, wording)

    def _agree(self, message: Waiting, code: str, wording: str) -> Turn:
        def effect(session: Session) -> None:
            now, person = self._clock(), message.person_key
            give_consent(session, self._seal, person, DOSSIER_NOTICES, wording, now)
            status = self._find_status(code) if self._find_status else None
            told = None if status is None else int(status)
            watch_dossier(session, self._seal, message.person_key, code, told)

        text = self._texts.replies["notices_on"].format(code=code)
        return Turn([("text", {"text": text})], {}, effect)

    def _stop(self, message: Waiting) -> Turn:
        def effect(session: Session) -> None:
            take_back_consent(session, message.person_key, DOSSIER_NOTICES, self._clock())

        return Turn([("text", {"text": self._texts.replies["notices_off"]})], None, effect)


def _chosen(text: str, choices: Sequence[dict[str, str]]) -> str:
    """The message behind the choice that a bare number names; any other text stays as it is."""
    number = _NUMBER.fullmatch(text.strip())
    if number and 1 <= int(number[1]) <= len(choices):
        return choices[int(number[1]) - 1]["message"]
    return text


def _parts(messages: ZaloMessages) -> list[tuple[str, dict[str, Any]]]:
    parts: list[tuple[str, dict[str, Any]]] = [("text", {"text": text}) for text in messages.texts]
    if messages.choices and parts:
        parts[-1][1]["choices"] = [_choice(choice) for choice in messages.choices]
    return [*parts, *(("file", _file(file)) for file in messages.files)]


def _offer(messages: ZaloMessages, dossier: str | None) -> dict[str, Any]:
    offer: dict[str, Any] = {}
    if messages.choices:
        offer["choices"] = [_choice(choice) for choice in messages.choices]
    if messages.rest:
        offer["rest"] = list(messages.rest)
    if dossier:
        offer["dossier"] = dossier
    return offer


def _choice(choice: Choice) -> dict[str, str]:
    return {"label": choice.label, "message": choice.message}


def _file(file: LinkedFile) -> dict[str, str]:
    return {"href": file.href, "name": file.name}
