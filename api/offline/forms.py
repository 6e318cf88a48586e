"""The worked examples of a form, as the volunteer's page keeps them."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge_base.forms import Form
from knowledge_base.forms.model import ExampleKind
from knowledge_base.forms.rendering.sheet import Line, Sheet, example_sheet

__all__ = ["export_form"]


def export_form(form: Form, today: date) -> dict[str, Any]:
    """One form: where it comes from, what to know before filling it, and its examples."""
    sheets = [example_sheet(form, example, today=today) for example in form.examples]
    return {
        "name": form.name,
        "before": form.before_filling,
        "notes": sheets[0].footnotes if sheets else [],
        "examples": [_example(sheet) for sheet in sheets],
    }


def _example(sheet: Sheet) -> dict[str, Any]:
    assert sheet.example is not None
    return {
        "title": sheet.example.title,
        "wrong": sheet.example.kind == ExampleKind.WRONG,
        "banners": sheet.banners,
        "introduction": sheet.introduction[1:],
        "sections": [
            {"title": section.title, "lines": [_line(line) for line in lines]}
            for section in sheet.form.sections
            if (lines := [line for line in sheet.section_lines(section) if _is_written(line)])
        ],
    }


def _is_written(line: Line) -> bool:
    return bool(line.value or line.rows or line.note or line.fault)


def _line(line: Line) -> dict[str, Any]:
    labels = {column.id: column.label for column in line.field.columns}
    rows = [
        "; ".join(f"{labels.get(name, name)}: {value}" for name, value in row.items() if value)
        for row in line.rows
    ]
    parts = {
        "label": line.field.label,
        "value": line.value or "\n".join(rows),
        "note": line.note,
        "fault": line.fault,
    }
    return {name: value for name, value in parts.items() if value is not None}
