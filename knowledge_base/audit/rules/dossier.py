"""A08: rows of the dossier counted «0 bản chính» (Nghị định 63/2010/NĐ-CP, article 8.2 point d)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_base.audit.finding import Fault, RuleId
from knowledge_base.audit.record_text import excerpt
from knowledge_base.procedure import Procedure, Requirement, RequirementGroup

__all__ = ["ZeroCopies"]

# A row that introduces others, or refers to them, is a heading that slipped into the table.
_HEADING = re.compile(
    r"(?:[:：]|gồm|sau đây|sau)\s*[:;.]?\s*$"
    r"|^\W*(?:hồ sơ (?:thứ|của|đề nghị|gồm)|trường hợp|giấy tờ (?:phải|xuất)|đối với|lưu ý"
    r"|tài liệu quy định tại|\w+ này là)"
    r"|^\W*\(?[ivx\da-zđ]{1,3}[).]\s*(?:hồ sơ|tài liệu quy định|trường hợp|đối với)",
    re.I,
)


class ZeroCopies:
    """Papers without a count, and explanations that stand in the table as papers.

    The importer tells the two apart: a row counted 0 that names no paper is a note.
    """

    id = RuleId.A08

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield at most one fault for papers and one for notes."""
        zero = [row for row in record.requirements if row.originals == 0 and not row.copies]
        notes = [row for row in zero if row.group is RequirementGroup.NOTE]
        papers = [row for row in zero if row.group is not RequirementGroup.NOTE]
        for case, rows in (("paper", papers), ("notes", notes)):
            kept = [row for row in rows if case == "notes" or not _HEADING.search(row.name)]
            if kept:
                yield _fault(case, kept)


def _fault(case: str, rows: list[Requirement]) -> Fault:
    text = excerpt(rows[0].name, 0, 0, around=160)
    return Fault(case, "requirements", text, {"count": str(len(rows))})
