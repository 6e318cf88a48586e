"""Forms as documents to print: DOCX from the template of the form, and accessible PDF."""

from __future__ import annotations

from knowledge_base.forms.rendering.docx import render_docx
from knowledge_base.forms.rendering.pdf import render_pdf
from knowledge_base.forms.rendering.sheet import (
    Line,
    Sheet,
    SheetKind,
    blank_sheet,
    example_sheet,
    filled_sheet,
)

__all__ = [
    "Line",
    "Sheet",
    "SheetKind",
    "blank_sheet",
    "example_sheet",
    "filled_sheet",
    "render_docx",
    "render_pdf",
]
