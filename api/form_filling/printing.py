"""A draft made into files to print."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from api.form_filling.files import FinishedFile
from knowledge_base.forms import Form, RenderingError
from knowledge_base.forms.filling import Draft
from knowledge_base.forms.rendering import (
    Sheet,
    blank_sheet,
    filled_sheet,
    render_docx,
    render_pdf,
)

__all__ = ["FORMATS", "print_draft", "warm_up"]

FORMATS: dict[str, tuple[str, Callable[[Sheet], bytes]]] = {
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        render_docx,
    ),
    "pdf": ("application/pdf", render_pdf),
}


def print_draft(draft: Draft, suffix: str, today: date) -> FinishedFile:
    """The file of a draft, `suffix` being one of FORMATS; what is missing stays blank on it.

    Raises:
        AnswersError: something in it is wrong.
        RenderingError: the libraries of that format are not installed.
    """
    media_type, render = FORMATS[suffix]
    sheet = filled_sheet(draft.answers(today), unfinished=True)
    return FinishedFile(f"{draft.form.id}.{suffix}", media_type, render(sheet))


def warm_up(form: Form) -> None:
    """Print a blank form, so that no citizen waits seconds while fonts and libraries are loaded."""
    for _, render in FORMATS.values():
        with suppress(RenderingError):
            render(blank_sheet(form))
