"""What stands on a printed form, before it is a DOCX or a PDF: blank, an example, or filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from knowledge_base.forms.cleaning import clean_line
from knowledge_base.forms.errors import AnswersError, Fault
from knowledge_base.forms.messages import ValueRefusedError
from knowledge_base.forms.model import Example, ExampleKind, Field, Form, Rows, Section, Value
from knowledge_base.forms.validation import Answers, check_answers

__all__ = ["Line", "Sheet", "SheetKind", "blank_sheet", "example_sheet", "filled_sheet", "text"]

_TEXTS_FILE = Path(__file__).parent / "texts.yml"


class SheetKind(StrEnum):
    """How a form is printed."""

    BLANK = "blank"
    EXAMPLE = "example"
    WRONG = "wrong"
    FILLED = "filled"


@dataclass(frozen=True)
class Line:
    """One field as it is printed."""

    field: Field
    value: str
    rows: Rows
    note: str | None = None
    fault: str | None = None


@dataclass(frozen=True)
class Sheet:
    """One form as it is printed; `lines` keeps the order of the fields."""

    form: Form
    kind: SheetKind
    lines: dict[str, Line]
    example: Example | None = None

    @property
    def banners(self) -> list[str]:
        """What every page must say first: that this is no official paper, and no real person."""
        kinds = {SheetKind.EXAMPLE: ["example"], SheetKind.WRONG: ["wrong", "example"]}
        return [text("mark"), *(text(name) for name in kinds.get(self.kind, []))]

    @property
    def running_head(self) -> str:
        """What stands at the top of every page."""
        return text(f"running_{self.kind}", form=self.form.name)

    @property
    def introduction(self) -> list[str]:
        """The situation of an example, and what is wrong with a wrong one."""
        if self.example is None:
            return [text("mark_explained")]
        lines = [f"{self.example.title}.", text("situation", text=self.example.situation)]
        if self.example.explanation:
            lines.append(text("explanation", text=self.example.explanation))
        return lines

    @property
    def footnotes(self) -> list[str]:
        """Where the form comes from, and what of it is not checked."""
        form = self.form
        notes = [text("number", text=form.number)] if form.number else []
        notes += [text("issued", text=form.issued_by), text("basis", text=form.basis)]
        if form.unchecked:
            notes.append(text("unchecked"))
        for name in ("valid_from", "valid_to"):
            if day := getattr(form, name):
                notes.append(text(name, text=f"{day:%d/%m/%Y}"))
        if form.validity_note:
            notes.append(form.validity_note)
        checked = text("checked_on", text=f"{form.checked_on:%d/%m/%Y}")
        return [*notes, text("link", text=form.official_url), checked]

    def section_lines(self, section: Section) -> list[Line]:
        """The lines of one section."""
        return [self.lines[field.id] for field in section.fields]


@cache
def _texts() -> dict[str, str]:
    texts: dict[str, str] = yaml.safe_load(_TEXTS_FILE.read_text("utf-8"))
    return texts


def text(name: str, **parts: object) -> str:
    """A fixed text of the printed form."""
    return _texts()[name].format(**parts)


def blank_sheet(form: Form) -> Sheet:
    """The form with nothing filled in."""
    return Sheet(form, SheetKind.BLANK, _lines(form, {}))


def filled_sheet(answers: Answers, *, unfinished: bool = False) -> Sheet:
    """The form with what a person filled in; an `unfinished` one leaves what is missing blank.

    Raises:
        AnswersError: something is wrong, or missing from one that should be finished.
    """
    if not (answers.printable if unfinished else answers.valid):
        raise AnswersError(answers.faults)
    return Sheet(answers.form, SheetKind.FILLED, _lines(answers.form, answers.values))


def example_sheet(form: Form, example: Example, *, today: date | None = None) -> Sheet:
    """The form with an example: its notes, or the faults that the check finds in it."""
    answers = check_answers(form, example.values, today=today)
    values: dict[str, Value] = {**_as_written(form, example), **answers.values}
    faults: dict[str, str] = {}
    for fault in answers.faults:
        said = [faults[fault.field]] if fault.field in faults else []
        faults[fault.field] = " ".join([*said, _said(fault)])
    wrong = example.kind == ExampleKind.WRONG
    lines = _lines(form, values, example.notes, faults)
    return Sheet(form, SheetKind.WRONG if wrong else SheetKind.EXAMPLE, lines, example)


def _said(fault: Fault) -> str:
    """What is wrong, and in a table where."""
    if fault.row is None:
        return fault.message
    column = fault.label.rpartition(" – ")[2]
    return text("fault_row", row=fault.row, column=column, text=fault.message)


def _as_written(form: Form, example: Example) -> dict[str, Value]:
    """The values of an example that the check refuses, to show them with their faults."""
    written: dict[str, Value] = {}
    for field in form.fields:
        value = example.values.get(field.id)
        if isinstance(value, str) and field.type.fillable:
            try:
                written[field.id] = clean_line(value)[:300]
            except ValueRefusedError:
                continue
        elif isinstance(value, list):
            written[field.id] = [dict(row) for row in value]
    return written


def _lines(
    form: Form,
    values: Mapping[str, Value],
    notes: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    for field in form.fields:
        value = values.get(field.id, "")
        line = value if isinstance(value, str) else ""
        rows = value if isinstance(value, list) else []
        note, fault = (notes or {}).get(field.id), (faults or {}).get(field.id)
        lines[field.id] = Line(field, line, rows, note, fault)
    return lines
