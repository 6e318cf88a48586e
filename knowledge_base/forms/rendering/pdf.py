"""A sheet as an accessible PDF (PDF/UA-1), from one HTML template."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from knowledge_base.forms.rendering.sheet import Sheet, SheetKind, text
from knowledge_base.pdf import make_pdf

__all__ = ["render_html", "render_pdf"]

_FOLDER = Path(__file__).parent


def render_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF.

    Raises:
        RenderingError: the libraries that lay out the text are not installed.
    """
    return make_pdf(render_html(sheet), _FOLDER / "sheet.css")


def render_html(sheet: Sheet) -> str:
    """The sheet as the HTML that the PDF is made from; every value is escaped."""
    template = _environment().get_template("sheet.html")
    return template.render(sheet=sheet, blank=sheet.kind == SheetKind.BLANK, text=text)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
