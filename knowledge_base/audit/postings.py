"""The operator's record of what is posted at the office (Nghị định 63/2010/NĐ-CP, article 17).

A CSV with the columns `code`, `posted_on` (năm-tháng-ngày) and, if wanted, `decision`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge_base.audit.errors import PostingFileError

__all__ = ["Posting", "read_postings"]


@dataclass(frozen=True)
class Posting:
    """One procedure as it hangs at the office."""

    code: str
    posted_on: date
    decision: str | None = None


def read_postings(path: Path) -> Mapping[str, Posting]:
    """Read the record of postings; of several lines for one code the latest counts.

    Raises:
        PostingFileError: a column or a date is missing or wrong, naming the line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if not {"code", "posted_on"} <= set(reader.fieldnames or ()):
                raise PostingFileError(f"{path}:1: cần các cột code, posted_on")
            rows = [_posting(path, reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PostingFileError(f"{path}: không đọc được ({error})") from error
    return {posting.code: posting for posting in sorted(rows, key=lambda row: row.posted_on)}


def _posting(path: Path, line: int, row: dict[str, str]) -> Posting:
    code, day = (row.get("code") or "").strip(), (row.get("posted_on") or "").strip()
    try:
        posted_on = date.fromisoformat(day)
    except ValueError as error:
        raise PostingFileError(
            f"{path}:{line}: posted_on {day!r}, cần ngày dạng năm-tháng-ngày"
        ) from error
    if not code:
        raise PostingFileError(f"{path}:{line}: thiếu code")
    return Posting(code, posted_on, (row.get("decision") or "").strip() or None)
