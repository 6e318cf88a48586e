"""Decide what to do with what was found: answer, ask back, or say that nothing fits.

Two logistic models over the signals of a search give the chance that a message asks for no
procedure at all and the chance that it fits several about equally. They are learned on messages
that the index has not seen (`motcua train decision`); the thresholds stand in `search.yml`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, model_validator

from knowledge_base.errors import SearchFileError
from knowledge_base.procedure import Level
from knowledge_base.search.config import DecisionThresholds
from knowledge_base.search.hit import Hit
from knowledge_base.search.signals import SIGNALS
from knowledge_base.search.word_model import WordModel
from knowledge_base.text import fold, normalise, words
from knowledge_base.yaml_file import YamlFile

__all__ = [
    "LEARNED_FILE",
    "Decider",
    "Decision",
    "DecisionModels",
    "LogisticModel",
    "Verdict",
    "load_decision_models",
]

_BRACKETS = re.compile(r"\([^)]*\)")
_CENTRAL_WORDS = frozenset({"bo", "cuc", "uong"})
LEARNED_FILE = Path(__file__).parent / "learned.yml"


class Verdict(StrEnum):
    """What the search says about a message."""

    ANSWER = "answer"
    ASK_BACK = "ask_back"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Decision:
    """The verdict, the hits it speaks of (one, or two to four to choose from), and the chances."""

    verdict: Verdict
    hits: tuple[Hit, ...]
    off_topic: float = 0.0
    ambiguous: float = 0.0


class LogisticModel(BaseModel):
    """Standardised logistic regression: one mean, scale and coefficient a signal."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    means: dict[str, float]
    scales: dict[str, float]
    coefficients: dict[str, float]
    intercept: float

    @model_validator(mode="after")
    def _all_signals(self) -> LogisticModel:
        for part in (self.means, self.scales, self.coefficients):
            if set(part) != set(SIGNALS):
                raise ValueError(f"thừa hoặc thiếu tín hiệu: {sorted(set(part) ^ set(SIGNALS))}")
        return self

    def chance(self, signals: NDArray[np.float64]) -> float:
        """The probability for these signals."""
        total = self.intercept
        for name, value in zip(SIGNALS, signals, strict=True):
            standard = (float(value) - self.means[name]) / self.scales[name]
            total += self.coefficients[name] * standard
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


class DecisionModels(BaseModel):
    """The two learned models, and the words that speak for either."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    off_topic: LogisticModel
    ambiguous: LogisticModel
    off_topic_words: WordModel
    ambiguous_words: WordModel


def load_decision_models(path: Path = LEARNED_FILE) -> DecisionModels:
    """Read the learned models.

    Raises:
        SearchFileError: a signal is missing or unknown, named with its line.
    """
    file = YamlFile(path, SearchFileError, "docs/search.md")
    return file.validate(DecisionModels, file.data)


class Decider:
    """Decides by the learned chances and the thresholds."""

    def __init__(self, models: DecisionModels, thresholds: DecisionThresholds) -> None:
        """Take both."""
        self._models = models
        self._thresholds = thresholds

    def decide(self, hits: Sequence[Hit], signals: NDArray[np.float64], message: str) -> Decision:
        """Decide about the hits (best first) of a search for `message` with these signals."""
        limits = self._thresholds
        off_topic = self._models.off_topic.chance(signals)
        ambiguous = self._models.ambiguous.chance(signals)
        if not hits or off_topic > limits.refuse_above:
            return Decision(Verdict.REFUSE, (), off_topic, ambiguous)
        near = _without_special(_near(hits[: limits.choices], limits.near_share), message)
        choices = near
        if ambiguous > limits.vague_above:
            wider = _near(hits[: limits.choices], limits.near_share_if_vague)
            choices = _without_special(wider, message)
        clear = _is_named(choices, message)
        if ambiguous > limits.ask_back_above and len(choices) > 1 and not clear:
            return Decision(Verdict.ASK_BACK, _plain_first(choices), off_topic, ambiguous)
        closest = near[0] if near[0].score >= hits[0].score - limits.general_within else hits[0]
        return Decision(Verdict.ANSWER, (closest,), off_topic, ambiguous)


def _near(hits: Sequence[Hit], share: float) -> tuple[Hit, ...]:
    """The hits whose score is at least this share of the best one's."""
    return tuple(hit for hit in hits if hit.score >= hits[0].score * share)


def _plain_first(choices: Sequence[Hit]) -> tuple[Hit, ...]:
    """Put last what is for a kind of person (a foreigner, a firm) that nobody spoke of."""
    return tuple(sorted(choices, key=lambda hit: hit.evidence["person"] < 0))


def _without_special(near: Sequence[Hit], message: str) -> tuple[Hit, ...]:
    """Drop the special siblings that nobody spoke of.

    «Đăng ký khai sinh có yếu tố nước ngoài» is «Đăng ký khai sinh» and something more; where the
    message does not name that something, the plain one is meant.
    """
    said = set(words(fold(normalise(message))))
    names = [frozenset(words(fold(normalise(hit.procedure.name)))) for hit in near]
    kept = [
        hit
        for hit, name in zip(near, names, strict=True)
        if not any(other < name and not _spoken_of(name - other, said) for other in names)
    ]
    local = {hit.procedure.field for hit in kept if not _is_central(hit)}
    if not said & _CENTRAL_WORDS:
        kept = [hit for hit in kept if hit.procedure.field not in local or not _is_central(hit)]
    return tuple(kept) or tuple(near)


def _is_named(choices: Sequence[Hit], message: str) -> bool:
    """Tell whether the message says the whole name of the best hit, and of no other.

    What stands in brackets only explains a name: «Làm hộ chiếu (cấp mới, đổi, cấp lại)».
    """
    said = set(words(fold(normalise(message))))
    names = [_BRACKETS.sub(" ", hit.procedure.name) for hit in choices]
    named = [said.issuperset(words(fold(normalise(name)))) for name in names]
    return bool(named) and named[0] and not any(named[1:])


def _is_central(hit: Hit) -> bool:
    """Tell whether a procedure is one that a ministry handles beside a province or commune."""
    return hit.procedure.levels == [Level.MINISTRY] or "trung ương" in hit.procedure.name.lower()


def _spoken_of(special: frozenset[str], said: set[str]) -> bool:
    """Tell whether a message has at least half of the words that make a sibling special."""
    return 2 * len(special & said) >= len(special)
