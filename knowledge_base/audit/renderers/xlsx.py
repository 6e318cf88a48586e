"""The report as a spreadsheet: one sheet of counts, one of findings that can be filtered."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from knowledge_base.audit.report import AuditReport

__all__ = ["render_xlsx"]

_SUMMARY_WIDTHS = (10, 50, 12, 12, 12, 70)
_DETAIL_WIDTHS = (10, 12, 12, 15, 45, 22, 60, 80)


def render_xlsx(report: AuditReport) -> bytes:
    """Return the report as an `.xlsx` workbook."""
    book, labels = report.rulebook, report.rulebook.labels
    workbook = Workbook()
    summary = workbook.active
    assert isinstance(summary, Worksheet)
    summary.title = labels["summary"]
    headings = ("rule", "title", "severity", "count", "procedures", "basis")
    _append(summary, [labels[key] for key in headings])
    for rule, count in report.counts().items():
        text = book.rules[rule]
        severity = book.severities[text.severity]
        records = report.records_with(rule)
        _append(summary, [rule, text.title, severity, count, records, text.basis])
    _finish(summary, _SUMMARY_WIDTHS)
    details = workbook.create_sheet(labels["details"])
    keys = ("rule", "severity", "code", "source", "name", "field", "message", "excerpt")
    _append(details, [labels[key] for key in keys])
    for finding in report.findings:
        row = [
            finding.rule,
            book.severities[finding.severity],
            finding.code,
            book.sources[finding.source],
            finding.name,
            book.fields[finding.field],
            finding.message,
            finding.excerpt,
        ]
        _append(details, row)
    _finish(details, _DETAIL_WIDTHS)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _append(sheet: Worksheet, values: Iterable[str | int]) -> None:
    """Write a row; text stays text, also where it begins like a formula («=», «+ Trường hợp»)."""
    row = sheet.max_row + 1 if sheet["A1"].value is not None else 1
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row=row, column=column)
        if isinstance(value, int):
            cell.value = value
        else:
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))
            cell.data_type = "s"


def _finish(sheet: Worksheet, widths: tuple[int, ...]) -> None:
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
