from knowledge_base.audit import ReportFormat, render


def test_counts_come_before_findings(report):
    text = render(report, ReportFormat.TEXT).decode()
    assert "Số bản ghi đã soát: 1 (bản quốc gia: 1)" in text
    assert text.index("phải sửa") < text.index("1.999001")


def test_every_finding_is_there(report):
    text = render(report, ReportFormat.TEXT).decode()
    assert text.count("1.999001 (bản quốc gia)") == len(report.findings)


def test_nothing_found_is_said(empty_report):
    assert "Không có phát hiện nào." in render(empty_report, ReportFormat.TEXT).decode()
