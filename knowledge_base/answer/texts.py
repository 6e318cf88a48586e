"""Fixed texts: everything the assistant says that is not a fact of the catalogue."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge_base.answer.aspect import Aspect

__all__ = ["TEXTS_FILE", "CannedReply", "Texts", "load_texts"]

TEXTS_FILE = Path(__file__).parent / "texts.yml"


class CannedReply(BaseModel):
    """A fixed reply: paragraphs, and messages offered as choices."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: str
    text: list[str]
    warning: str | None = None
    choices: list[str] = []


class Texts(BaseModel):
    """All fixed texts, by use."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    aspects: dict[Aspect, dict[str, str]]
    labels: dict[str, str]
    units: dict[str, str]
    channels: dict[str, str]
    levels: dict[str, str]
    online: dict[str, str]
    phrases: dict[str, str]
    replies: dict[str, CannedReply]


def load_texts(path: Path = TEXTS_FILE) -> Texts:
    """Read the texts.

    Raises:
        ValueError: one is missing, naming it.
    """
    texts = Texts.model_validate(yaml.safe_load(path.read_text("utf-8")))
    missing = set(Aspect) - set(texts.aspects)
    if missing:
        raise ValueError(f"{path}: aspects thiếu {sorted(missing)}")
    return texts
