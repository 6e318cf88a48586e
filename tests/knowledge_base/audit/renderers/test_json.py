import json

from knowledge_base.audit import ReportFormat, render


def test_every_finding_with_all_its_fields(report):
    content = json.loads(render(report, ReportFormat.JSON))
    assert len(content["findings"]) == len(report.findings)
    assert set(content["findings"][0]) >= {
        "rule",
        "severity",
        "code",
        "name",
        "field",
        "excerpt",
        "message",
    }


def test_counts_by_rule(report):
    content = json.loads(render(report, ReportFormat.JSON))
    assert content["rules"]["A06"] == {
        "title": "Gọi tên đơn vị, cơ quan không còn nữa",
        "severity": "must_fix",
        "basis": report.rulebook.rules["A06"].basis,
        "findings": 2,
        "records": 1,
    }
    assert content["audited"] == {"national": 1}
