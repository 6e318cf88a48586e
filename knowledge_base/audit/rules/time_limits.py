"""A03: the time limit is unclear (Nghị định 63/2010/NĐ-CP, article 8.2 point đ)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from knowledge_base.audit.finding import Fault, RuleId
from knowledge_base.audit.record_text import excerpt
from knowledge_base.procedure import Channel, ChannelKind, Procedure, TimeUnit

__all__ = ["UnclearTimeLimit"]

# A row that the importer gave up on: «Trực tuyến1200 VNĐ» is a limit of 1 (or 12) and a fee.
_GLUED = re.compile(
    r"^(?:Trực tuyến|Dịch vụ bưu chính|Trực tiếp)\s*\d[\d.,]*\s*(?:VNĐ|Việt Nam Đồng|USD).*", re.M
)
# A limit in words, as descriptions give it: «05 ngày làm việc kể từ ngày nhận đủ hồ sơ».
_LIMIT = re.compile(
    r"(?<!ngày )(?<![\d/])\d{1,3}\s*\)?\s*(?:ngày|tháng|giờ làm việc)\b(?!\s*\d)"
    r"|\bngay (?:trong ngày|sau khi)\b",
    re.I,
)
_WORDS = {
    ChannelKind.ONLINE: "Trực tuyến",
    ChannelKind.POST: "Dịch vụ bưu chính",
    ChannelKind.COUNTER: "Trực tiếp",
}
_UNITS = {
    TimeUnit.WORKING_DAY: " ngày làm việc",
    TimeUnit.DAY: " ngày",
    TimeUnit.HOUR: " giờ",
    TimeUnit.MONTH: " tháng",
    None: "",
}
_Limit = tuple[float | None, TimeUnit | None]


class UnclearTimeLimit:
    """A limit without unit, no limit at all, or several limits that nothing explains.

    A limit of 0 counts as none. A row that says why there is none («Không phải trả kết quả cho
    người nộp thuế») is clear; a row that only says «Không» is not.
    """

    id = RuleId.A03

    def __init__(self, no_answer_notes: Collection[str]) -> None:
        """Take the notes in place of a limit that do not answer how long it takes."""
        self._no_answer = frozenset(no_answer_notes)

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield at most one fault about the unit, one about absence, one about differences."""
        glued = _GLUED.search(record.raw.get("cach_thuc_thuc_hien", ""))
        without_unit = [c for c in record.channels if c.time.quantity and c.time.unit is None]
        if without_unit:
            yield Fault("no_unit", "channels", _rows(without_unit))
        elif glued:
            yield Fault("glued", "channels", glued[0][:160])
        if record.channels and not glued and all(map(self._unanswered, record.channels)):
            told = _limit_in_words(record.channels)
            yield Fault(
                "in_note" if told else "no_limit", "channels", told or _rows(record.channels)
            )
        yield from _differences(record.channels)

    def _unanswered(self, channel: Channel) -> bool:
        note = channel.time.note
        return channel.time.quantity is None and (note is None or note in self._no_answer)


def _differences(channels: Sequence[Channel]) -> Iterator[Fault]:
    by_kind: dict[ChannelKind, set[_Limit]] = {}
    for channel in channels:
        if channel.time.quantity is not None:
            limit = (channel.time.quantity, channel.time.unit)
            by_kind.setdefault(channel.channel, set()).add(limit)
    if len(set().union(*by_kind.values())) < 2 or any(map(_explained, channels)):
        return
    same = len({frozenset(limits) for limits in by_kind.values()}) == 1
    yield Fault("several" if same else "by_channel", "channels", _rows(channels))


def _explained(channel: Channel) -> bool:
    """Whether a row says more than a number: any note, or a case it is for."""
    return bool(channel.note or channel.time.note or channel.when)


def _limit_in_words(channels: Sequence[Channel]) -> str:
    """The passage of a description that gives the limit which the column leaves out."""
    for channel in channels:
        match = _LIMIT.search(channel.note or "")
        if match:
            return excerpt(channel.note or "", *match.span())
    return ""


def _rows(channels: Sequence[Channel]) -> str:
    """The rows as the citizen sees them: «Trực tuyến: 1; Trực tiếp: 3 ngày làm việc»."""
    rows = []
    for channel in channels:
        if channel.time.quantity is None:
            text = channel.time.note or "không có"
        else:
            text = f"{channel.time.quantity:g}{_UNITS[channel.time.unit]}"
        rows.append(f"{_WORDS[channel.channel]}: {text}")
    return "; ".join(dict.fromkeys(rows))
