"""Addresses from before 01/07/2025 (three levels) brought to the two levels of today.

The table is the one of underthesea's address module (`underthesea/address/data/mapping.json`);
read here and not through `convert_address`, because that silently takes one of several where a
commune was divided, and another district's commune where the district is unknown. Provinces that
became cities since are named as the register of place names says. What comes out is a proposal
for the person to confirm, never written by itself.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.text import fold, normalise

__all__ = ["new_addresses"]

_TABLE = Path("address", "data", "mapping.json")
_PLACE_NAMES = Path(__file__).parent.parent / "audit" / "data" / "place_names.yml"
_COMMUNE = r"xa|phuong|thi tran|tt|x|p"
_DISTRICT = r"huyen|quan|thi xa|thanh pho|tx|tp|h|q"
_PROVINCE = r"tinh|thanh pho|tp|t"
_UNITS = {
    "x": "xa", "p": "phuong", "tt": "thi tran", "h": "huyen", "q": "quan", "tx": "thi xa",
    "tp": "thanh pho", "t": "tinh",
}  # fmt: skip


@dataclass(frozen=True)
class _Unit:
    """A unit by its kind («xa»; empty where none was written) and its name, both folded."""

    kind: str
    name: str


def new_addresses(text: str, today: date) -> list[str]:
    """The address of today for «…, xã, huyện, tỉnh»; several where the commune was divided.

    What stands before the commune is kept as typed. Empty where the table knows no such place.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 3:
        return []
    commune = _read(parts[-3], _COMMUNE)
    district = _read(parts[-2], _DISTRICT)
    province = _read(parts[-1], _PROVINCE)
    records = _table().get((province.name, district.name, commune.name), [])
    records = [
        record
        for record in records
        if _fits(commune, record["old_ward"], _COMMUNE)
        and _fits(district, record["old_district"], _DISTRICT)
    ]
    if len({record["old_ward_key"] + record["old_district_key"] for record in records}) != 1:
        return []
    records.sort(key=lambda record: not record.get("is_default", True))
    lead = ", ".join(parts[:-3])
    found = (
        ", ".join(
            part
            for part in (
                lead,
                _lower_first(record["new_ward"]),
                _province_now(record["new_province"], today),
            )
            if part
        )
        for record in records
    )
    return list(dict.fromkeys(found))


def _read(text: str, kinds: str) -> _Unit:
    plain = re.sub(r"[^a-z0-9. ]", "", fold(normalise(text))).strip()
    match = re.fullmatch(rf"(?:(?P<kind>{kinds})(?:\.\s*|\s+))?(?P<name>.+)", plain)
    if not match:
        return _Unit("", "")
    kind = match["kind"] or ""
    return _Unit(_UNITS.get(kind, kind), re.sub(r"[^a-z0-9]", "", match["name"]))


def _fits(unit: _Unit, official: str, kinds: str) -> bool:
    return not unit.kind or unit.kind == _read(official, kinds).kind


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


@cache
def _table() -> Mapping[tuple[str, str, str], list[dict[str, Any]]]:
    """The records of the table by province, district and commune, without their kinds."""
    found = importlib.util.find_spec("underthesea")
    if found is None or found.origin is None:
        return {}
    path = Path(found.origin).parent / _TABLE
    if not path.is_file():
        return {}
    table: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for record in json.loads(path.read_text("utf-8"))["ward_mapping"]:
        key = (
            _read(record["old_province"], _PROVINCE).name,
            _read(record["old_district"], _DISTRICT).name,
            _read(record["old_ward"], _COMMUNE).name,
        )
        table.setdefault(key, []).append(record)
    return table


def _province_now(name: str, today: date) -> str:
    """The province as it is called today: some became cities after the table was made."""
    bare = re.sub(r"^(?:Tỉnh|Thành phố)\s+", "", name)
    for place in _renamed():
        if place.get("kept") and place["name"] == bare and place["since"] <= today:
            return str(place["now"])
    return _lower_first(name)


@cache
def _renamed() -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = yaml.safe_load(_PLACE_NAMES.read_text("utf-8"))["places"]
    return places
