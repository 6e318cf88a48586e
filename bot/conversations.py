"""The turns of the project's labelled conversations, as examples of what a message asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["CONVERSATIONS", "Turn", "read_turns"]

CONVERSATIONS = Path("knowledge_base/questions/calibration/conversations.jsonl")
_NO_INTENT = ("ambiguous", "out_of_scope")


@dataclass(frozen=True)
class Turn:
    """What a citizen says in a conversation; `intent` is None where it asks for no one thing."""

    conversation: str
    text: str
    intent: str | None


def read_turns(path: Path) -> Iterator[Turn]:
    """Every turn of the file, in order.

    Raises:
        ValueError: a line is no JSON.
        KeyError: a turn has no text or no label.
    """
    for line in path.read_text("utf-8").splitlines():
        conversation = json.loads(line)
        for turn in conversation["turns"]:
            asks = turn["gold"] and turn["ask"] not in _NO_INTENT
            intent = f"ask_{turn['ask']}" if asks else None
            yield Turn(str(conversation["id"]), str(turn["user"]), intent)
