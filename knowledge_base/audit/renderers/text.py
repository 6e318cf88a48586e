"""The report as plain text: a table of counts, then the findings rule by rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from knowledge_base.audit.report import AuditReport

__all__ = ["render_text"]


def render_text(report: AuditReport) -> bytes:
    """Return the report as UTF-8 text."""
    return ("\n".join(_lines(report)) + "\n").encode()


def _lines(report: AuditReport) -> Iterator[str]:
    book, labels = report.rulebook, report.rulebook.labels
    yield f"{labels['heading']} – {labels['checked_on'].lower()} {report.checked_on:%d/%m/%Y}"
    audited = ", ".join(f"{book.sources[kind]}: {n}" for kind, n in sorted(report.audited.items()))
    yield f"{labels['records']}: {sum(report.audited.values())} ({audited})"
    if report.skipped:
        yield f"{labels['skipped']}: {report.skipped}"
    yield f"{labels['findings']}: {len(report.findings)}"
    yield ""
    for rule, count in report.counts().items():
        text = book.rules[rule]
        severity = book.severities[text.severity]
        yield f"  {rule}  {count:>6}  {severity:<8}  {text.title}"
    if not report.findings:
        yield ""
        yield labels["nothing"]
    for rule, findings in groupby(report.findings, key=lambda finding: finding.rule):
        yield ""
        yield f"{rule} {book.rules[rule].title}"
        yield f"    {labels['basis']}: {book.rules[rule].basis}"
        for finding in findings:
            source = book.sources[finding.source]
            yield f"  {finding.code} ({source}) {finding.name}"
            yield f"      {book.fields[finding.field]}: {finding.message}"
            if finding.excerpt:
                yield f"      «{finding.excerpt}»"
