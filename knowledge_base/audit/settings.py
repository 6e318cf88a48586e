"""Numbers and word lists of the rules, read from `data/settings.yml` (each explained there)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from knowledge_base.audit.errors import AuditDataError

__all__ = ["SETTINGS_FILE", "AuditSettings", "Interleaving", "Repetition", "load_settings"]

SETTINGS_FILE = Path(__file__).parent / "data" / "settings.yml"

Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class Interleaving(BaseModel):
    """When two sentences count as interleaved (A10)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    common_word: Count
    common_pair: Count
    rare_pair: Count
    dominant_share: Share
    longest_piece: Count
    support: Count


class Repetition(BaseModel):
    """When a word, phrase or sentence counts as said twice by mistake (A10)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentence_words: Count
    part_words: Count
    doubled_words: list[str]
    linking_words: list[str]
    actors: list[str]


class AuditSettings(BaseModel):
    """Everything the rules go by that is a number or a list of words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    expiry_notice_days: Count
    interleaving: Interleaving
    repetition: Repetition
    no_answer_notes: list[str]


def load_settings(path: Path = SETTINGS_FILE) -> AuditSettings:
    """Read the settings.

    Raises:
        AuditDataError: the file is not as expected.
    """
    try:
        return AuditSettings.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise AuditDataError(f"{path}: {error}") from error
