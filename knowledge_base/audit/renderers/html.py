"""The report as one page that needs nothing else: no script, no picture, no address to fetch."""

from __future__ import annotations

from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from knowledge_base.audit.report import AuditReport

__all__ = ["render_html"]


def render_html(report: AuditReport) -> bytes:
    """Return the report as a UTF-8 page; every text of a record is escaped."""
    environment = Environment(
        loader=PackageLoader("knowledge_base.audit.renderers", "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    groups = [(rule, list(found)) for rule, found in groupby(report.findings, key=lambda f: f.rule)]
    page = environment.get_template("report.html").render(
        report=report, book=report.rulebook, labels=report.rulebook.labels, groups=groups
    )
    return page.encode()
