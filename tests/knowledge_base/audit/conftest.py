"""What the tests of the audit share: a day, and a run of one rule over one record."""

from datetime import date

import pytest

from knowledge_base.audit import AuditInputs, audit

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def today():
    return TODAY


@pytest.fixture
def run_rule():
    """The findings of one rule over some records; other inputs by name."""

    def run(rule, *records, **inputs):
        inputs.setdefault("today", TODAY)
        return audit(AuditInputs(records=records, **inputs), [rule]).findings

    return run


@pytest.fixture
def cases(run_rule):
    """The cases that one rule reports."""

    def run(rule, *records, **inputs):
        return [finding.case for finding in run_rule(rule, *records, **inputs)]

    return run
