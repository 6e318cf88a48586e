"""Run the rules over records and hold what they found.

Each imported record is audited as it was published, also where a guidance file wins over it in the
merged catalogue. Records of which only the name is known are not audited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from knowledge_base.audit.finding import Finding, RuleId, Severity
from knowledge_base.audit.rule import Rule
from knowledge_base.audit.rule_set import AuditInputs, build_rules
from knowledge_base.audit.rulebook import Rulebook, load_rulebook
from knowledge_base.procedure import Procedure, SourceKind

__all__ = ["AuditReport", "audit"]


@dataclass(frozen=True)
class AuditReport:
    """All findings, in the order of rules and codes, with how many records were looked at."""

    findings: tuple[Finding, ...]
    audited: Mapping[SourceKind, int]
    skipped: int
    checked_on: date
    rules: tuple[RuleId, ...]
    rulebook: Rulebook = field(repr=False)

    def of_severity(self, severities: Collection[Severity]) -> AuditReport:
        """The report with the findings of these severities only."""
        kept = tuple(finding for finding in self.findings if finding.severity in severities)
        found = {finding.rule for finding in kept}
        texts = self.rulebook.rules
        rules = tuple(r for r in self.rules if r in found or texts[r].severity in severities)
        return AuditReport(kept, self.audited, self.skipped, self.checked_on, rules, self.rulebook)

    def counts(self) -> dict[RuleId, int]:
        """How many findings each rule has, also where it has none."""
        found = Counter(finding.rule for finding in self.findings)
        return {rule: found[rule] for rule in self.rules}

    def records_with(self, rule: RuleId) -> int:
        """How many records have a finding of `rule`."""
        return len({(f.code, f.source) for f in self.findings if f.rule is rule})


def audit(inputs: AuditInputs, only: Collection[RuleId] = ()) -> AuditReport:
    """Audit every record of which more than the name is known.

    Raises:
        AuditDataError: a register, the settings or the rulebook are wrong.
    """
    rulebook, rules = load_rulebook(), build_rules(inputs, only)
    records = inputs.detailed()
    findings = [
        finding for rule in rules for record in records for finding in _run(rule, record, rulebook)
    ]
    findings.sort(key=lambda finding: (finding.rule, finding.code, finding.source))
    return AuditReport(
        findings=tuple(findings),
        audited=Counter(record.source.kind for record in records),
        skipped=len(inputs.records) - len(records),
        checked_on=inputs.today,
        rules=tuple(rule.id for rule in rules),
        rulebook=rulebook,
    )


def _run(rule: Rule, record: Procedure, rulebook: Rulebook) -> Iterable[Finding]:
    for fault in rule.check(record):
        yield Finding(
            rule=rule.id,
            severity=rulebook.severity(rule.id, fault.case),
            code=record.code,
            name=record.official_name,
            field=fault.field,
            excerpt=fault.excerpt,
            message=rulebook.message(rule.id, fault),
            case=fault.case,
            source=record.source.kind,
        )
