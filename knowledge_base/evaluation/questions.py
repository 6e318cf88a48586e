"""Labelled questions: what somebody typed, what they asked, which procedures would be right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge_base.errors import EvaluationError

__all__ = [
    "AMBIGUOUS",
    "DOSSIER_STATUS",
    "OUT_OF_SCOPE",
    "LabelledQuestion",
    "read_labelled_questions",
    "read_rows",
]

RowT = TypeVar("RowT", bound=BaseModel)

OUT_OF_SCOPE = "out_of_scope"
AMBIGUOUS = "ambiguous"
DOSSIER_STATUS = "dossier_status"


class LabelledQuestion(BaseModel):
    """One row; a hit is any code of `gold` or `also`."""

    model_config = ConfigDict(frozen=True)

    text: str
    style: str
    ask: str
    gold: list[str] = []
    also: list[str] = []
    id: str = ""

    @property
    def right(self) -> frozenset[str]:
        """Every code that counts as right."""
        return frozenset([*self.gold, *self.also])


def read_labelled_questions(path: Path) -> list[LabelledQuestion]:
    """Read JSON lines.

    Raises:
        EvaluationError: a line is not of the form, naming file and line; or there is none.
    """
    rows = read_rows(path, LabelledQuestion)
    if not rows:
        raise EvaluationError(f"{path}: không có câu hỏi nào")
    return rows


def read_rows(path: Path, kind: type[RowT]) -> list[RowT]:
    """Read JSON lines of one kind.

    Raises:
        EvaluationError: a line is not of the form, naming file and line.
    """
    rows: list[RowT] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            rows.append(kind.model_validate(json.loads(line)))
        except (json.JSONDecodeError, ValidationError) as error:
            raise EvaluationError(f"{path}:{number}: {error}") from error
    return rows
