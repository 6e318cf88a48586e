"""A form half filled in: what is given, what is asked next, what may be printed.

A draft is a value: every change gives a new one, so that the chat keeps it in memory and the page
carries it from screen to screen. It knows of no channel and keeps nothing anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from knowledge_base.form_of_address import FormOfAddress
from knowledge_base.forms.errors import Fault
from knowledge_base.forms.filling.questions import Question, list_questions
from knowledge_base.forms.filling.reading import as_written
from knowledge_base.forms.messages import ValueRefusedError
from knowledge_base.forms.model import Form, Value
from knowledge_base.forms.validation import Answers, check_answers
from knowledge_base.forms.values import check_line

__all__ = ["BLANK", "Draft", "Progress"]

_LONGEST_READ = 5000
BLANK = ""
"""What stands in `given` for a question that was left blank."""


@dataclass(frozen=True)
class Progress:
    """The number of the open question, from 1, and how many there are as far as is known."""

    number: int
    total: int


@dataclass(frozen=True)
class Draft:
    """The answers by key of their question; `reopened` is the key of one being corrected.

    `address` is the word for whoever fills the form in.
    """

    form: Form
    given: Mapping[str, str] = field(default_factory=dict)
    reopened: str | None = None
    address: FormOfAddress = FormOfAddress.BAN

    @classmethod
    def read(
        cls,
        form: Form,
        given: Mapping[str, str],
        reopened: str | None,
        today: date,
        address: FormOfAddress = FormOfAddress.BAN,
    ) -> Draft:
        """A draft from what a browser sends back: checked again, strange keys dropped."""
        kept: dict[str, str] = {}
        for _ in range(len(given) + 1):
            fresh = [q for q in list_questions(form, kept) if q.key in given and q.key not in kept]
            found = {
                q.key: text for q in fresh if (text := _again(q, given[q.key], today)) is not None
            }
            if not found:
                break
            kept |= found
        return cls(form, kept, reopened if reopened in kept else None, address)

    @cached_property
    def questions(self) -> list[Question]:
        """Every question, answered or not, in the order of the form."""
        return list_questions(self.form, self.given)

    @cached_property
    def open(self) -> Question | None:
        """The question to ask now; None when all are answered or left blank."""
        if self.reopened and (again := self.find(self.reopened)):
            return again
        return next((q for q in self.questions if q.key not in self.given), None)

    @property
    def progress(self) -> Progress:
        """Where the open question stands."""
        total = len(self.questions)
        number = self.questions.index(self.open) + 1 if self.open else total
        return Progress(number, total)

    @property
    def settled(self) -> list[Question]:
        """The questions answered or left blank so far."""
        return [question for question in self.questions if question.key in self.given]

    def find(self, key: str) -> Question | None:
        """The question of this key, if the form asks it now."""
        return next((question for question in self.questions if question.key == key), None)

    def number_of(self, question: Question) -> int:
        """The place of a question among all of them, from 1."""
        return self.questions.index(question) + 1

    def written(self, text: str, today: date) -> str:
        """The reply to the open question as it will be printed.

        Raises:
            ValueRefusedError: with what to write instead.
        """
        assert self.open is not None
        # What is far too long is refused as it is: reading it closely would only cost time.
        read = as_written(self.open.entry, text) if len(text) <= _LONGEST_READ else text
        return check_line(self.open.entry, read, today)

    def with_answer(self, line: str) -> Draft:
        """The open question answered with a checked `line`, or left blank."""
        assert self.open is not None
        return self._with({**self.given, self.open.key: line})

    def with_section_blank(self) -> Draft:
        """The open question and what follows in its section left blank."""
        assert self.open is not None
        blank = {q.key: BLANK for q in self.rest_of_section}
        return self._with({**blank, **self.given, self.open.key: BLANK})

    def with_rest_blank(self) -> Draft:
        """Every question that waits left blank, to have the file with what there is."""
        waiting = {q.key: BLANK for q in self.questions}
        return self._with({**waiting, **self.given})

    @property
    def rest_of_section(self) -> list[Question]:
        """The open question and those after it in its section that wait for an answer."""
        if self.open is None:
            return []
        later = self.questions[self.questions.index(self.open) :]
        return [q for q in later if q.section is self.open.section and q.key not in self.given]

    def reopen(self, key: str) -> Draft:
        """Ask a question again; its answer stays until another is given."""
        return replace(self, reopened=key)

    def kept(self) -> Draft:
        """Leave the reopened answer as it is."""
        return replace(self, reopened=None)

    def back(self) -> Draft:
        """Ask the question before the open one again; the first one has none before it."""
        place = self.questions.index(self.open) if self.open else len(self.questions)
        return self.reopen(self.questions[place - 1].key) if place else self

    @property
    def values(self) -> dict[str, Value]:
        """What is given, as `check_answers` takes it: lines, and rows of tables."""
        values: dict[str, Value] = {}
        for question in self.questions:
            line = self.given.get(question.key, BLANK)
            if question.opens_row or not line:
                continue
            if question.row is None:
                values[question.field.id] = line
                continue
            rows = values.setdefault(question.field.id, [])
            assert isinstance(rows, list)
            self._row(rows, question.row)[question.entry.id] = line
        for rows in values.values():
            if isinstance(rows, list):
                rows[:] = [row for row in rows if row]
        return values

    def answers(self, today: date) -> Answers:
        """What is given, checked as a whole."""
        return check_answers(self.form, self.values, today=today)

    def contradictions(self, today: date) -> list[Fault]:
        """What is wrong in it, leaving out what is only missing."""
        return [fault for fault in self.answers(today).faults if not fault.missing]

    def _with(self, given: Mapping[str, str]) -> Draft:
        return replace(self, given=given, reopened=None)

    @staticmethod
    def _row(rows: list[dict[str, str]], number: int) -> dict[str, str]:
        while len(rows) < number:
            rows.append({})
        return rows[number - 1]


def _again(question: Question, text: str, today: date) -> str | None:
    """The text as the check lets it pass, or None where it does not."""
    if text == BLANK:
        return BLANK
    try:
        return check_line(question.entry, text, today) or None
    except ValueRefusedError:
        return None
