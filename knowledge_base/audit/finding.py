"""What the audit finds: a rule, a record, the offending text, and what is wrong with it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge_base.procedure import SourceKind

__all__ = ["Fault", "Finding", "RuleId", "Severity"]


class Severity(StrEnum):
    """Whether a finding must be mended before publishing, or only looked at."""

    MUST_FIX = "must_fix"
    WARN = "warn"


class RuleId(StrEnum):
    """The rules of the publication audit; `rulebook.yml` says what each looks for and why."""

    A01 = "A01"
    A02 = "A02"
    A03 = "A03"
    A04 = "A04"
    A05 = "A05"
    A06 = "A06"
    A07 = "A07"
    A08 = "A08"
    A09 = "A09"
    A10 = "A10"
    A11 = "A11"
    A12 = "A12"
    A13 = "A13"
    A14 = "A14"
    A15 = "A15"
    A16 = "A16"


@dataclass(frozen=True)
class Fault:
    """What one rule saw in one record; `values` fill the message of its case in the rulebook."""

    case: str
    field: str
    excerpt: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One fault of one record, in words for the officer who publishes it."""

    rule: RuleId
    severity: Severity
    code: str
    name: str
    field: str
    excerpt: str
    message: str
    case: str
    source: SourceKind
