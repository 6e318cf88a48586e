"""How fast the whole dialogue answers: one user, and a steady stream of many.

The stream is open: messages begin at their times whether or not earlier ones are answered, and
their time is counted from then on, so that a slow moment is not hidden by waiting for it. Every
conversation sends one message after the other, as people do.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import httpx

__all__ = ["Measured", "StreamPlan", "make_dialogues", "measure_one_user", "measure_stream"]

# What citizens go on to ask, and what they say besides.
_FOLLOW_UPS = (
    "lệ phí bao nhiêu", "thế nộp ở đâu", "mat bao lau", "cần những giấy tờ gì",
    "có nộp qua mạng được không", "các bước thế nào",
)  # fmt: skip
_SOCIAL = ("xin chào", "cảm ơn nhé", "bạn là ai", "thời tiết hôm nay thế nào", "nói lại đi")
_SHARE_OF_SOCIAL = 0.1
# Below the usual 30 messages a minute that one conversation may send.
_SECONDS_BETWEEN = 3.0


@dataclass
class Measured:
    """The times of answered messages in milliseconds, and how many were not answered well."""

    milliseconds: list[float] = field(default_factory=list)
    errors: int = 0
    seconds: float = 0.0
    load: tuple[float, float] = (0.0, 0.0)

    @property
    def per_second(self) -> float:
        """Messages answered a second."""
        return len(self.milliseconds) / self.seconds if self.seconds else 0.0

    def percentile(self, percent: float) -> float:
        """The time within which `percent` of the messages were answered; 0 where there are none."""
        if not self.milliseconds:
            return 0.0
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


@dataclass(frozen=True)
class StreamPlan:
    """How many messages a second, for how long."""

    rate: float = 25.0
    seconds: float = 30.0

    @property
    def conversations(self) -> int:
        """So many that none sends more than a person may."""
        return max(1, round(self.rate * _SECONDS_BETWEEN))

    @property
    def messages(self) -> int:
        """How many messages the stream has."""
        return max(1, round(self.rate * self.seconds))


def make_dialogues(
    questions: Mapping[str, Sequence[str]], count: int, length: int, seed: int = 1
) -> list[list[str]]:
    """Make `count` conversations of `length` messages: a question, then what is asked after it."""
    chance = random.Random(seed)
    phrasings = [text for texts in questions.values() for text in texts]
    dialogues = []
    for _ in range(count):
        said: list[str] = []
        while len(said) < length:
            if chance.random() < _SHARE_OF_SOCIAL:
                said.append(chance.choice(_SOCIAL))
            else:
                said += [chance.choice(phrasings), chance.choice(_FOLLOW_UPS)]
        dialogues.append(said[:length])
    return dialogues


async def measure_one_user(
    client: httpx.AsyncClient, dialogues: Sequence[Sequence[str]]
) -> Measured:
    """Send the messages of one conversation after the other, each when the last was answered."""
    measured = Measured()
    before, started = os.getloadavg()[0], time.perf_counter()
    for dialogue in dialogues:
        conversation: str | None = None
        for message in dialogue:
            conversation = await _send(client, message, conversation, measured, time.perf_counter())
    measured.seconds = time.perf_counter() - started
    measured.load = (before, os.getloadavg()[0])
    return measured


async def measure_stream(
    client: httpx.AsyncClient, dialogues: Sequence[Sequence[str]], plan: StreamPlan
) -> Measured:
    """Send messages at a steady rate, turn by turn through the conversations."""
    measured = Measured()
    before, started = os.getloadavg()[0], time.perf_counter()
    talks = [_Talk(list(dialogue)) for dialogue in dialogues]
    running = []
    for number in range(plan.messages):
        due = started + number / plan.rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        talk = talks[number % len(talks)]
        running.append(asyncio.create_task(talk.say_next(client, measured, due)))
    await asyncio.gather(*running)
    measured.seconds = time.perf_counter() - started
    measured.load = (before, os.getloadavg()[0])
    return measured


@dataclass
class _Talk:
    """One conversation of the stream."""

    messages: list[str]
    said: int = 0
    conversation: str | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def say_next(self, client: httpx.AsyncClient, measured: Measured, due: float) -> None:
        async with self.turn:
            message = self.messages[self.said % len(self.messages)]
            self.said += 1
            self.conversation = await _send(client, message, self.conversation, measured, due)


async def _send(
    client: httpx.AsyncClient,
    message: str,
    conversation: str | None,
    measured: Measured,
    due: float,
) -> str | None:
    """Send one message and note its time since `due`; return its conversation."""
    try:
        response = await client.post(
            "/api/v1/messages", json={"message": message, "conversation": conversation}
        )
        body = response.json()
        failed = response.status_code != 200 or body["answer"]["status"].startswith("error")
        conversation = str(body["conversation"])
    except (httpx.HTTPError, ValueError, KeyError):
        measured.errors += 1
        return conversation
    if failed:
        measured.errors += 1
    else:
        measured.milliseconds.append((time.perf_counter() - due) * 1000)
    return conversation
