import re

from knowledge_base.audit import ReportFormat, render


def test_text_of_a_record_is_escaped(report):
    page = render(report, ReportFormat.HTML).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_page_needs_nothing_else(report):
    page = render(report, ReportFormat.HTML).decode()
    assert not re.search(r"<(?:script|img|iframe|object|link)\b|\bon\w+=|javascript:", page)
    assert set(re.findall(r'href="([^"]*)"', page)) <= {f"#A{n:02d}" for n in range(1, 17)}


def test_page_says_its_language_and_its_columns(report):
    page = render(report, ReportFormat.HTML).decode()
    assert '<html lang="vi">' in page
    assert '<th scope="col">' in page


def test_nothing_found_is_said(empty_report):
    assert "Không có phát hiện nào." in render(empty_report, ReportFormat.HTML).decode()
