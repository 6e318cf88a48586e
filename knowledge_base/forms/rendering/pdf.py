"""A sheet as an accessible PDF (PDF/UA-1), from one HTML template.

Nothing is fetched while it is made: neither from the network nor from files.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from knowledge_base.forms.errors import RenderingError
from knowledge_base.forms.rendering.sheet import Sheet, SheetKind, text

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["render_html", "render_pdf"]

_FOLDER = Path(__file__).parent
# Pango is not made for several threads, and layout takes a whole core anyway.
_one_at_a_time = Lock()
_NO_PANGO = (
    "Không tạo được PDF: máy thiếu thư viện Pango. Trên Debian, Ubuntu hãy cài "
    "libpango-1.0-0 và libpangoft2-1.0-0. Bản DOCX vẫn tạo được."
)


def render_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF.

    Raises:
        RenderingError: the libraries that lay out the text are not installed.
    """
    weasyprint, css = _engine()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    document = weasyprint.HTML(string=render_html(sheet), url_fetcher=fetcher)
    with _one_at_a_time:
        pdf: bytes = document.write_pdf(stylesheets=[css], pdf_variant="pdf/ua-1")
    return pdf


def render_html(sheet: Sheet) -> str:
    """The sheet as the HTML that the PDF is made from; every value is escaped."""
    template = _environment().get_template("sheet.html")
    return template.render(sheet=sheet, blank=sheet.kind == SheetKind.BLANK, text=text)


@cache
def _engine() -> tuple[ModuleType, Any]:
    """WeasyPrint and the style, loaded once; slow to load, and not there on every machine."""
    try:
        import weasyprint  # type: ignore[import-untyped]
    except (ImportError, OSError) as error:
        raise RenderingError(_NO_PANGO) from error
    return weasyprint, weasyprint.CSS(string=(_FOLDER / "sheet.css").read_text("utf-8"))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
