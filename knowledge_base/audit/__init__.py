"""The publication audit: what must be mended before a procedure is published, and why."""

from knowledge_base.audit.errors import AuditDataError, AuditError, PostingFileError
from knowledge_base.audit.finding import Finding, RuleId, Severity
from knowledge_base.audit.postings import Posting, read_postings
from knowledge_base.audit.records import read_records
from knowledge_base.audit.renderers import ReportFormat, render
from knowledge_base.audit.report import AuditReport, audit
from knowledge_base.audit.rule_set import AuditInputs, build_rules
from knowledge_base.audit.worked_examples import WorkedExample, worked_examples

__all__ = [
    "AuditDataError",
    "AuditError",
    "AuditInputs",
    "AuditReport",
    "Finding",
    "Posting",
    "PostingFileError",
    "ReportFormat",
    "RuleId",
    "Severity",
    "WorkedExample",
    "audit",
    "build_rules",
    "read_postings",
    "read_records",
    "render",
    "worked_examples",
]
