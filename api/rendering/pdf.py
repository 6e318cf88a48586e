"""A page as an accessible PDF (PDF/UA-1): the same HTML and the same print style.

Nothing is fetched while it is made: neither from the network nor from files.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.errors import RenderingError

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["html_to_pdf"]

_STYLE = Path(__file__).parent.parent / "static" / "sheet.css"


def html_to_pdf(html: str) -> bytes:
    """Lay out `html` with the style of the printed sheet.

    Raises:
        RenderingError: the libraries that lay out the text are not installed.
    """
    weasyprint, style = _engine()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
    return pdf


@cache
def _engine() -> tuple[ModuleType, Any]:
    """WeasyPrint and the style, loaded once; slow to load, and not there on every machine."""
    try:
        import weasyprint  # type: ignore[import-untyped]
    except (ImportError, OSError) as error:
        raise RenderingError("WeasyPrint needs libpango-1.0-0 and libpangoft2-1.0-0") from error
    return weasyprint, weasyprint.CSS(string=_STYLE.read_text("utf-8"))
