"""In a conversation: does a message stay with the procedure spoken of, or which other one is meant?

«nếu bị mất thì sao» after a passport was spoken of means another procedure of the same field; «rồi
sang tên thế nào» a step further; «quay lại cái lúc nãy» one spoken of before. A logistic choice
between the procedure spoken of, its siblings, those spoken of before and what the search finds,
learned from labelled conversations (`motcua train follow-up`), weighs what the message says alone
behind the name of the procedure spoken of, and behind the messages before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.procedure import Procedure
from knowledge_base.search.context_model import FEATURES, ContextModel
from knowledge_base.search.engine import SearchEngine

__all__ = ["MOST_SAID", "Choice", "Conversation", "choose_in_context", "context_rows"]

_EVIDENCE = ("topic_words", "body_words", "question_meaning")
MOST_SAID = 4
"""So many messages before this one are read together with it."""
_FOUND = 30
"""So many procedures that the search finds take part in the choice."""


@dataclass(frozen=True)
class Conversation:
    """What was spoken of: the current procedure, those before it, and the latest messages."""

    current: Procedure
    recent: Sequence[Procedure] = ()
    said: Sequence[str] = ()


@dataclass(frozen=True)
class Choice:
    """The procedure meant and the chance that it is the one."""

    procedure: Procedure
    chance: float


def choose_in_context(
    engine: SearchEngine,
    model: ContextModel,
    message: str,
    conversation: Conversation,
    content: int,
    *,
    denied: bool = False,
    no_new_topic: bool = False,
) -> Choice:
    """Choose what `message` is about; `content` counts its words that say something.

    `denied`: the message began with «không phải»; `no_new_topic`: it says too little to open one.
    """
    procedures, rows = context_rows(engine, model, message, conversation, content, denied=denied)
    totals = rows @ model.vector
    if no_new_topic:
        known = rows[:, [FEATURES.index(name) for name in ("stays", "sibling", "recent")]]
        totals = np.where(known.any(axis=1), totals, -np.inf)
    chances = np.exp(totals - totals.max())
    best = int(totals.argmax())
    return Choice(procedures[best], float(chances[best] / chances.sum()))


def context_rows(
    engine: SearchEngine,
    model: ContextModel,
    message: str,
    conversation: Conversation,
    content: int,
    *,
    denied: bool = False,
) -> tuple[list[Procedure], NDArray[np.float64]]:
    """The procedures to choose from, and their features: shape (procedures, features)."""
    current = conversation.current
    alone, alone_score = engine.weigh(message)
    behind, behind_score = engine.weigh(f"{current.name} {message}")
    # The opening names the thing («con xe cũ»), this message what became of it («mất giấy»).
    told, _ = engine.weigh(" ".join([*conversation.said[-MOST_SAID:], message]))
    named, _ = engine.weigh(current.name)
    here = engine.number(current.code)
    siblings = engine.numbers_of_field(current.field)
    recent = [engine.number(procedure.code) for procedure in conversation.recent]
    found = [np.argsort(-alone_score)[:_FOUND], np.argsort(-behind_score)[:_FOUND]]
    numbers = np.unique(np.concatenate([[here], siblings, recent, *found]).astype(np.int64))
    stays = (numbers == here).astype(np.float64)
    before = np.isin(numbers, recent) * (1 - stays)
    sibling = np.isin(numbers, siblings) * (1 - stays)
    new = 1 - np.maximum(stays, sibling)
    length, moving = float(np.log1p(content)), model.moving.score(message)
    # With nothing before it there is only the current one to come back to.
    back = float(bool(recent) and model.points_back(message))
    columns: Mapping[str, NDArray[np.floating]] = {
        **{f"alone_{name}": alone[name][numbers] for name in _EVIDENCE},
        **{f"behind_{name}": behind[name][numbers] for name in _EVIDENCE},
        **{f"told_{name}": told[name][numbers] for name in _EVIDENCE},
        "name": named["name_meaning"][numbers],
        "found_first": (numbers == alone_score.argmax()).astype(np.float64),
        "guided_if_moved": alone["guidance"][numbers] * (1 - stays),
        "stays": stays,
        "stays_per_word": stays * length,
        "stays_silent": stays * (content == 0),
        "stays_if_denied": stays * denied,
        "stays_if_back": stays * back,
        "stays_if_moving": stays * moving,
        "sibling": sibling,
        "sibling_if_moving": sibling * moving,
        "recent": before,
        "recent_if_back": before * back,
        "recent_if_moving": before * moving,
        "new_per_word": new * length,
        "new_if_moving": new * moving,
    }
    rows = np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float64)
    return [engine.procedure(int(number)) for number in numbers], rows
