from io import BytesIO

import openpyxl
import pytest

from knowledge_base.audit import ReportFormat, RuleId, render


@pytest.fixture
def workbook(report):
    return openpyxl.load_workbook(BytesIO(render(report, ReportFormat.XLSX)))


def test_one_row_a_rule_and_one_a_finding(workbook, report):
    summary, details = workbook.worksheets
    assert summary.max_row == 1 + len(RuleId)
    assert details.max_row == 1 + len(report.findings)


def test_headings_stay_and_can_be_filtered(workbook):
    for sheet in workbook.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_text_never_becomes_a_formula(workbook):
    cells = [cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


def test_nothing_found_still_makes_a_workbook(empty_report):
    content = render(empty_report, ReportFormat.XLSX)
    assert openpyxl.load_workbook(BytesIO(content)).worksheets[1].max_row == 1
