"""A slip as a page to print, and as an accessible PDF (PDF/UA-1); nothing is fetched for either."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from api.errors import RenderingError
from dossiers.slips import Slip

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["slip_document", "slip_html", "slip_pdf"]

_STYLE = Path(__file__).parent / "slip.css"
_NO_PANGO = (
    "Không tạo được PDF: máy thiếu thư viện Pango. Trên Debian, Ubuntu hãy cài "
    "libpango-1.0-0 và libpangoft2-1.0-0. Bản HTML vẫn in được."
)


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
    weasyprint, css = _engine()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    html = environment.get_template("slip_sheet.html").render(slip=slip, alone=True, style="")
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(stylesheets=[css], pdf_variant="pdf/ua-1")
    return pdf


@cache
def _engine() -> tuple[ModuleType, Any]:
    """WeasyPrint and the style, loaded once; slow to load, and not there on every machine."""
    try:
        import weasyprint  # type: ignore[import-untyped]
    except (ImportError, OSError) as error:
        raise RenderingError(_NO_PANGO) from error
    return weasyprint, weasyprint.CSS(string=_STYLE.read_text("utf-8"))
