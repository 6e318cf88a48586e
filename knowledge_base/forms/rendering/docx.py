"""A sheet as DOCX, filled into the template of its form.

Values are data of the template, never template text: `{{ 7*7 }}` comes out as it was typed.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate  # type: ignore[import-untyped]

from knowledge_base.errors import RenderingError
from knowledge_base.forms.library import FORMS_FOLDER
from knowledge_base.forms.model import FieldType
from knowledge_base.forms.rendering.sheet import Line, Sheet, text

__all__ = ["TEMPLATE_NAME", "render_docx"]

TEMPLATE_NAME = "template.docx"
_DOTS = "\t"
"""A tab; the template leads it with dots to the right margin."""

_EMPTY_ROWS = 3


def render_docx(sheet: Sheet, folder: Path = FORMS_FOLDER) -> bytes:
    """The sheet as DOCX.

    Raises:
        RenderingError: the form has no template; `python -m knowledge_base.forms.make_templates`
            makes it.
    """
    path = folder / sheet.form.id / TEMPLATE_NAME
    if not path.is_file():
        raise RenderingError(f"Mẫu {sheet.form.id} chưa có tệp {TEMPLATE_NAME}.")
    template = DocxTemplate(path)
    template.render(_context(sheet), autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def _context(sheet: Sheet) -> dict[str, Any]:
    """What the template of every form may name: see `make_templates`."""
    fillable = [line for line in sheet.lines.values() if line.field.type.fillable]
    return {
        "banners": sheet.banners,
        "introduction": sheet.introduction,
        "footnotes": sheet.footnotes,
        "value": {line.field.id: _value(line) for line in fillable},
        "rows": {
            line.field.id: line.rows or [_empty_row(line)] * _EMPTY_ROWS
            for line in fillable
            if line.field.type == FieldType.TABLE
        },
        "remark": {line.field.id: _remark(line) for line in sheet.lines.values()},
    }


def _value(line: Line) -> str:
    if line.value:
        return line.value
    if line.field.options:
        return f"{text('options', text=' / '.join(line.field.options))}{_DOTS}"
    return _DOTS


def _empty_row(line: Line) -> dict[str, str]:
    return {column.id: "" for column in line.field.columns}


def _remark(line: Line) -> str:
    if line.fault:
        return text("fault", text=line.fault)
    return text("note", text=line.note) if line.note else ""
