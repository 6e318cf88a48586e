"""The ten national statuses of a dossier, what each means, and which may follow which.

Numbers and labels are those of the national data axis; clock, terminal flag and transitions are
the project's own reading of them. A move that is not allowed is a data error to report, never to
hide (see `dossiers.registry`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from dossiers.plain_text import plain

__all__ = ["ClockState", "Status", "StatusReading", "read_status"]


class ClockState(StrEnum):
    """Whether the time limit is running."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class Status(IntEnum):
    """Trạng thái hồ sơ, by its national number."""

    REGISTERED = 1
    RECEIVED = 2
    REFUSED = 3
    PROCESSING = 4
    SUPPLEMENT_REQUESTED = 5
    PAYMENT_REQUESTED = 6
    WITHDRAWN = 7
    HALTED = 8
    FINISHED = 9
    RETURNED = 10

    @property
    def label(self) -> str:
        """The national label, verbatim."""
        return _FACTS[self].label

    @property
    def meaning(self) -> str:
        """What the status means, in a citizen's words."""
        return _FACTS[self].meaning

    @property
    def clock(self) -> ClockState:
        """Whether the time limit runs in this status."""
        return _FACTS[self].clock

    @property
    def is_terminal(self) -> bool:
        """Whether nothing can follow; after «Đã xử lý xong» the result is still to hand out."""
        return not self.next_statuses

    @property
    def next_statuses(self) -> frozenset[Status]:
        """The statuses that may follow this one."""
        return frozenset(Status(number) for number in _FACTS[self].next_numbers)

    def may_become(self, other: Status) -> bool:
        """Tell whether `other` may follow; to stay where one is, is no move and always allowed."""
        return other == self or other in self.next_statuses

    def may_lead_to(self, other: Status) -> bool:
        """Tell whether `other` may follow by moves of which some were not told to us."""
        reached, waiting = {self}, [self]
        while waiting:
            new = waiting.pop().next_statuses - reached
            reached |= new
            waiting += new
        return other in reached


@dataclass(frozen=True)
class _Facts:
    label: str
    meaning: str
    clock: ClockState
    next_numbers: tuple[int, ...] = ()


_FACTS = {
    Status.REGISTERED: _Facts(
        "Mới đăng ký",
        "Hồ sơ đã nộp trực tuyến xong nhưng chưa được tiếp nhận.",
        ClockState.NOT_STARTED,
        (2, 3, 7),
    ),
    Status.RECEIVED: _Facts(
        "Được tiếp nhận",
        "Bộ phận một cửa đã nhận hồ sơ và cấp giấy hẹn trả kết quả.",
        ClockState.RUNNING,
        (4, 5, 7, 8),
    ),
    Status.REFUSED: _Facts(
        "Không được tiếp nhận",
        "Bộ phận một cửa từ chối nhận hồ sơ và phải nêu lý do bằng phiếu.",
        ClockState.STOPPED,
    ),
    Status.PROCESSING: _Facts(
        "Đang xử lý",
        "Phòng chuyên môn đang giải quyết hồ sơ.",
        ClockState.RUNNING,
        (4, 5, 6, 7, 8, 9),
    ),
    Status.SUPPLEMENT_REQUESTED: _Facts(
        "Yêu cầu bổ sung giấy tờ",
        "Cơ quan đang chờ người nộp bổ sung giấy tờ; thời gian chờ không tính vào thời hạn.",
        ClockState.PAUSED,
        (4, 7, 8),
    ),
    Status.PAYMENT_REQUESTED: _Facts(
        "Yêu cầu thực hiện nghĩa vụ tài chính",
        "Cơ quan đang chờ người nộp đóng thuế, phí hoặc lệ phí.",
        ClockState.PAUSED,
        (4, 7, 8, 9),
    ),
    Status.WITHDRAWN: _Facts(
        "Công dân yêu cầu rút hồ sơ",
        "Hồ sơ đã được rút theo yêu cầu của người nộp.",
        ClockState.STOPPED,
    ),
    Status.HALTED: _Facts(
        "Dừng xử lý",
        "Cơ quan đã dừng giải quyết hồ sơ và phải thông báo cho người nộp.",
        ClockState.STOPPED,
    ),
    Status.FINISHED: _Facts(
        "Đã xử lý xong",
        "Đã có kết quả và đang chờ trả cho người nộp; kết quả chưa được trao.",
        ClockState.STOPPED,
        (10,),
    ),
    Status.RETURNED: _Facts(
        "Đã trả kết quả",
        "Kết quả đã được trao cho người nộp.",
        ClockState.STOPPED,
    ),
}


@dataclass(frozen=True)
class StatusReading:
    """Which statuses a phrase may mean; with several, or a warning, ask before believing it."""

    statuses: tuple[Status, ...]
    warning: str | None = None

    @property
    def status(self) -> Status | None:
        """The status, where the phrase means exactly one."""
        return self.statuses[0] if len(self.statuses) == 1 else None


_REFUSED_OR_HALTED = "Cụm từ này có nơi dùng cho «Không được tiếp nhận», có nơi cho «Dừng xử lý»."
_FINISHED_OR_RETURNED = (
    "Có cổng ghi «hoàn thành» khi mới xử lý xong mà chưa trả kết quả; nên hỏi lại nơi tiếp nhận."
)
_SYNONYMS: dict[str, StatusReading] = {
    "chờ tiếp nhận": StatusReading((Status.REGISTERED,)),
    "mới tiếp nhận": StatusReading((Status.RECEIVED,)),
    "đã tiếp nhận": StatusReading((Status.RECEIVED,)),
    "đang thụ lý": StatusReading((Status.PROCESSING,)),
    "đang thẩm định": StatusReading((Status.PROCESSING,)),
    "đang giải quyết": StatusReading((Status.PROCESSING,)),
    "trình duyệt": StatusReading((Status.PROCESSING,)),
    "chờ bổ sung": StatusReading((Status.SUPPLEMENT_REQUESTED,)),
    "yêu cầu bổ sung": StatusReading((Status.SUPPLEMENT_REQUESTED,)),
    "chờ nộp phí": StatusReading((Status.PAYMENT_REQUESTED,)),
    "chờ thuế": StatusReading((Status.PAYMENT_REQUESTED,)),
    "chờ nộp thuế": StatusReading((Status.PAYMENT_REQUESTED,)),
    "từ chối tiếp nhận": StatusReading((Status.REFUSED,)),
    "trả lại": StatusReading((Status.REFUSED, Status.HALTED), _REFUSED_OR_HALTED),
    "từ chối": StatusReading((Status.REFUSED, Status.HALTED), _REFUSED_OR_HALTED),
    "rút hồ sơ": StatusReading((Status.WITHDRAWN,)),
    "chờ trả kết quả": StatusReading((Status.FINISHED,)),
    "có kết quả": StatusReading((Status.FINISHED,)),
    "hoàn thành": StatusReading((Status.RETURNED,), _FINISHED_OR_RETURNED),
    "kết thúc": StatusReading((Status.RETURNED,), _FINISHED_OR_RETURNED),
}


def read_status(text: str) -> StatusReading | None:
    """Read a number, a national label or a local phrase («đang thụ lý»); None where it is unknown.

    Diacritics may be missing. Of several phrases in `text` the longest counts.
    """
    said = plain(text)
    if re.fullmatch(r"[0-9]{1,4}", said):
        number = int(said)
        return StatusReading((Status(number),)) if number in set(Status) else None
    phrases = {plain(status.label): StatusReading((status,)) for status in Status}
    phrases |= {plain(phrase): reading for phrase, reading in _SYNONYMS.items()}
    found = [phrase for phrase in phrases if re.search(rf"\b{re.escape(phrase)}\b", said)]
    if not found or re.search(r"\b(?:chua|khong)\b", re.sub("khong duoc tiep nhan", "", said)):
        return None
    return phrases[max(found, key=len)]
