"""An opinion on one answer, and which answers ask for one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge_base.answer import Answer
from knowledge_base.answer.blocks import Status

__all__ = ["LONGEST_NOTE", "Opinion", "Reason", "answer_id", "wants_opinion"]

LONGEST_NOTE = 500
_ASKED_OF = frozenset(
    {
        Status.ANSWERED,
        Status.ANSWERED_NAME_ONLY,
        Status.ANSWERED_LIST,
        Status.ANSWERED_JOURNEY,
        Status.ANSWERED_PLACE,
        Status.ANSWERED_DOSSIER,
        Status.UNANSWERABLE_NO_MATCH,
        Status.UNANSWERABLE_NOT_UNDERSTOOD,
        Status.UNANSWERABLE_DOSSIER,
    }
)


class Reason(StrEnum):
    """Why an answer was of no use."""

    WRONG_PROCEDURE = "wrong_procedure"
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    OUTDATED = "outdated"
    OTHER = "other"


@dataclass(frozen=True)
class Opinion:
    """What was said of an answer, on which day, and what the answer was about.

    `question` and `note` are masked; `question` is None for questions about a dossier.
    """

    answer_id: str
    given_on: date
    channel: str
    useful: bool
    status: str
    procedure_code: str | None = None
    aspect: str | None = None
    question: str | None = None
    reason: Reason | None = None
    note: str | None = None


def wants_opinion(answer: Answer) -> bool:
    """Whether it makes sense to ask of this answer if it was useful."""
    return answer.status in _ASKED_OF


def answer_id(sender: str, answer: Answer) -> str:
    """The id of an answer in its conversation: the same when the page is opened again.

    It leads back to the conversation only for who knows its id already. Of the blocks the last
    counts alone: news from officers may stand before the others the first time.
    """
    last = answer.model_copy(update={"blocks": answer.blocks[-1:]})
    said = last.model_dump_json(exclude={"metrics"})
    return hashlib.sha256(f"{sender}\n{said}".encode()).hexdigest()[:32]
