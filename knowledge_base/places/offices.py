"""The receiving offices of communes, as a province gives them: a CSV or Excel table.

Nothing is known of an office that nobody imported, and nothing is made up for it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from zipfile import BadZipFile

import openpyxl

from knowledge_base.errors import ImportFileError
from knowledge_base.places.book import PlaceBook, Unit, unit_key
from knowledge_base.text import clean, fold

__all__ = ["OFFICES_FILE", "Office", "OfficeBook", "load_offices", "read_offices", "write_offices"]

OFFICES_FILE = Path("places", "offices.jsonl")
"""Where the imported offices lie in the data folder."""
_COLUMNS = {
    "unit": ("xa phuong", "ten xa", "xa", "phuong", "don vi", "don vi hanh chinh"),
    "province": ("tinh", "tinh thanh pho", "thanh pho", "tinh thanh"),
    "name": ("co quan", "ten co quan", "noi tiep nhan", "bo phan mot cua"),
    "address": ("dia chi",),
    "phone": ("dien thoai", "so dien thoai", "sdt"),
    "hours": ("gio lam viec", "thoi gian lam viec"),
    "source": ("nguon", "can cu"),
}
_REQUIRED = {"unit": "xã, phường", "province": "tỉnh", "name": "cơ quan", "address": "địa chỉ"}
_PHONE = re.compile(r"\+?[\d\s().-]{3,20}")
_SEARCHED_ROWS = 20


@dataclass(frozen=True)
class Office:
    """Where a commune receives dossiers; empty texts are not known."""

    unit: Unit
    name: str
    address: str
    phone: str = ""
    hours: str = ""
    source: str = ""


class OfficeBook:
    """Offices by commune."""

    def __init__(self, offices: Iterable[Office]) -> None:
        """Take the offices; a commune may have several."""
        self._offices: dict[tuple[str, str], list[Office]] = {}
        for office in offices:
            self._offices.setdefault(unit_key(office.unit), []).append(office)

    def of(self, unit: Unit) -> Sequence[Office]:
        """The offices of `unit`; none where nobody imported any."""
        return self._offices.get(unit_key(unit), ())


def load_offices(path: Path) -> list[Office]:
    """Read what `write_offices` wrote; none where there is no such file."""
    if not path.is_file():
        return []
    offices = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        offices.append(Office(**{**row, "unit": Unit(**row["unit"])}))
    return offices


def write_offices(path: Path, offices: Iterable[Office]) -> None:
    """Write offices, a line each, in place of what was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(asdict(office), ensure_ascii=False) + "\n" for office in offices]
    fresh = path.with_suffix(".new")
    fresh.write_text("".join(lines), "utf-8")
    fresh.replace(path)


def read_offices(path: Path, book: PlaceBook) -> list[Office]:
    """Read a table of offices, each of a commune that exists today.

    Raises:
        ImportFileError: no header row, a row without a required cell, an unknown commune, a wrong
            phone; every fault with its row.
    """
    known = {unit_key(unit): unit for unit in book.units}
    rows = _rows(path)
    header = next((n for n, row in enumerate(rows[:_SEARCHED_ROWS]) if _columns(row)), None)
    if header is None:
        names = ", ".join(_REQUIRED.values())
        raise ImportFileError(f"{path}: không có dòng tiêu đề với các cột {names}")
    columns = _columns(rows[header])
    offices, faults = [], []
    for number, cells in enumerate(rows[header + 1 :], start=header + 2):
        row = {name: cells[place] for name, place in columns.items() if place < len(cells)}
        if not any(row.values()):
            continue
        fault = _fault(row, known)
        if fault:
            faults.append(f"{path}: dòng {number}: {fault}")
            continue
        unit = known[unit_key(Unit(row.pop("unit"), row.pop("province")))]
        offices.append(Office(unit=unit, **row))
    if faults:
        raise ImportFileError("\n".join(faults))
    if not offices:
        raise ImportFileError(f"{path}: không có cơ quan nào")
    return offices


def _fault(row: dict[str, str], known: dict[tuple[str, str], Unit]) -> str | None:
    missing = [words for name, words in _REQUIRED.items() if not row.get(name)]
    if missing:
        return f"thiếu {', '.join(missing)}"
    if unit_key(Unit(row["unit"], row["province"])) not in known:
        return f"không có «{row['unit']}» ở «{row['province']}» từ ngày 01/07/2025"
    if row.get("phone") and not _PHONE.fullmatch(row["phone"]):
        return f"điện thoại «{row['phone']}»: cần một số, chỉ gồm chữ số, dấu cách, dấu chấm"
    return None


def _columns(row: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by the header; empty where a required one is missing."""
    titles = [re.sub(r"[^\w]+", " ", fold(cell).lower()).strip() for cell in row]
    found = {
        name: titles.index(title)
        for name, known in _COLUMNS.items()
        for title in reversed(known)
        if title in titles
    }
    return found if set(_REQUIRED) <= set(found) else {}


def _rows(path: Path) -> list[list[str]]:
    try:
        if path.suffix.lower() == ".xlsx":
            return list(_excel_rows(path))
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError, KeyError, BadZipFile) as error:
        raise ImportFileError(f"{path}: không đọc được (cần .xlsx hoặc .csv UTF-8)") from error
    # Excel writes semicolons where the comma divides whole numbers from parts.
    delimiter = max(",;", key=text.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    return [[clean(cell) for cell in row] for row in reader]


def _excel_rows(path: Path) -> Iterator[list[str]]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [clean(str(cell)) if cell is not None else "" for cell in row]
    finally:
        book.close()
