"""Learn when a message stays with the procedure spoken of and when it means a sibling.

Conversations are made from phrasings that the index has not seen: said after the procedure they are
about, after a sibling near to it, and follow-ups that name nothing. What the names of the current
procedure say already is mostly left out, as people do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from knowledge_base.encoder.noise import Typist
from knowledge_base.procedure import Procedure, SourceKind
from knowledge_base.search.decision import Verdict
from knowledge_base.search.engine import SearchEngine
from knowledge_base.search.family import FEATURES, family_features
from knowledge_base.search.followup import content_words
from knowledge_base.text import fold, normalise, words

__all__ = ["FamilyChoice", "learn_family", "make_choices"]

_OPENINGS = ("", "", "thế ", "còn ", "rồi ", "vậy ", "thế còn ", "nếu ", "sau này ", "thế nếu ")
_LONGEST = 9
_FOLLOW_UP_ROUNDS = 4
_RIVALS = 15
_STAYS_WEIGHT = 0.5


@dataclass(frozen=True)
class FamilyChoice:
    """One made conversation: features of the candidates, which is meant, how much it counts."""

    features: NDArray[np.float64]
    meant: int
    weight: float


def make_choices(
    engine: SearchEngine,
    held: Sequence[tuple[str, str]],
    follow_ups: Sequence[str],
    typist: Typist,
    *,
    most: int = 1500,
    seed: int = 11,
) -> list[FamilyChoice]:
    """Make conversations; those that the search answers by itself are left out."""
    chance = random.Random(seed)
    made: list[FamilyChoice] = []
    for message, current, meant in _conversations(engine, held, follow_ups, chance):
        choice = _choice(engine, typist.write(message), current, meant)
        if choice is not None:
            made.append(choice)
        if len(made) >= most:
            break
    return made


def learn_family(choices: Sequence[FamilyChoice], *, ridge: float = 0.3) -> dict[str, float]:
    """Learn the weights by the logistic choice among the candidates of each conversation."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = ridge * float(weights @ weights), 2 * ridge * weights
        for choice in choices:
            totals = choice.features @ weights
            shares = np.exp(totals - totals.max())
            shares /= shares.sum()
            value -= choice.weight * float(np.log(shares[choice.meant]))
            slope += choice.weight * (shares @ choice.features - choice.features[choice.meant])
        return value, slope

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    return {name: round(float(w), 2) for name, w in zip(FEATURES, found.x, strict=True)}


def _conversations(
    engine: SearchEngine,
    held: Sequence[tuple[str, str]],
    follow_ups: Sequence[str],
    chance: random.Random,
) -> Iterator[tuple[str, Procedure, Procedure]]:
    """Message, procedure spoken of before, procedure meant."""
    guided = [p for p in engine.catalogue if p.source.kind == SourceKind.GUIDANCE]
    for text in [*follow_ups] * _FOLLOW_UP_ROUNDS if guided else ():
        current = chance.choice(guided)
        yield chance.choice(_OPENINGS) + text, current, current
    for text, code in chance.sample(list(held), len(held)):
        meant = engine.catalogue.find(code)
        if meant is None:
            continue
        hits = [hit.procedure for hit in engine.search(meant.name, limit=12)]
        near = [p for p in hits if p.field == meant.field and p.code != code]
        current = meant
        if near and chance.random() > 0.35:
            current = near[min(int(chance.expovariate(0.5)), len(near) - 1)]
        said = _elliptic(text, current) if chance.random() < 0.75 else text
        yield chance.choice(_OPENINGS) + said, current, meant


def _elliptic(text: str, current: Procedure) -> str:
    """`text` without the words of the current procedure's name."""
    known = set(words(fold(normalise(current.name))))
    return " ".join(
        word for word in text.split() if fold(normalise(word)).strip("?,.!") not in known
    )


def _choice(
    engine: SearchEngine, message: str, current: Procedure, meant: Procedure
) -> FamilyChoice | None:
    content = len(content_words(engine, message))
    if not 0 < content <= _LONGEST or engine.decide(message).verdict == Verdict.ANSWER:
        return None
    rows, procedures = family_features(engine, message, current, content)
    strength = rows[:, 0] + rows[:, 1] - 0.5 * rows[:, 2]
    rivals = [number for number in np.argsort(-strength) if number != 0][:_RIVALS]
    numbers = [0, *(int(number) for number in rivals)]
    codes = [procedures[number].code for number in numbers]
    if meant.code not in codes:
        return None
    weight = _STAYS_WEIGHT if meant == current else 1.0
    return FamilyChoice(rows[numbers], codes.index(meant.code), weight)
