"""Weights and thresholds of the search, read from `search.yml` (each explained there)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge_base.errors import SearchFileError
from knowledge_base.search.hit import FEATURES
from knowledge_base.search.two_meanings import DeathWords
from knowledge_base.text import fold, has_diacritics
from knowledge_base.yaml_file import YamlFile

__all__ = [
    "CONFIG_FILE",
    "DecisionThresholds",
    "LongMessages",
    "SearchConfig",
    "load_search_config",
]

CONFIG_FILE = Path(__file__).parent / "search.yml"

Share = Annotated[float, Field(ge=0, le=1)]


class DecisionThresholds(BaseModel):
    """When to answer, ask back, or say that nothing fits."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    refuse_above: Share
    ask_back_above: Share
    choices: Annotated[int, Field(ge=2, le=4)]
    near_share: Share
    vague_above: Share
    near_share_if_vague: Share
    general_within: Annotated[float, Field(ge=0)]


class FollowUp(BaseModel):
    """When a message belongs to the procedure spoken of before."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    long_message: Annotated[int, Field(ge=1)]
    new_topic_from: Annotated[int, Field(ge=0)]
    choice_lead: Annotated[float, Field(ge=0)]
    sure_from: Share
    corrections: list[str]
    aside: list[str]
    pointing: list[str]

    @cached_property
    def aside_pattern(self) -> re.Pattern[str]:
        """The phrases told aside."""
        return _any_of(self.aside)

    @cached_property
    def aside_folded(self) -> re.Pattern[str]:
        """The phrases told aside, without diacritics."""
        return _any_of([fold(phrase) for phrase in self.aside])

    @cached_property
    def pointing_folded(self) -> frozenset[str]:
        """The pointing words without diacritics."""
        return frozenset(fold(word) for word in self.pointing)


class LongMessages(BaseModel):
    """How a story of several sentences is read: as a whole, and part by part."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    from_words: Annotated[int, Field(ge=1)]
    part_words: Annotated[int, Field(ge=1)]
    parts_share: Share


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


class PersonWords(BaseModel):
    """How a kind of person is spoken of: by `words`, or by `names` behind one of `before`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: list[str]
    before: list[str] = []
    names: list[str] = []

    def named_in(self, text: str) -> bool:
        """Tell whether normalised `text` speaks of it; «bên lao động» is not «bên Lào»."""
        return bool(self._exact.search(text)) or (
            not has_diacritics(text) and bool(self._folded.search(text))
        )

    @cached_property
    def _exact(self) -> re.Pattern[str]:
        behind = [f"{before} {name}" for before in self.before for name in self.names]
        return _any_of([*self.words, *behind])

    @cached_property
    def _folded(self) -> re.Pattern[str]:
        return _any_of([fold(word) for word in self.words])


class SearchConfig(BaseModel):
    """Everything about the search that is a number or a list of words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: dict[str, float]
    candidates: Annotated[int, Field(ge=10)]
    body_characters: Annotated[int, Field(ge=0)]
    expansion_weight: Share
    accents_beam: Annotated[int, Field(ge=0)]
    long_messages: LongMessages
    decision: DecisionThresholds
    follow_up: FollowUp
    fillers: list[str]
    person: dict[str, PersonWords]
    death: DeathWords

    @model_validator(mode="after")
    def _known_features(self) -> SearchConfig:
        unknown = set(self.weights) ^ set(FEATURES)
        if unknown:
            raise ValueError(f"weights: thừa hoặc thiếu {sorted(unknown)}")
        return self

    def with_weights(self, weights: Mapping[str, float]) -> SearchConfig:
        """The same with other weights."""
        return self.model_copy(update={"weights": dict(weights)})


def load_search_config(path: Path = CONFIG_FILE) -> SearchConfig:
    """Read the configuration.

    Raises:
        SearchFileError: values are missing or out of range, each named with its line.
    """
    file = YamlFile(path, SearchFileError, "docs/search.md")
    return file.validate(SearchConfig, file.data)
