"""HTML as an accessible PDF (PDF/UA-1); the one place that knows of WeasyPrint.

Nothing is fetched while it is made: neither from the network nor from files.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from knowledge_base.errors import RenderingError

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["make_pdf"]

# Pango is not made for several threads, and layout takes a whole core anyway.
_one_at_a_time = Lock()
_NO_PANGO = (
    "Không tạo được PDF: máy thiếu thư viện Pango. Trên Debian, Ubuntu hãy cài "
    "libpango-1.0-0 và libpangoft2-1.0-0. Bản DOCX, HTML vẫn tạo được."
)


def make_pdf(html: str, style: Path) -> bytes:
    """Lay out `html` with the style sheet of the file `style`.

    Raises:
        RenderingError: the libraries that lay out the text are not installed.
    """
    weasyprint = _engine()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    with _one_at_a_time:
        pdf: bytes = document.write_pdf(stylesheets=[_style(style)], pdf_variant="pdf/ua-1")
    return pdf


@cache
def _engine() -> ModuleType:
    """WeasyPrint, loaded once; slow to load, and not there on every machine."""
    try:
        import weasyprint  # type: ignore[import-untyped]
    except (ImportError, OSError) as error:
        raise RenderingError(_NO_PANGO) from error
    module: ModuleType = weasyprint
    return module


@cache
def _style(path: Path) -> Any:
    return _engine().CSS(string=path.read_text("utf-8"))
