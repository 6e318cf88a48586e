"""The rulebook: what each rule looks for, the law behind it, its severity and its messages."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge_base.audit.errors import AuditDataError
from knowledge_base.audit.finding import Fault, RuleId, Severity

__all__ = ["RULEBOOK_FILE", "RuleText", "Rulebook", "load_rulebook"]

RULEBOOK_FILE = Path(__file__).parent / "data" / "rulebook.yml"


class RuleText(BaseModel):
    """One rule in words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    severity: Severity
    basis: str
    cases: dict[str, str]
    warn_only: frozenset[str] = frozenset()


class Rulebook(BaseModel):
    """All rules in words, the names of the fields and the labels of a report."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: dict[RuleId, RuleText]
    fields: dict[str, str]
    severities: dict[Severity, str]
    sources: dict[str, str]
    labels: dict[str, str]

    def severity(self, rule: RuleId, case: str) -> Severity:
        """The severity of the rule; a case that only gives notice in advance is a warning."""
        text = self.rules[rule]
        return Severity.WARN if case in text.warn_only else text.severity

    def message(self, rule: RuleId, fault: Fault) -> str:
        """The message of a fault, its values filled in."""
        return self.rules[rule].cases[fault.case].format(**fault.values)


def load_rulebook(path: Path = RULEBOOK_FILE) -> Rulebook:
    """Read the rulebook.

    Raises:
        AuditDataError: it is not as expected, or a rule has no words.
    """
    try:
        rulebook = Rulebook.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise AuditDataError(f"{path}: {error}") from error
    missing = set(RuleId) - set(rulebook.rules)
    if missing:
        raise AuditDataError(f"{path}: thiếu quy tắc {', '.join(sorted(missing))}")
    return rulebook
