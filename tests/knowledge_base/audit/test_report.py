import pytest

from knowledge_base.audit import AuditInputs, RuleId, Severity, audit, build_rules
from tests.factories import make_bare, make_guidance, make_procedure


@pytest.fixture
def report(today):
    records = [
        make_procedure("1.000002", agencies=["Công an huyện"]),
        make_procedure("1.000001"),
        make_bare("1.000003"),
    ]
    return audit(AuditInputs(records=records, today=today))


def test_findings_are_in_order(report):
    keys = [(finding.rule, finding.code) for finding in report.findings]
    assert keys == sorted(keys)


def test_bare_records_are_skipped(report):
    assert (dict(report.audited), report.skipped) == ({"national": 2}, 1)
    assert "1.000003" not in {finding.code for finding in report.findings}


def test_counts_name_every_rule(report):
    assert list(report.counts()) == list(RuleId)
    assert report.counts()[RuleId.A06] == 1


def test_records_are_counted_once(report):
    assert report.counts()[RuleId.A01] > report.records_with(RuleId.A01) == 2


def test_finding_says_where_it_is_from(today):
    report = audit(AuditInputs(records=[make_guidance()], today=today), [RuleId.A13])
    assert {finding.source for finding in report.findings} <= {"guidance"}


def test_sound_guidance_needs_no_mending(today):
    records = [make_guidance(audience=["Công dân Việt Nam"])]
    report = audit(AuditInputs(records=records, today=today))
    assert report.of_severity([Severity.MUST_FIX]).findings == ()


def test_only_the_rules_asked_for(report, today):
    rules = build_rules(AuditInputs(records=(), today=today), ["A16", "A03"])
    assert [rule.id for rule in rules] == ["A03", "A16"]


def test_one_severity(report):
    urgent = report.of_severity([Severity.MUST_FIX])
    assert set(urgent.rules) == {"A01", "A05", "A06", "A11"}
    assert {finding.severity for finding in urgent.findings} == {"must_fix"}


def test_same_records_same_report(report, today):
    records = [make_procedure("1.000001")]
    runs = [audit(AuditInputs(records=records, today=today)).findings for _ in range(2)]
    assert runs[0] == runs[1]
