"""Make a dossier of one row of a table; headers may be Vietnamese or English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from dossiers.errors import FieldFault
from dossiers.importers.values import (
    read_channel,
    read_code,
    read_moment,
    read_quantity,
    read_status_value,
    read_text,
    read_unit,
)
from dossiers.plain_text import plain
from dossiers.record import DossierRecord
from dossiers.status import Status

__all__ = ["HEADERS_FILE", "Accepted", "Headers", "load_headers", "record_from_row"]

HEADERS_FILE = Path(__file__).parent / "headers.yml"
_MOMENTS = ("status_at", "received_at", "due_at", "finished_at", "returned_at")
_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_MOMENTS, read_moment),
    "channel": read_channel,
    "due_quantity": read_quantity,
    "due_unit": read_unit,
}
_SECRETS = ("pin", "phone")


@dataclass(frozen=True)
class Accepted:
    """A dossier that was read, with the secrets that are yet to be hashed and what to warn of."""

    record: DossierRecord
    pin: str | None = None
    phone: str | None = None
    warnings: tuple[FieldFault, ...] = ()


class Headers:
    """Which column holds which field, and which columns are personal."""

    def __init__(self, fields: Mapping[str, Iterable[str]], personal: Iterable[str]) -> None:
        self._fields = {_key(name): field for field, names in fields.items() for name in names}
        self._personal = {_key(name) for name in personal}
        self._keys: dict[str, str] = {}

    def field(self, header: str) -> str | None:
        """Return the field of a header, or None."""
        return self._fields.get(self._key_of(header))

    def is_personal(self, header: str) -> bool:
        """Tell whether a column must not be kept."""
        return self._key_of(header) in self._personal

    def _key_of(self, header: str) -> str:
        """Return the key of a header; a file repeats its few headers in every row."""
        if header not in self._keys:
            self._keys[header] = _key(header)
        return self._keys[header]


def load_headers(path: Path = HEADERS_FILE) -> Headers:
    """Read the names of columns."""
    data = yaml.safe_load(path.read_text("utf-8"))
    return Headers(data["fields"], data["personal"])


def record_from_row(
    values: Mapping[str, Any], headers: Headers, *, source: str, as_of: datetime
) -> Accepted:
    """Make a dossier of the values of one row.

    Args:
        values: by the headers of the file.
        headers: what the headers mean.
        source: the name of the system the file comes from.
        as_of: when that system wrote the file.

    Raises:
        FieldFault: a value is not what its field expects; nothing of the row is taken.
    """
    if values.get(""):
        raise FieldFault("dòng", f"{values['']}")
    by_field = {field: name for name in values if (field := headers.field(name))}
    read: dict[str, Any] = {}
    for field, name in by_field.items():
        if field not in ("code", "status", *_SECRETS):
            read[field] = _read(name, _READERS.get(field, read_text), values[name])
    code_name = by_field.get("code", "Mã hồ sơ")
    status_name = by_field.get("status", "Trạng thái")
    code = _read(code_name, read_code, values.get(code_name))
    reading = _read(status_name, read_status_value, values.get(status_name))
    warnings = []
    if not code.exact:
        warnings.append(FieldFault(code_name, f"đã hiểu là {code.code}"))
    if reading.warning:
        warnings.append(FieldFault(status_name, reading.warning))
    status = reading.status
    record = DossierRecord(
        **read
        | {
            "code": code.code,
            "code_raw": None if code.exact else read_text(values[code_name]),
            "status": status,
            "status_at": read.get("status_at") or status_moment(status, read, as_of),
            "source_system": source,
            "synced_at": as_of,
        }
    )
    pin, phone = (read_text(values.get(by_field.get(name, ""))) for name in _SECRETS)
    return Accepted(record, pin, phone, tuple(warnings))


def status_moment(status: Status, moments: Mapping[str, Any], as_of: datetime) -> datetime:
    """Return since when a status stands, where the source does not say: the nearest moment told."""
    told = {
        Status.RECEIVED: moments.get("received_at"),
        Status.FINISHED: moments.get("finished_at"),
        Status.RETURNED: moments.get("returned_at") or moments.get("finished_at"),
    }.get(status)
    found: datetime = told or as_of
    return found


def _read(name: str, reader: Callable[[Any], Any], value: Any) -> Any:
    try:
        return reader(value)
    except ValueError as error:
        raise FieldFault(name, str(error)) from error


def _key(header: str) -> str:
    return re.sub(r"[\W_]", "", plain(header))
