"""Learn from labelled conversations which procedure a message means (see `context.py`).

First the words: does a message move on from the procedure spoken of? Then the choice, with what the
words say of conversations that they were not learned from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from knowledge_base.evaluation.dialogues import LabelledDialogue, LabelledTurn
from knowledge_base.evaluation.questions import AMBIGUOUS, OUT_OF_SCOPE
from knowledge_base.procedure import Procedure
from knowledge_base.search.context import MOST_SAID, Conversation, context_rows
from knowledge_base.search.context_model import FEATURES, ContextModel
from knowledge_base.search.engine import SearchEngine
from knowledge_base.search.followup import content_words, what_is_said
from knowledge_base.search.word_learning import learn_words

__all__ = ["Turn", "followed_turns", "learn_context", "right_share"]

_FOLDS = 5
_WORDS = 400
_MOST_RECENT = 5
_KINDS = ("stays", "sibling", "recent", "new")


@dataclass(frozen=True)
class Turn:
    """A message within a conversation: what it followed, and the codes that are right."""

    dialogue: str
    message: str
    conversation: Conversation
    right: frozenset[str]

    @property
    def moves(self) -> bool:
        """Whether the message is not about the procedure spoken of."""
        return self.conversation.current.code not in self.right


def followed_turns(engine: SearchEngine, dialogues: Sequence[LabelledDialogue]) -> list[Turn]:
    """Every labelled message that follows another about a procedure, as if all were understood."""
    return [turn for dialogue in dialogues for turn in _followed(engine, dialogue)]


def _followed(engine: SearchEngine, dialogue: LabelledDialogue) -> Iterator[Turn]:
    spoken: list[Procedure] = []
    for number, turn in enumerate(dialogue.turns):
        meant = _meant(engine, turn, spoken)
        if meant is None:
            continue
        if spoken:
            said = [before.user for before in dialogue.turns[:number][-MOST_SAID:]]
            conversation = Conversation(spoken[0], tuple(spoken[1:_MOST_RECENT]), said)
            yield Turn(dialogue.id, turn.user, conversation, turn.right)
        spoken = [meant, *(procedure for procedure in spoken if procedure != meant)]


def _meant(
    engine: SearchEngine, turn: LabelledTurn, spoken: Sequence[Procedure]
) -> Procedure | None:
    """The procedure that the turn leaves as the one spoken of."""
    if turn.ask in (AMBIGUOUS, OUT_OF_SCOPE) or not turn.gold:
        return None
    if spoken and spoken[0].code in turn.right:
        return spoken[0]
    return engine.catalogue.find(turn.gold[0])


def learn_context(
    engine: SearchEngine,
    model: ContextModel,
    turns: Sequence[Turn],
    stays: Sequence[str],
    *,
    ridge: float = 1.0,
    seed: int = 0,
) -> tuple[ContextModel, float]:
    """Learn words and weights; return them and the share right in cross-validation.

    `stays` are messages that ask on about whatever was spoken of. Conversations are kept whole when
    they are parted into folds.
    """
    folds = _folds(turns, seed)
    moving = np.zeros(len(turns))
    for fold in range(_FOLDS):
        kept = [turn for turn, number in zip(turns, folds, strict=True) if number != fold]
        learned = _learn_words(model, kept, stays)
        for index in np.flatnonzero(folds == fold):
            moving[index] = learned.moving.score(turns[int(index)].message)
    choices = [_choice(engine, model, turn) for turn in turns]
    for choice, said in zip(choices, moving, strict=True):
        choice.set_moving(said)
    right = np.zeros(len(turns))
    for fold in range(_FOLDS):
        weights = _learn_weights([choices[i] for i in np.flatnonzero(folds != fold)], ridge)
        for index in np.flatnonzero(folds == fold):
            right[index] = choices[index].is_right(weights)
    whole = _learn_words(model, turns, stays)
    weights = _learn_weights(choices, ridge)
    named = {name: round(float(w), 3) for name, w in zip(FEATURES, weights, strict=True)}
    return whole.model_copy(update={"weights": named}), float(right.mean())


def right_share(engine: SearchEngine, model: ContextModel, turns: Sequence[Turn]) -> float:
    """The share of `turns` for which the model chooses a right procedure."""
    return float(np.mean([_choice(engine, model, turn).is_right(model.vector) for turn in turns]))


class _Choices:
    """The features of the procedures to choose from, and which of them are right."""

    def __init__(self, rows: NDArray[np.float64], right: NDArray[np.bool_]) -> None:
        self.rows = rows
        self.right = right

    def set_moving(self, moving: float) -> None:
        """Replace what the words say of moving on."""
        stays, sibling = (self.rows[:, FEATURES.index(name)] for name in ("stays", "sibling"))
        recent = self.rows[:, FEATURES.index("recent")]
        kinds = (stays, sibling, recent, 1 - np.maximum(stays, sibling))
        for name, kind in zip(_KINDS, kinds, strict=True):
            self.rows[:, FEATURES.index(f"{name}_if_moving")] = kind * moving

    def is_right(self, weights: NDArray[np.float64]) -> bool:
        """Whether the one with the greatest total is right."""
        return bool(self.right[int((self.rows @ weights).argmax())])


def _choice(engine: SearchEngine, model: ContextModel, turn: Turn) -> _Choices:
    said = what_is_said(engine, turn.message, turn.conversation.current)
    content = len(content_words(engine, said.text))
    procedures, rows = context_rows(
        engine, model, said.text, turn.conversation, content, denied=said.denied
    )
    right = np.array([procedure.code in turn.right for procedure in procedures])
    return _Choices(rows, right)


def _folds(turns: Sequence[Turn], seed: int) -> NDArray[np.int64]:
    chance = np.random.default_rng(seed)
    of_dialogue = {name: chance.integers(_FOLDS) for name in sorted({t.dialogue for t in turns})}
    return np.array([of_dialogue[turn.dialogue] for turn in turns])


def _learn_words(model: ContextModel, turns: Sequence[Turn], stays: Sequence[str]) -> ContextModel:
    """The words that tell moving on from staying."""
    moved = [turn.message for turn in turns if turn.moves]
    stayed = [turn.message for turn in turns if not turn.moves]
    words = learn_words(moved, [*stayed, *stays], most=_WORDS, balanced=False)
    return model.model_copy(update={"moving": words})


def _learn_weights(choices: Sequence[_Choices], ridge: float) -> NDArray[np.float64]:
    """The weights of the logistic choice; `ridge` holds the standardised ones down."""
    learnable = [choice for choice in choices if choice.right.any()]
    scales = np.concatenate([choice.rows for choice in learnable]).std(axis=0)
    scales[scales < 1e-9] = 1.0

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = ridge * float(weights @ weights), 2 * ridge * weights
        for choice in learnable:
            rows = choice.rows / scales
            totals = rows @ weights
            shares = np.exp(totals - totals.max())
            right = np.where(choice.right, shares, 0.0)
            lost = float(np.log(shares.sum()) - np.log(right.sum()))
            value += lost
            slope = slope + rows.T @ (shares / shares.sum() - right / right.sum())
        return value, slope

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    weights: NDArray[np.float64] = found.x / scales
    return weights
