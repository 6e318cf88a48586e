"""What a message means while a form is being filled: a value, a command, or something else.

Commands are whole messages from a list, so that a name or an address is never taken for one. A
message is taken for a question only where it cannot be the value that is waited for, or where it
ends with «?».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge_base.forms.filling.asking import FREE_TYPES, asks_or_requests, may_be_asked_instead
from knowledge_base.forms.filling.draft import Draft
from knowledge_base.forms.filling.phrases import Phrase, bare, words
from knowledge_base.forms.filling.questions import Question
from knowledge_base.forms.filling.reading import read_option
from knowledge_base.forms.messages import ValueRefusedError
from knowledge_base.text import fold, normalise

__all__ = ["Said", "Wish", "read_message"]


class Wish(StrEnum):
    """What the person wants with a message."""

    VALUE = "value"
    SKIP = "skip"
    SKIP_SECTION = "skip_section"
    UNKNOWN = "unknown"
    BACK = "back"
    KEEP = "keep"
    CORRECT = "correct"
    HELP = "help"
    REVIEW = "review"
    MAKE = "make"
    STOP = "stop"
    ELSEWHERE = "elsewhere"


_COMMANDS = (
    Wish.STOP, Wish.SKIP, Wish.SKIP_SECTION, Wish.UNKNOWN, Wish.BACK, Wish.KEEP, Wish.REVIEW,
    Wish.HELP, Wish.MAKE,
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A message as it was understood; `keys` are the questions that a correction may mean."""

    wish: Wish
    text: str = ""
    keys: tuple[str, ...] = ()


def read_message(draft: Draft, message: str, today: date, proposals: Sequence[str] = ()) -> Said:
    """Understand one message; `proposals` are values on offer, chosen by number."""
    plain = _plain(message)
    command = Phrase(message)
    if draft.open is not None and (
        _names_option(draft.open, message) or _is_suggested(draft.open, plain)
    ):
        return Said(Wish.VALUE, message)
    if plain.isdecimal() and proposals and int(plain) in range(1, len(proposals) + 1):
        return Said(Wish.VALUE, proposals[int(plain) - 1])
    for wish in _COMMANDS:
        if command.is_one_of(words()[wish]):
            return Said(wish)
    if draft.open is None and command.is_one_of(words()["agree"]):
        return Said(Wish.MAKE)
    if correction := _correction(draft, message):
        return correction
    if _is_elsewhere(draft, message, today):
        return Said(Wish.ELSEWHERE, message)
    return Said(Wish.VALUE, message)


def _plain(message: str) -> str:
    return fold(bare(normalise(message)))


def _names_option(question: Question, message: str) -> bool:
    return bool(question.entry.options) and read_option(question.entry.options, message) is not None


def _is_suggested(question: Question, plain: str) -> bool:
    """Whether the help itself says to write this («không nhớ»)."""
    return plain in {_plain(quoted) for quoted in re.findall(r"«([^»]+)»", question.explain)}


def _is_elsewhere(draft: Draft, message: str, today: date) -> bool:
    """Whether the message is a question or a request, and not the value waited for."""
    if draft.open is None:
        return asks_or_requests(message)
    kind = draft.open.entry.type
    if kind in FREE_TYPES:
        return may_be_asked_instead(kind, message)
    return asks_or_requests(message) and not _fits(draft, message, today)


def _fits(draft: Draft, message: str, today: date) -> bool:
    try:
        return bool(draft.written(message, today))
    except ValueRefusedError:
        return False


def _correction(draft: Draft, message: str) -> Said | None:
    """«sửa câu 3», «sửa ngày sinh của bé», «sửa tên thành …»; None for anything else."""
    typed = re.split(r"\s+", message.strip())
    lead = _lead(typed)
    if not lead:
        return None
    target, _, value = _split(" ".join(typed[lead:]))
    numbered = re.fullmatch(r"(cau|muc)?(?:\s*so)?\s*(\d{1,3})", _plain(target))
    if numbered:
        found = _numbered(draft, int(numbered[2]), printed=numbered[1] == "muc")
    else:
        found = _named(draft, target)
        if not found and value:
            target, value = f"{target} {value}", ""
            found = _named(draft, target)
    if not found:
        is_value = draft.open is not None and draft.open.entry.type in FREE_TYPES and not numbered
        return None if is_value else Said(Wish.CORRECT, target)
    # A value goes with one question only; of several, the person is asked which.
    text = value if len(found) == 1 else ""
    return Said(Wish.CORRECT, text, tuple(question.key for question in found))


def _numbered(draft: Draft, number: int, *, printed: bool) -> list[Question]:
    """The settled question of this number; «mục 4» is the one that the form itself numbers so."""
    if printed:
        found = [q for q in draft.settled if q.field.label.startswith(f"{number}. ")]
        if found:
            return found
    return [q for q in draft.settled if draft.number_of(q) == number]


def _lead(typed: Sequence[str]) -> int:
    """How many words at the beginning say that something should be corrected."""
    for length in range(min(4, len(typed) - 1), 0, -1):
        if Phrase(" ".join(typed[:length])).is_one_of(words()["correct"]):
            return length
    return 0


def _split(text: str) -> tuple[str, str, str]:
    match = re.search(r"\s+(?:thành|thanh)\s+(?!viên|vien|phố|pho)|:\s+", text, re.IGNORECASE)
    return (text[: match.start()], match[0], text[match.end() :]) if match else (text, "", "")


def _named(draft: Draft, target: str) -> list[Question]:
    """The settled questions whose label and section hold every word of `target`."""
    meant = _meaning(target)
    if not meant:
        return []
    found = [
        question
        for question in draft.settled
        if meant <= _meaning(f"{question.section.title} {question.label}", own=False)
    ]
    # The label alone decides where it can: «họ tên» is no part of a title.
    exact = [question for question in found if meant == _meaning(question.label, own=False)]
    return exact if len(exact) == 1 else found


def _meaning(text: str, *, own: bool = True) -> set[str]:
    """The words that tell mentions of fields apart; `own` turns «bé» into the form's words."""
    plain = re.sub(r"[^a-z0-9 ]", " ", fold(normalise(text)))
    meant: set[str] = set()
    for word in plain.split():
        meant |= set((words()["people"].get(word, word) if own else word).split())
    return meant - set(words()["empty"])
