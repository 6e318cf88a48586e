"""Read the single values of a row: moments, codes, statuses, channels, units, texts."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any, TypeVar

from dossiers.clock import in_vietnam
from dossiers.codes import DossierCode, parse_code
from dossiers.masking import mask_personal
from dossiers.plain_text import plain
from dossiers.record import FilingChannel, TimeUnit
from dossiers.status import StatusReading, read_status

__all__ = [
    "read_channel",
    "read_code",
    "read_moment",
    "read_quantity",
    "read_status_value",
    "read_text",
    "read_unit",
]

KindT = TypeVar("KindT")
_FORMS = (
    (re.compile(r"\d{14}"), "%Y%m%d%H%M%S"),
    (re.compile(r"\d{8}"), "%Y%m%d"),
    (re.compile(r"\d{4}-\d\d?-\d\d? \d\d?:\d\d:\d\d"), "%Y-%m-%d %H:%M:%S"),
    (re.compile(r"\d{4}-\d\d?-\d\d? \d\d?:\d\d"), "%Y-%m-%d %H:%M"),
    (re.compile(r"\d{4}-\d\d?-\d\d?"), "%Y-%m-%d"),
    (re.compile(r"\d\d?/\d\d?/\d{4} \d\d?:\d\d:\d\d"), "%d/%m/%Y %H:%M:%S"),
    (re.compile(r"\d\d?/\d\d?/\d{4} \d\d?:\d\d"), "%d/%m/%Y %H:%M"),
    (re.compile(r"\d\d?/\d\d?/\d{4}"), "%d/%m/%Y"),
)
_ZONED = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+\-]\d\d:?\d\d)?")
_CHANNELS = {
    "1": FilingChannel.COUNTER,
    "truc tiep": FilingChannel.COUNTER,
    "nop truc tiep": FilingChannel.COUNTER,
    "counter": FilingChannel.COUNTER,
    "2": FilingChannel.ONLINE,
    "truc tuyen": FilingChannel.ONLINE,
    "nop truc tuyen": FilingChannel.ONLINE,
    "online": FilingChannel.ONLINE,
    "3": FilingChannel.POST,
    "buu chinh": FilingChannel.POST,
    "buu chinh cong ich": FilingChannel.POST,
    "nop qua buu chinh cong ich": FilingChannel.POST,
    "post": FilingChannel.POST,
}
_UNITS = {
    "ngay lam viec": TimeUnit.WORKING_DAY,
    "working day": TimeUnit.WORKING_DAY,
    "working_day": TimeUnit.WORKING_DAY,
    "ngay": TimeUnit.DAY,
    "day": TimeUnit.DAY,
    "gio": TimeUnit.HOUR,
    "gio lam viec": TimeUnit.HOUR,
    "hour": TimeUnit.HOUR,
    "thang": TimeUnit.MONTH,
    "month": TimeUnit.MONTH,
}


def read_text(value: Any) -> str | None:
    """Return a text in NFC; None where there is none."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a spreadsheet keeps «15» as 15.0
    return unicodedata.normalize("NFC", str(value)).strip() or None


def read_moment(value: Any) -> datetime | None:
    """Read one of the forms in which national systems write moments, as Vietnamese time.

    Raises:
        ValueError: it is none of them.
    """
    if isinstance(value, datetime):
        return in_vietnam(value)
    if isinstance(value, date):
        return in_vietnam(datetime.combine(value, time()))
    text = read_text(value)
    if text is None:
        return None
    form = next((form for pattern, form in _FORMS if pattern.fullmatch(text)), None)
    try:
        if form is not None:
            return in_vietnam(datetime.strptime(text, form))
        if not _ZONED.fullmatch(text):
            raise ValueError("none of the forms")
        return in_vietnam(datetime.fromisoformat(text))
    except ValueError as error:
        raise ValueError(
            "cần ngày giờ dạng 20261123083000, 2026-11-23 08:30:00 hoặc 23/11/2026 08:30; "
            f"đang là «{_shown(text)}»"
        ) from error


def read_code(value: Any) -> DossierCode:
    """Read a dossier code.

    Raises:
        ValueError: it is none.
    """
    text = read_text(value)
    if text is None:
        raise ValueError("thiếu mã hồ sơ")
    code = parse_code(text)
    if code is None:
        raise ValueError(f"cần mã hồ sơ dạng H05.12-261123-0007; đang là «{_shown(text)}»")
    return code


def read_status_value(value: Any) -> StatusReading:
    """Read a status by number, label or a local phrase that means one status.

    Raises:
        ValueError: it is unknown, or may mean several.
    """
    text = read_text(value)
    if text is None:
        raise ValueError("thiếu trạng thái hồ sơ (số 1 đến 10)")
    reading = read_status(text)
    if reading is None:
        raise ValueError(f"cần trạng thái 1 đến 10 hoặc tên trạng thái; đang là «{_shown(text)}»")
    if reading.status is None:
        meant = " hoặc ".join(f"{int(s)} ({s.label})" for s in reading.statuses)
        raise ValueError(f"«{_shown(text)}» có thể là {meant}; hãy ghi số")
    return reading


def read_channel(value: Any) -> FilingChannel | None:
    """Read a way of filing.

    Raises:
        ValueError: it is unknown.
    """
    return _listed(value, _CHANNELS, "cần 1 (trực tiếp), 2 (trực tuyến) hoặc 3 (bưu chính)")


def read_unit(value: Any) -> TimeUnit | None:
    """Read the unit of a time limit.

    Raises:
        ValueError: it is unknown.
    """
    return _listed(value, _UNITS, "cần «ngày làm việc», «ngày», «giờ» hoặc «tháng»")


def read_quantity(value: Any) -> float | None:
    """Read a positive number; a comma may stand for the point.

    Raises:
        ValueError: it is none.
    """
    text = read_text(value)
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,6}([.,]\d{1,3})?", text) or not float(text.replace(",", ".")):
        raise ValueError(f"cần một số lớn hơn 0; đang là «{_shown(text)}»")
    return float(text.replace(",", "."))


def _listed(value: Any, known: dict[str, KindT], expected: str) -> KindT | None:
    text = read_text(value)
    if text is None:
        return None
    if plain(text) not in known:
        raise ValueError(f"{expected}; đang là «{_shown(text)}»")
    return known[plain(text)]


def _shown(text: str) -> str:
    """Return enough of a wrong value to find it, without the numbers of a person."""
    return mask_personal(text)[:40]
