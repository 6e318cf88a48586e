"""What is said to one inbound event of Zalo."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from api.conversation import Conversation
from api.rendering.zalo import MOST_MESSAGES, LinkedFile, ZaloMessages, ZaloRenderer
from api.zalo.event import Kind
from api.zalo.inbox import Waiting
from api.zalo.texts import ZaloTexts
from knowledge_base.answer import Answer, Choice, Status

__all__ = ["Turn", "Turns"]

CHANNEL = "zalo"
_TRIES = 3
_NUMBER = re.compile(r"(?:(?:chọn|chon|số|so)\s+)*(\d{1,2})[.)]?", re.IGNORECASE)

Forget = Callable[[str], Awaitable[None]]


@dataclass(frozen=True)
class Turn:
    """What one event leads to.

    `parts` go to the outbox in this order; `on_offer` replaces what the answer before left open,
    unless it is None.
    """

    parts: Sequence[tuple[str, dict[str, Any]]] = ()
    on_offer: dict[str, Any] | None = None
    forgets: bool = False


class Turns:
    """Decides what is said; the Answers are those of every other channel."""

    def __init__(
        self,
        conversation: Conversation,
        renderer: ZaloRenderer,
        texts: ZaloTexts,
        forget: Forget,
    ) -> None:
        """Take who answers, how answers look here, and what forgets a conversation elsewhere."""
        self._conversation, self._renderer = conversation, renderer
        self._texts, self._forget = texts, forget

    async def take(self, message: Waiting) -> Turn | None:
        """Return what follows from an event; None: the bot is away, try again shortly."""
        match message.kind:
            case Kind.TEXT:
                return await self._text(message)
            case Kind.FOLLOW:
                privacy = self._texts.replies["welcome_privacy"]
                return self._answered(self._conversation.reply("greet"), privacy)
            case Kind.WITHDRAW:
                await self._forget(message.sender)
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
        messages = self._renderer.render(answer)
        room = MOST_MESSAGES - len(messages.texts) - len(messages.files)
        added = more_texts[: max(room, 0)]
        # The choices belong to the last text, so with them what is added stands before it.
        texts = (*added, *messages.texts) if messages.choices else (*messages.texts, *added)
        kept = ZaloMessages(texts, messages.rest, messages.choices, messages.files)
        return Turn(_parts(kept), _offer(kept))

    def _more(self, message: Waiting) -> Turn:
        messages = self._renderer.continue_text(tuple(message.on_offer["rest"]))
        return Turn(_parts(messages), {**message.on_offer, "rest": list(messages.rest)})

    def _say(self, key: str) -> Turn:
        return Turn([("text", {"text": self._texts.replies[key]})])


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


def _offer(messages: ZaloMessages) -> dict[str, Any]:
    offer: dict[str, Any] = {}
    if messages.choices:
        offer["choices"] = [_choice(choice) for choice in messages.choices]
    if messages.rest:
        offer["rest"] = list(messages.rest)
    return offer


def _choice(choice: Choice) -> dict[str, str]:
    return {"label": choice.label, "message": choice.message}


def _file(file: LinkedFile) -> dict[str, str]:
    return {"href": file.href, "name": file.name}
