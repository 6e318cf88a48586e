"""Learn from labelled messages which aspect is asked (see `aspect_model.py`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.aspect_model import FEATURES, AspectModel, aspect_rows
from knowledge_base.answer.cues import AspectCues
from knowledge_base.evaluation.dialogues import LabelledDialogue
from knowledge_base.evaluation.questions import AMBIGUOUS

__all__ = ["Asked", "asked_in", "cross_validate", "learn_aspects"]

_ASPECTS = tuple(Aspect)
_FOLDS = 5
_RIDGE = 0.5


@dataclass(frozen=True)
class Asked:
    """A labelled message: what it asks, the classifier's chances, what a reply leaves open.

    `source` keeps the messages of one conversation together.
    """

    source: str
    message: str
    aspect: Aspect
    chances: Mapping[Aspect, float]
    waiting: Aspect | None = None


def asked_in(
    dialogue: LabelledDialogue, chances: Mapping[str, Mapping[Aspect, float]], cues: AspectCues
) -> Iterator[Asked]:
    """The turns that ask about a procedure; `chances` by message."""
    waiting: Aspect | None = None
    for turn in dialogue.turns:
        if turn.ask in set(Aspect) and turn.gold:
            asked = Aspect(turn.ask)
            yield Asked(dialogue.id, turn.user, asked, chances[turn.user], waiting)
        waiting = None
        if turn.ask == AMBIGUOUS:
            waiting = next(iter(cues.find(turn.user)), Aspect.STEPS)


def learn_aspects(cues: AspectCues, asked: Sequence[Asked]) -> AspectModel:
    """The weights of the logistic choice that make the labels likeliest."""
    rows = [aspect_rows(cues, a.message, a.chances, a.waiting) for a in asked]
    own = np.eye(len(_ASPECTS))
    tables = np.stack([np.hstack([row, own]) for row in rows])
    right = np.array([_ASPECTS.index(a.aspect) for a in asked])
    at = np.arange(len(right))

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        totals = tables @ weights
        totals -= totals.max(axis=1, keepdims=True)
        shares = np.exp(totals)
        shares /= shares.sum(axis=1, keepdims=True)
        value = _RIDGE * float(weights @ weights) - float(np.log(shares[at, right]).sum())
        slope = np.einsum("na,naf->f", shares, tables) - tables[at, right].sum(axis=0)
        return value, 2 * _RIDGE * weights + slope

    found = minimize(loss, np.zeros(tables.shape[2]), jac=True, method="L-BFGS-B").x
    values = [round(float(weight), 3) for weight in found]
    return AspectModel(
        weights=dict(zip(FEATURES, values, strict=False)),
        aspects=dict(zip(_ASPECTS, values[len(FEATURES) :], strict=True)),
    )


def cross_validate(
    cues: AspectCues, asked: Sequence[Asked], others: Sequence[Asked] = (), *, seed: int = 0
) -> float:
    """The share of `asked` chosen rightly by models that learned without their conversation."""
    chance = np.random.default_rng(seed)
    folds = {name: chance.integers(_FOLDS) for name in sorted({a.source for a in asked})}
    right = []
    for fold in range(_FOLDS):
        kept = [a for a in asked if folds[a.source] != fold]
        model = learn_aspects(cues, [*kept, *others])
        for held in (a for a in asked if folds[a.source] == fold):
            rows = aspect_rows(cues, held.message, held.chances, held.waiting)
            right.append(_ASPECTS[int(model.totals(rows).argmax())] == held.aspect)
    return float(np.mean(right))
