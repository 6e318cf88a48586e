"""The questions that a form asks, in order, as far as the answers so far decide them.

A question has a key: the field's id (`child_name`), for a table the row that may follow
(`members.1`) and the columns of a row that was opened (`members.1.name`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge_base.forms.filling.texts import phrase
from knowledge_base.forms.model import Column, Entry, Field, FieldType, Form, Rules, Section

__all__ = ["Question", "list_questions"]


@dataclass(frozen=True)
class Question:
    """One thing to ask: `entry` says of what kind, `row` counts the rows of a table from 1."""

    key: str
    field: Field
    section: Section
    entry: Entry
    required: bool
    row: int | None = None

    @property
    def opens_row(self) -> bool:
        """Whether it asks if a row is wanted, and so writes nothing itself."""
        return self.row is not None and self.entry.id == f"{self.field.id}.{self.row}"

    @property
    def label(self) -> str:
        """What is asked for, as the form calls it."""
        if self.opens_row:
            name = "row_first" if self.row == 1 else "row_more"
            return phrase(name, table=self.field.label)
        if self.row is not None:
            return phrase("row_label", label=self.entry.label, row=self.row)
        return self.field.label

    @property
    def explain(self) -> str:
        """How to write it."""
        if self.row is None or (self.opens_row and self.row == 1):
            return self.field.explain
        return self.entry.explain or ""


def list_questions(form: Form, given: Mapping[str, str]) -> list[Question]:
    """Every question of the form that the answers `given` do not make needless.

    Declarations, signatures and dates in words are never asked: the person reads and signs, and
    the words follow from the figures.
    """
    asked: list[Question] = []
    for section in form.sections:
        for field in section.fields:
            if field.type.fillable and not field.words_of:
                asked += _of_field(field, section, given)
    return asked


def _of_field(field: Field, section: Section, given: Mapping[str, str]) -> Iterator[Question]:
    if field.type == FieldType.TABLE:
        yield from _of_table(field, section, given)
        return
    wanted = bool(field.required_when) and all(
        given.get(other) in options for other, options in field.required_when.items()
    )
    if wanted or field.required or not field.required_when:
        yield Question(field.id, field, section, field, field.required or wanted)


def _of_table(field: Field, section: Section, given: Mapping[str, str]) -> Iterator[Question]:
    yes = phrase("yes")
    for row in range(1, field.rules.max_rows + 1):
        key = f"{field.id}.{row}"
        yield Question(key, field, section, _row_entry(key, field), field.required, row)
        if given.get(key) != yes:
            return
        for column in field.columns:
            name = f"{key}.{column.id}"
            yield Question(name, field, section, column, column.required, row)


def _row_entry(key: str, field: Field) -> Entry:
    """The question whether a row is wanted: yes or no."""
    return Column.model_construct(
        id=key,
        label=field.label,
        type=FieldType.CHOICE,
        required=False,
        explain=None,
        options=[phrase("yes"), phrase("no")],
        rules=Rules(),
    )
