"""Fixed texts of the checklist."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

__all__ = ["TEXTS_FILE", "ChecklistTexts", "load_checklist_texts"]

TEXTS_FILE = Path(__file__).parent / "texts.yml"


class ChecklistTexts(BaseModel):
    """All fixed texts of the checklist, by use."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    unknown: str
    question_and_answer: str
    or_: str = Field(alias="or")
    and_: str = Field(alias="and")
    or_case: str
    case: str
    if_any: str
    no_papers: str
    notes_only: str
    only_name: str
    original_text: str


@cache
def load_checklist_texts(path: Path = TEXTS_FILE) -> ChecklistTexts:
    """Read the texts, once."""
    return ChecklistTexts.model_validate(yaml.safe_load(path.read_text("utf-8")))
