"""The Answer: what every channel gets and renders in its own way.

No field holds markup; a channel that lacks a block shows it as text. A failure is an Answer too.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge_base.answer.aspect import Aspect

__all__ = [
    "Answer",
    "Block",
    "Checklist",
    "ChecklistEntry",
    "Choice",
    "Contact",
    "DossierBlock",
    "Fact",
    "Facts",
    "File",
    "FormBlock",
    "Heading",
    "Paragraph",
    "SourceNote",
    "Status",
    "Steps",
    "Warn",
]


class Status(StrEnum):
    """What kind of answer this is; the part before the first «_» groups them for reports."""

    ANSWERED = "answered"
    ANSWERED_NAME_ONLY = "answered_name_only"
    ANSWERED_LIST = "answered_list"
    ANSWERED_JOURNEY = "answered_journey"
    ANSWERED_PLACE = "answered_place"
    ANSWERED_DOSSIER = "answered_dossier"
    ANSWERED_FOLLOWING = "answered_following"
    ANSWERED_SOCIAL = "answered_social"
    CLARIFICATION = "clarification"
    CLARIFICATION_CASE = "clarification_case"
    CLARIFICATION_DOSSIER = "clarification_dossier"
    UNANSWERABLE_NO_MATCH = "unanswerable_no_match"
    UNANSWERABLE_NOT_UNDERSTOOD = "unanswerable_not_understood"
    UNANSWERABLE_DOSSIER = "unanswerable_dossier"
    UNANSWERABLE_QUESTION_CODE = "unanswerable_question_code"
    GUARDED_OUT_OF_SCOPE = "guarded_out_of_scope"
    GUARDED_ABUSE = "guarded_abuse"
    GUARDED_BRIBERY = "guarded_bribery"
    GUARDED_PERSONAL_DATA = "guarded_personal_data"
    GUARDED_INJECTION = "guarded_injection"
    GUARDED_EMERGENCY = "guarded_emergency"
    FILLING_QUESTION = "filling_question"
    FILLING_REVIEW = "filling_review"
    FILLING_DONE = "filling_done"
    FILLING_STOPPED = "filling_stopped"
    HANDED_OVER = "handed_over"
    HANDED_OVER_ASK = "handed_over_ask"
    HANDED_OVER_LEFT = "handed_over_left"
    HANDED_OVER_TAKEN = "handed_over_taken"
    HANDED_OVER_ANSWER = "handed_over_answer"
    ERROR_INPUT = "error_input"
    ERROR_BOT = "error_bot"
    ERROR_TOO_MANY = "error_too_many"


class Part(BaseModel):
    """Base of blocks and their parts."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Heading(Part):
    """The name of what is spoken of."""

    type: Literal["heading"] = "heading"
    text: str


class Paragraph(Part):
    """One idea in a sentence or two."""

    type: Literal["text"] = "text"
    text: str


class Fact(Part):
    """A label and what stands beside it."""

    label: str
    value: str


class Facts(Part):
    """A table of two columns; `collapsed` ones may be folded under their title."""

    type: Literal["facts"] = "facts"
    title: str | None = None
    rows: list[Fact]
    collapsed: bool = False


class ChecklistEntry(Part):
    """One paper: how many, why, where to get it, whether it may not be needed."""

    text: str
    quantity: str | None = None
    note: str | None = None
    procedure_code: str | None = None
    maybe: bool = False


class Checklist(Part):
    """Papers to tick."""

    type: Literal["checklist"] = "checklist"
    title: str | None = None
    entries: list[ChecklistEntry]
    collapsed: bool = False


class Steps(Part):
    """Ordered steps."""

    type: Literal["steps"] = "steps"
    title: str | None = None
    entries: list[str]
    collapsed: bool = False


class FormBlock(Part):
    """A form: its name, number, and the text that issued it.

    `form_id` is its id in the form library, or None where the library does not hold it.
    """

    type: Literal["form"] = "form"
    name: str
    detail: str | None = None
    href: str | None = None
    form_id: str | None = None


class DossierBlock(Part):
    """Where a dossier stands."""

    type: Literal["dossier"] = "dossier"
    code: str
    headline: str
    rows: list[Fact]
    next_steps: list[str] = []


class Warn(Part):
    """Something to beware of."""

    type: Literal["warning"] = "warning"
    text: str


class File(Part):
    """A file to open or a page to go to."""

    type: Literal["file"] = "file"
    text: str
    href: str


class Contact(Part):
    """Whom to ask."""

    type: Literal["contact"] = "contact"
    name: str
    phone: str | None = None
    note: str | None = None


Block = Annotated[
    Heading
    | Paragraph
    | Facts
    | Checklist
    | Steps
    | FormBlock
    | DossierBlock
    | Warn
    | File
    | Contact,
    Field(discriminator="type"),
]


class Choice(Part):
    """A reply on offer: what the button says, and the message it stands for, in plain words."""

    label: str
    message: str


class SourceNote(Part):
    """Where the answer comes from and when it was checked."""

    text: str
    url: str | None = None
    checked_on: date | None = None


class Answer(Part):
    """What the assistant says to one message.

    `starts_form` names a form that the channel should begin to fill in, question by question.
    """

    status: Status
    procedure_code: str | None = None
    aspect: Aspect | None = None
    blocks: list[Block]
    choices: list[Choice] = []
    sources: list[SourceNote] = []
    starts_form: str | None = None
    metrics: dict[str, float | str | list[str]] = {}
