"""The report as JSON: counts by rule, then every finding with all its fields."""

from __future__ import annotations

import json
from dataclasses import asdict

from knowledge_base.audit.report import AuditReport

__all__ = ["render_json"]


def render_json(report: AuditReport) -> bytes:
    """Return the report as indented UTF-8 JSON."""
    content = {
        "checked_on": report.checked_on.isoformat(),
        "audited": {str(kind): count for kind, count in sorted(report.audited.items())},
        "skipped": report.skipped,
        "rules": {
            str(rule): {
                "title": report.rulebook.rules[rule].title,
                "severity": str(report.rulebook.rules[rule].severity),
                "basis": report.rulebook.rules[rule].basis,
                "findings": count,
                "records": report.records_with(rule),
            }
            for rule, count in report.counts().items()
        },
        "findings": [asdict(finding) for finding in report.findings],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
