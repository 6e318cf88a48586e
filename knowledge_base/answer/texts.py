"""Fixed texts: everything the assistant says that is not a fact of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge_base.answer.aspect import Aspect
from knowledge_base.form_of_address import FormOfAddress
from knowledge_base.text import fold, normalise

__all__ = ["TEXTS_FILE", "CannedReply", "ScamTexts", "Texts", "load_texts"]

TEXTS_FILE = Path(__file__).parent / "texts.yml"
# What a citizen says to the assistant: «Bạn giúp được gì?».
_SAID_BY_CITIZENS = frozenset(
    {"message", "choices", "place_ask", "follow_message", "unfollow_message"}
)


class CannedReply(BaseModel):
    """A fixed reply: paragraphs, and messages offered as choices."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: str
    text: list[str]
    warning: str | None = None
    choices: list[str] = []


class ScamTexts(BaseModel):
    """Warnings of fraud, and which answers carry them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    payment: str
    vneid: str
    aspects: dict[Aspect, Literal["payment", "vneid"]]
    vneid_words: list[str]

    def for_answer(self, procedure_name: str, aspects: Sequence[Aspect]) -> list[str]:
        """The warnings for an answer about `aspects` of a procedure, each once."""
        kinds = [self.aspects[aspect] for aspect in aspects if aspect in self.aspects]
        name = fold(normalise(procedure_name))
        if any(word in name for word in self.vneid_words):
            kinds.append("vneid")
        return [self.payment if kind == "payment" else self.vneid for kind in dict.fromkeys(kinds)]


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
    scam: ScamTexts
    replies: dict[str, CannedReply]


def load_texts(path: Path = TEXTS_FILE, *, address: FormOfAddress = FormOfAddress.BAN) -> Texts:
    """Read the texts, as they are said to citizens who are addressed with `address`.

    Raises:
        ValueError: one is missing, naming it.
    """
    texts = Texts.model_validate(yaml.safe_load(path.read_text("utf-8")))
    missing = set(Aspect) - set(texts.aspects)
    if missing:
        raise ValueError(f"{path}: aspects thiếu {sorted(missing)}")
    return address.throughout(texts, besides=_SAID_BY_CITIZENS)
