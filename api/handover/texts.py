"""What is said when a person must answer."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge_base.form_of_address import FormOfAddress

__all__ = ["HandOverTexts", "PageTexts", "load_hand_over_texts"]

_FILE = Path(__file__).parent / "texts.yml"


class PageTexts(BaseModel):
    """The words of the pages under /hoi-dap."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    heading: str
    skip: str
    explain: str
    field: str
    example: str
    open: str
    back: str
    question: str
    answer: str
    asked_at: str
    answered_at: str
    hidden: str


class HandOverTexts(BaseModel):
    """Every sentence of the hand-over, and the words by which it is asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    leave_cues: list[str]
    cancel_cues: list[str]
    cancelled: list[str]
    left: list[str]
    page_link: str
    open_now: str
    opens_next: str
    office_hours: str
    weekdays: list[str]
    taken: list[str]
    officer_says: str
    answer_heading: str
    asked: str
    waiting: str
    closed: str
    unknown_code: str
    too_many: str
    page: PageTexts


def load_hand_over_texts(
    path: Path = _FILE, *, address: FormOfAddress = FormOfAddress.BAN
) -> HandOverTexts:
    """Read the texts, as they are said to citizens who are addressed with `address`.

    Raises:
        ValueError: one is missing, naming it.
    """
    texts = HandOverTexts.model_validate(yaml.safe_load(path.read_text("utf-8")))
    return address.throughout(texts, besides=("leave_cues", "cancel_cues"))
