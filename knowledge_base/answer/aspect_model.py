"""What was learned of how to tell which aspect a message asks: weights of a logistic choice.

`motcua train aspect` learns them from the project's labelled conversations and questions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, model_validator

from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.cues import AspectCues, load_cues

__all__ = [
    "ASPECT_MODEL_FILE",
    "FEATURES",
    "AspectChooser",
    "AspectModel",
    "aspect_rows",
    "load_aspect_chooser",
    "write_aspect_model",
]

ASPECT_MODEL_FILE = Path(__file__).parent / "aspect_model.yml"
FEATURES = (
    "chance",
    "named",
    "overview_if_named",
    "steps_if_silent",
    "steps_if_statement",
    "overview_if_statement",
    "overview_in_reply",
    "kept_in_reply",
)
"""Of each aspect: the logarithm of its share of the classifier's chances; whether words name it;
whether it is the overview where words name something else; the steps where no words name anything,
and where the message asks nothing at all; the overview in the latter case; and in a reply to «which
one?» that names nothing: what was asked before, or the overview where that was no question of its
own."""

_ASPECTS = tuple(Aspect)
_LEAST_CHANCE = 0.01
_NOTHING_ASKED = (Aspect.STEPS, Aspect.OVERVIEW)


class AspectModel(BaseModel):
    """The learned weights of `FEATURES`, and what each aspect is worth on its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: dict[str, float]
    aspects: dict[Aspect, float]

    @model_validator(mode="after")
    def _known(self) -> AspectModel:
        unknown = set(self.weights) ^ set(FEATURES)
        unknown |= {str(aspect) for aspect in set(self.aspects) ^ set(_ASPECTS)}
        if unknown:
            raise ValueError(f"thừa hoặc thiếu {sorted(unknown)}")
        return self

    def totals(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The total of every aspect, in the order of `Aspect`."""
        own = np.array([self.aspects[aspect] for aspect in _ASPECTS])
        totals: NDArray[np.float64] = rows @ [self.weights[name] for name in FEATURES] + own
        return totals


class AspectChooser:
    """Chooses the aspect that a message asks."""

    def __init__(self, cues: AspectCues, model: AspectModel) -> None:
        """Take the words of the aspects and the learned weights."""
        self._cues = cues
        self._model = model

    def choose(
        self, message: str, chances: Mapping[Aspect, float], waiting: Aspect | None = None
    ) -> Aspect | None:
        """The aspect that words and the classifier's `chances` speak for; None without either.

        `waiting` is what was asked before, if the message replies to «which one?».
        """
        if not chances:
            return next(iter(self._cues.find(message)), waiting)
        totals = self._model.totals(aspect_rows(self._cues, message, chances, waiting))
        return _ASPECTS[int(totals.argmax())]


def aspect_rows(
    cues: AspectCues, message: str, chances: Mapping[Aspect, float], waiting: Aspect | None
) -> NDArray[np.float64]:
    """The features of every aspect: shape (11, 8)."""
    named = cues.named(message)
    silent = not named
    statement = silent and not cues.asks(message)
    reply = silent and waiting is not None
    asked_before = reply and waiting not in _NOTHING_ASKED
    if asked_before and waiting is not None:
        # A bare name chooses; it does not ask for the whole.
        named_only = chances.get(Aspect.OVERVIEW, 0.0)
        kept = chances.get(waiting, 0.0) + named_only
        chances = {**chances, Aspect.OVERVIEW: 0.0, waiting: kept}
    whole = sum(chances.values()) or 1.0
    rows = []
    for aspect in _ASPECTS:
        steps, overview = aspect == Aspect.STEPS, aspect == Aspect.OVERVIEW
        values = {
            "chance": math.log(max(chances.get(aspect, 0.0) / whole, _LEAST_CHANCE)),
            "named": aspect in named,
            "overview_if_named": overview and not silent and aspect not in named,
            "steps_if_silent": steps and silent,
            "steps_if_statement": steps and statement,
            "overview_if_statement": overview and statement,
            "overview_in_reply": overview and reply and not asked_before,
            "kept_in_reply": asked_before and aspect == waiting,
        }
        rows.append([float(values[name]) for name in FEATURES])
    return np.array(rows)


def load_aspect_chooser(path: Path = ASPECT_MODEL_FILE) -> AspectChooser:
    """Read the learned weights and the words of every aspect.

    Raises:
        ValueError: a feature or an aspect is missing or unknown, naming it.
    """
    model = AspectModel.model_validate(yaml.safe_load(path.read_text("utf-8")))
    return AspectChooser(load_cues(), model)


def write_aspect_model(path: Path, model: AspectModel) -> None:
    """Write the model with a note on where it comes from."""
    text = yaml.safe_dump(model.model_dump(mode="json"), sort_keys=False)
    path.write_text("# Learned by «motcua train aspect»; not written by hand.\n" + text, "utf-8")
