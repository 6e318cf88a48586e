"""What a person filled in, checked against the form: clean values, and faults that help.

Declarations and signatures are refused whatever is given for them: the person reads and signs
on paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from knowledge_base.forms.errors import Fault
from knowledge_base.forms.messages import ValueRefusedError, message
from knowledge_base.forms.model import Check, CheckKind, Entry, Field, FieldType, Form, Rows, Value
from knowledge_base.forms.values import check_line, read_date
from knowledge_base.forms.words import date_in_words

__all__ = ["Answers", "check_answers", "check_field"]


@dataclass(frozen=True)
class Answers:
    """The values that may be printed, and what is wrong with the others."""

    form: Form
    values: dict[str, Value]
    faults: tuple[Fault, ...]

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong or missing."""
        return not self.faults

    @property
    def printable(self) -> bool:
        """Whether nothing is wrong; what is missing is left to be written by hand."""
        return all(fault.missing for fault in self.faults)


def check_answers(form: Form, given: Mapping[str, object], *, today: date | None = None) -> Answers:
    """Check everything that was filled in; dates in words are written from their figures."""
    today = today or date.today()
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    for field in form.fields:
        value, found = check_field(field, given.get(field.id), today=today)
        faults += [_named(form, field, fault) for fault in found]
        if value:
            values[field.id] = value
    known = {field.id for field in form.fields}
    faults += [
        Fault(str(name)[:60], str(name)[:60], message("unknown_field", field=str(name)[:60]))
        for name in given
        if name not in known
    ]
    refused = {fault.field for fault in faults}
    for field in form.fields:
        found = _words(field, values)
        if field.id not in refused:
            found += _missing(field, values)
        faults += [_named(form, field, fault) for fault in found]
    faults += [fault for check in form.checks for fault in _together(form, check, values, refused)]
    return Answers(form, values, tuple(faults))


def check_field(
    field: Field, given: object, *, today: date | None = None
) -> tuple[Value | None, list[Fault]]:
    """Check one field alone, as a dialogue does: the value to print, or the faults."""
    today = today or date.today()
    if given is None or given == "" or given == []:
        return None, []
    if not field.type.fillable:
        return None, [Fault(field.id, field.label, message("by_hand"))]
    if field.type == FieldType.TABLE:
        return _check_rows(field, given, today)
    value, text = _check_entry(field, given, today)
    return value or None, [Fault(field.id, field.label, text)] if text else []


def _named(form: Form, field: Field, fault: Fault) -> Fault:
    """The fault with a label that no other field of the form has."""
    label = fault.label.replace(field.label, form.label_of(field), 1)
    return replace(fault, label=label)


def _check_entry(entry: Entry, given: object, today: date) -> tuple[str, str]:
    """The clean line and no message, or nothing and a message."""
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str):
        return "", message("not_a_line")
    try:
        return check_line(entry, given, today), ""
    except ValueRefusedError as error:
        return "", str(error)


def _check_rows(field: Field, given: object, today: date) -> tuple[Value | None, list[Fault]]:
    if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
        return None, [Fault(field.id, field.label, message("not_rows"))]
    if len(given) > field.rules.max_rows:
        text = message("too_many_rows", max_rows=field.rules.max_rows, rows=len(given))
        return None, [Fault(field.id, field.label, text)]
    rows: Rows = []
    faults: list[Fault] = []
    for number, row in enumerate(given, 1):
        checked, found = _check_row(field, row, number, today)
        rows.append(checked)
        faults += found
    return (rows if all(fault.missing for fault in faults) else None), faults


def _check_row(
    field: Field, row: Mapping[str, object], number: int, today: date
) -> tuple[dict[str, str], list[Fault]]:
    checked: dict[str, str] = {}
    faults: list[Fault] = []
    for column in field.columns:
        value, text = _check_entry(column, row.get(column.id, ""), today)
        missing = column.required and not (value or text)
        if missing:
            text = message("required")
        if text:
            label = f"{field.label} – {column.label}"
            faults.append(Fault(field.id, label, text, number, missing))
        checked[column.id] = value
    known = {column.id for column in field.columns}
    for name in row:
        if name not in known:
            text = message("unknown_column", column=str(name)[:60])
            faults.append(Fault(field.id, field.label, text, number))
    return checked, faults


def _words(field: Field, values: dict[str, Value]) -> list[Fault]:
    """Write a date in words from its figures, and refuse words that say another day."""
    if not field.words_of:
        return []
    figures = values.get(field.words_of)
    day = read_date(figures) if isinstance(figures, str) else None
    if day is None:
        values.pop(field.id, None)
        return []
    words = date_in_words(day)
    typed = values.get(field.id)
    values[field.id] = words
    if isinstance(typed, str) and typed.casefold().replace(",", "") != words.casefold():
        return [Fault(field.id, field.label, message("date_words", words=words))]
    return []


def _missing(field: Field, values: Mapping[str, Value]) -> list[Fault]:
    asked = field.required or (
        bool(field.required_when)
        and all(values.get(other) in wanted for other, wanted in field.required_when.items())
    )
    if not asked or field.words_of or field.id in values:
        return []
    text = message("required_find", find=field.find) if field.find else message("required")
    return [Fault(field.id, field.label, text, missing=True)]


def _together(
    form: Form, check: Check, values: Mapping[str, Value], refused: set[str]
) -> list[Fault]:
    """The faults of a rule over several fields, laid on the last of them that is given."""
    given = [values[name] for name in check.fields if name in values]
    if check.kind == CheckKind.ANY_OF:
        broken = not given and not refused & set(check.fields)
    elif check.kind == CheckKind.DIFFERENT:
        broken = len({str(value).casefold() for value in given}) < len(given)
    else:
        days = [day for value in given if isinstance(value, str) and (day := read_date(value))]
        broken = days != sorted(days)
    if not broken:
        return []
    place = check.fields[0] if check.kind == CheckKind.ANY_OF else check.fields[-1]
    field = next(field for field in form.fields if field.id == place)
    missing = check.kind == CheckKind.ANY_OF
    return [Fault(place, form.label_of(field), check.message, missing=missing)]
