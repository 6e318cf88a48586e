"""A slip as a page to print, and as an accessible PDF (PDF/UA-1); nothing is fetched for either."""

from __future__ import annotations

from pathlib import Path

import jinja2
from markupsafe import Markup

from dossiers.slips import Slip
from knowledge_base.pdf import make_pdf

__all__ = ["slip_document", "slip_html", "slip_pdf"]

_STYLE = Path(__file__).parent / "slip.css"


def slip_html(slip: Slip, environment: jinja2.Environment) -> str:
    """The slip as a page of the site."""
    return environment.get_template("slip.html").render(slip=slip)


def slip_document(slip: Slip, environment: jinja2.Environment) -> str:
    """The slip as a document of its own, its style in it."""
    template = environment.get_template("slip_sheet.html")
    return template.render(slip=slip, alone=True, style=Markup(_STYLE.read_text("utf-8")))


def slip_pdf(slip: Slip, environment: jinja2.Environment) -> bytes:
    """The slip as PDF.

    Raises:
        RenderingError: the libraries that lay out the text are not installed.
    """
    html = environment.get_template("slip_sheet.html").render(slip=slip, alone=True, style="")
    return make_pdf(html, _STYLE)
