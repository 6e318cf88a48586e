"""What was learned of conversations: weights of the choice in `context.py`, and words.

The words tell whether a message moves on from what was spoken of («rồi», «muốn», «còn …») or asks
on about it («được», «mấy», «nộp»).
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, model_validator

from knowledge_base.errors import SearchFileError
from knowledge_base.search.word_model import WordModel
from knowledge_base.text import fold, normalise
from knowledge_base.yaml_file import YamlFile

__all__ = [
    "CONTEXT_FILE",
    "FEATURES",
    "ContextModel",
    "load_context_model",
    "write_context_model",
]

CONTEXT_FILE = Path(__file__).parent / "context.yml"

FEATURES = (
    "alone_topic_words",
    "alone_body_words",
    "alone_question_meaning",
    "behind_topic_words",
    "behind_body_words",
    "behind_question_meaning",
    "told_topic_words",
    "told_body_words",
    "told_question_meaning",
    "name",
    "found_first",
    "guided_if_moved",
    "stays",
    "stays_per_word",
    "stays_silent",
    "stays_if_denied",
    "stays_if_back",
    "stays_if_moving",
    "sibling",
    "sibling_if_moving",
    "recent",
    "recent_if_back",
    "recent_if_moving",
    "new_per_word",
    "new_if_moving",
)
"""For each procedure: its evidence for the message alone, behind the name of the current one, and
behind the messages before it; how near the two names are; whether the search puts it first for the
message alone; whether it has our guidance, as the commonest have, and is not the current one;
whether it is the current one (times log(1 + words); and no word says anything; it was denied; the
message points back; its words speak of moving on), a sibling in its field, one spoken of before, or
none of these."""


class ContextModel(BaseModel):
    """The learned weights, and the words that speak of moving on (positive) or of staying."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: dict[str, float]
    back: list[str]
    moving: WordModel

    @model_validator(mode="after")
    def _known_features(self) -> ContextModel:
        unknown = set(self.weights) ^ set(FEATURES)
        if unknown:
            raise ValueError(f"weights: thừa hoặc thiếu {sorted(unknown)}")
        return self

    @cached_property
    def vector(self) -> NDArray[np.float64]:
        """The weights in the order of `FEATURES`."""
        return np.array([self.weights[name] for name in FEATURES])

    @cached_property
    def _back(self) -> re.Pattern[str]:
        phrases = sorted({fold(normalise(phrase)) for phrase in self.back}, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")

    def points_back(self, message: str) -> bool:
        """Tell whether `message` says that it returns to what was spoken of before."""
        return bool(self._back.search(fold(normalise(message))))


def load_context_model(path: Path = CONTEXT_FILE) -> ContextModel:
    """Read the learned weights.

    Raises:
        SearchFileError: a feature is missing or unknown, named with its line.
    """
    file = YamlFile(path, SearchFileError, "docs/search.md")
    return file.validate(ContextModel, file.data)


def write_context_model(path: Path, model: ContextModel) -> None:
    """Write the model with a note on where it comes from; `back` is taken over."""
    note = "# Learned by «motcua train follow-up»; of this only «back» is written by hand.\n"
    text = yaml.safe_dump(model.model_dump(), sort_keys=False, allow_unicode=True)
    path.write_text(note + text, "utf-8")
