"""Labelled dialogues: what was said turn by turn, and whether each turn was answered rightly.

A turn is right when the procedure and the aspect are. Where a vague message is labelled with
several procedures, asking back with one of them is right; where nothing may be answered (small
talk, what is out of scope), any reply without a procedure is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from knowledge_base.evaluation.questions import AMBIGUOUS, DOSSIER_STATUS, OUT_OF_SCOPE, read_rows

__all__ = [
    "EXAM_FILE",
    "LabelledDialogue",
    "LabelledTurn",
    "TurnOutcome",
    "holds_dialogues",
    "openings",
    "read_labelled_dialogues",
    "summarise_turns",
]

EXAM_FILE = Path(__file__).parent / "exam.jsonl"
"""Conversations of the project's own that nothing is learned from: they measure, no more."""


class LabelledTurn(BaseModel):
    """One message; a hit is any code of `gold` or `also`."""

    model_config = ConfigDict(frozen=True)

    user: str
    ask: str
    gold: list[str] = []
    also: list[str] = []
    depends_on_context: bool = Field(
        default=False, validation_alias=AliasChoices("depends_on_context", "context_dependent")
    )

    @property
    def right(self) -> frozenset[str]:
        """Every code that counts as right."""
        return frozenset([*self.gold, *self.also])


class LabelledDialogue(BaseModel):
    """The messages of one citizen in order."""

    model_config = ConfigDict(frozen=True)

    id: str
    turns: list[LabelledTurn]


@dataclass(frozen=True)
class TurnOutcome:
    """What came back for one message: the answer's status, procedure, aspects and choices."""

    dialogue: str
    turn: LabelledTurn
    status: str
    code: str | None
    aspects: Sequence[str] = ()
    offered: Sequence[str] = ()

    @property
    def procedure_right(self) -> bool:
        """Whether it was about a right procedure (see the module's text for the other cases)."""
        if self.turn.ask == DOSSIER_STATUS:
            return self.status.endswith("_dossier")
        if self.turn.ask == OUT_OF_SCOPE or not self.turn.right:
            return self.code is None and not self.offered
        if self.turn.ask == AMBIGUOUS and self.code is None:
            return bool(self.turn.right & set(self.offered))
        return self.code in self.turn.right

    @property
    def aspect_right(self) -> bool:
        """Whether what was asked came first; of a vague or an odd message nothing is asked."""
        if self.turn.ask in (AMBIGUOUS, OUT_OF_SCOPE, DOSSIER_STATUS):
            return True
        return self.turn.ask in self.aspects[:1]

    @property
    def right(self) -> bool:
        """Whether the turn was answered rightly."""
        return self.procedure_right and self.aspect_right


def holds_dialogues(path: Path) -> bool:
    """Tell whether the first line of a file of JSON lines is a dialogue."""
    with path.open(encoding="utf-8") as lines:
        first = next((line for line in lines if line.strip()), "{}")
    try:
        row = json.loads(first)
    except json.JSONDecodeError:
        return False
    return isinstance(row, dict) and "turns" in row


def read_labelled_dialogues(path: Path) -> list[LabelledDialogue]:
    """Read JSON lines.

    Raises:
        EvaluationError: a line is not of the form, naming file and line.
    """
    return read_rows(path, LabelledDialogue)


def openings(dialogues: Sequence[LabelledDialogue]) -> tuple[list[str], list[str]]:
    """The first messages that ask for a procedure: those that are clear, and the vague ones."""
    first = [dialogue.turns[0] for dialogue in dialogues if dialogue.turns[0].gold]
    clear = [turn.user for turn in first if turn.ask != AMBIGUOUS]
    return clear, [turn.user for turn in first if turn.ask == AMBIGUOUS]


def summarise_turns(outcomes: Sequence[TurnOutcome]) -> dict[str, Any]:
    """Shares of right turns: all, those that need the conversation, and of procedure and aspect."""
    context = [outcome for outcome in outcomes if outcome.turn.depends_on_context]
    alone = [outcome for outcome in outcomes if not outcome.turn.depends_on_context]
    return {
        "dialogues": len({outcome.dialogue for outcome in outcomes}),
        "turns": len(outcomes),
        "right": _share([outcome.right for outcome in outcomes]),
        "procedure_right": _share([outcome.procedure_right for outcome in outcomes]),
        "aspect_right": _share([outcome.aspect_right for outcome in outcomes]),
        "context_turns": len(context),
        "context_right": _share([outcome.right for outcome in context]),
        "alone_right": _share([outcome.right for outcome in alone]),
    }


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None
