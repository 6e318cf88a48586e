"""What an import read, and what it could not read, by part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

__all__ = ["ImportReport"]


@dataclass
class ImportReport:
    """Counts of one import; `unread` keeps up to `keep` examples a part, with their codes."""

    records: int = 0
    skipped: list[str] = field(default_factory=list)
    present: Counter[str] = field(default_factory=Counter)
    parsed: Counter[str] = field(default_factory=Counter)
    partly: Counter[str] = field(default_factory=Counter)
    unread: dict[str, list[str]] = field(default_factory=dict)
    keep: int = 20

    def add(self, part: str, code: str, *, items: int, rest: str) -> None:
        """Count one part of one record: `items` read, `rest` the text that was not."""
        self.present[part] += 1
        if items and not rest:
            self.parsed[part] += 1
        elif items:
            self.partly[part] += 1
        if rest:
            examples = self.unread.setdefault(part, [])
            if len(examples) < self.keep:
                examples.append(f"{code}: {rest[:160]}")

    def share(self, part: str) -> float:
        """Share of the records with this part in which all of it was read (0 to 1)."""
        return self.parsed[part] / self.present[part] if self.present[part] else 1.0

    def lines(self) -> list[str]:
        """The report in Vietnamese, a line a part, then examples of what is kept as raw text."""
        lines = [f"Đã đọc {self.records} bản ghi, bỏ qua {len(self.skipped)}."]
        lines += [f"  bỏ qua: {reason}" for reason in self.skipped[: self.keep]]
        for part in self.present:
            lines.append(
                f"{part}: {self.present[part]} bản ghi có, tách trọn {self.parsed[part]} "
                f"({self.share(part):.1%}), tách một phần {self.partly[part]}; "
                f"phần còn lại giữ nguyên văn."
            )
        for part, examples in self.unread.items():
            lines.append(f"Ví dụ còn nguyên văn – {part}:")
            lines += [f"  {example}" for example in examples[:5]]
        return lines
