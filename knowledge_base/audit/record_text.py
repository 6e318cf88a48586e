"""The text of a record by part, as published, with what the importer could not take apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from knowledge_base.procedure import Procedure

__all__ = ["TextPart", "excerpt", "one_line", "steps_text", "text_parts"]

# The parts of the national export (the importer keeps there what it could not read).
_RAW_FIELDS = {
    "trinh_tu_thuc_hien": "steps",
    "thanh_phan_ho_so": "requirements",
    "cach_thuc_thuc_hien": "channels",
    "ket_qua_xu_ly": "results",
    "can_cu_phap_ly": "legal_basis",
    "co_quan_phoi_hop": "agencies",
    "co_quan_duoc_uy_quyen": "agencies",
}
_AROUND = 70


class TextPart(NamedTuple):
    """A passage of a record and the field it stands in."""

    field: str
    text: str


def text_parts(record: Procedure) -> Iterator[TextPart]:
    """Yield every passage of `record`: who acts first, then what is done, then the legal basis."""
    yield TextPart("name", record.official_name)
    for agency in record.agencies:
        yield TextPart("agencies", agency)
    for office in record.offices:
        yield TextPart("agencies", office.name)
    for step in record.steps:
        yield TextPart("steps", step.text)
    for requirement in record.requirements:
        yield TextPart("requirements", requirement.name)
        if requirement.case:
            yield TextPart("requirements", requirement.case)
    for channel in record.channels:
        for text in (channel.time.note, channel.fee, channel.note):
            if text:
                yield TextPart("channels", text)
    for result in record.results:
        yield TextPart("results", result.name)
    for condition in record.conditions:
        yield TextPart("conditions", condition)
    for key, text in record.raw.items():
        if key in _RAW_FIELDS:
            yield TextPart(_RAW_FIELDS[key], text)
    for document in record.legal_basis:
        yield TextPart("legal_basis", f"{document.number} {document.title or ''}".strip())


def steps_text(record: Procedure) -> str:
    """The order of steps as one text."""
    return "\n".join(
        [step.text for step in record.steps] + [record.raw.get("trinh_tu_thuc_hien", "")]
    ).strip()


def one_line(text: str) -> str:
    """The text with its white space made single."""
    return re.sub(r"\s+", " ", text).strip()


def excerpt(text: str, start: int = 0, end: int | None = None, around: int = _AROUND) -> str:
    """The passage from `start` to `end` with the words around it, on one line."""
    stop = len(text) if end is None else end
    left, right = max(0, start - around), min(len(text), stop + around)
    while left > 0 and not text[left - 1].isspace():
        left -= 1
    while right < len(text) and not text[right].isspace():
        right += 1
    head, tail = "…" if left > 0 else "", "…" if right < len(text) else ""
    return head + one_line(text[left:right]) + tail
