"""False premises: papers and offices that no longer exist, corrected in one line before the answer.

«Nộp sổ hộ khẩu mấy bản?» takes for granted a paper that ended with the year 2022.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge_base.answer.blocks import Answer, Paragraph
from knowledge_base.answer.phrases import names_one
from knowledge_base.text import normalise

__all__ = ["PREMISES_FILE", "Premise", "Premises", "load_premises"]

PREMISES_FILE = Path(__file__).parent / "premises.yml"
_GAP = 2
_MOST = 2


class Premise(BaseModel):
    """One thing that no longer is: citizens' words for it, what is true now, and the source."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    words: list[str]
    text: str
    source: str


class Premises(BaseModel):
    """The lexicon of what no longer is, and the words of those who know it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    known: list[str]
    premises: list[Premise]

    def find(self, message: str) -> list[Premise]:
        """The false premises of `message`, two at most; none where the citizen knows."""
        text = normalise(message)
        if names_one(text, self.known, gap=_GAP):
            return []
        return [premise for premise in self.premises if names_one(text, premise.words, gap=_GAP)][
            :_MOST
        ]

    def correct(self, answer: Answer, message: str) -> Answer:
        """Put a line for each false premise of `message` before the answer."""
        lines = [
            Paragraph(text=f"{premise.text} ({premise.source}.)") for premise in self.find(message)
        ]
        if not lines:
            return answer
        return answer.model_copy(update={"blocks": [*lines, *answer.blocks]})


def load_premises(path: Path = PREMISES_FILE) -> Premises:
    """Read the lexicon.

    Raises:
        ValueError: an entry is not of the form, naming it.
    """
    return Premises.model_validate(yaml.safe_load(path.read_text("utf-8")))
