"""A report of the audit as text, JSON, a web page or a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from knowledge_base.audit.renderers.html import render_html
from knowledge_base.audit.renderers.json import render_json
from knowledge_base.audit.renderers.text import render_text
from knowledge_base.audit.renderers.xlsx import render_xlsx
from knowledge_base.audit.report import AuditReport

__all__ = ["ReportFormat", "render"]


class ReportFormat(StrEnum):
    """The forms of a report."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    XLSX = "xlsx"


_RENDERERS: dict[ReportFormat, Callable[[AuditReport], bytes]] = {
    ReportFormat.TEXT: render_text,
    ReportFormat.JSON: render_json,
    ReportFormat.HTML: render_html,
    ReportFormat.XLSX: render_xlsx,
}


def render(report: AuditReport, form: ReportFormat) -> bytes:
    """Return the report in one of its forms; all but the spreadsheet are UTF-8 text."""
    return _RENDERERS[form](report)
