"""Official lists of procedures: Excel lists of ministries and provinces, and lists read out.

A list gives names, not details. A known code gains a province mark; an unknown one becomes a bare
record that says so.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from knowledge_base.errors import ImportFileError
from knowledge_base.importers.report import ImportReport
from knowledge_base.procedure import Detail, Level, Procedure, Source, SourceKind
from knowledge_base.text import fold

__all__ = ["national_code", "read_list"]

_COLUMNS = {
    "code": ("ma so", "ma tthc", "ma thu tuc", "ma"),
    "name": ("ten thu tuc", "ten tthc", "ten"),
    "field": ("linh vuc",),
    "agency": ("co quan thuc hien", "co quan giai quyet"),
    "decision": ("quyet dinh",),
}
_LOCAL_SUFFIX = re.compile(r"^([1-9]\.\d{6})(?:\..*)?$")
_LEVEL_WORDS = (
    (re.compile(r"(?<!thị )(?<!tác )\bxã\b(?! hội)"), Level.COMMUNE),
    (re.compile(r"\btỉnh\b"), Level.PROVINCE),
    (re.compile(r"\bsở\b"), Level.PROVINCE),
    (re.compile(r"\bbộ\b(?! phận)"), Level.MINISTRY),
)


def national_code(code: str) -> str:
    """Return the national part of a code: `1.012275.000.00.00.H36` is `1.012275`."""
    compact = re.sub(r"\s+", "", code)
    match = _LOCAL_SUFFIX.match(compact)
    return match[1] if match else compact


def read_list(path: Path, *, province: str | None = None) -> tuple[list[Procedure], ImportReport]:
    """Read an `.xlsx` or `.jsonl` list into bare procedures, marked with `province`.

    Raises:
        ImportFileError: the file has no header row or line with a code and a name.
    """
    rows = _excel_rows(path) if path.suffix == ".xlsx" else _json_rows(path)
    report = ImportReport()
    procedures: dict[str, Procedure] = {}
    for place, row in rows:
        code, name = national_code(row.get("code", "")), row.get("name", "")
        if not re.match(r"^[A-Z0-9][\w.\-]{2,40}$", code) or not name:
            report.skipped.append(f"{place}: không có mã hoặc tên ({code!r}, {name[:60]!r})")
            continue
        report.records += 1
        procedures.setdefault(code, _bare(code, name, row, path, province))
    if not procedures:
        raise ImportFileError(f"{path}: không tìm thấy dòng nào có mã và tên thủ tục")
    return [procedures[code] for code in sorted(procedures)], report


def _bare(code: str, name: str, row: dict[str, str], path: Path, province: str | None) -> Procedure:
    agency = row.get("agency") or None
    named = (agency or "").lower()
    level = next((found for word, found in _LEVEL_WORDS if word.search(named)), None)
    return Procedure(
        code=code,
        name=name,
        official_name=name,
        field=row.get("field") or "Chưa rõ lĩnh vực",
        levels=[level] if level else [],
        agencies=[agency] if agency else [],
        provinces=[province] if province else [],
        detail=Detail.BARE,
        sources=[
            Source(
                kind=SourceKind.LIST,
                decision=row.get("decision") or None,
                note=f"Danh sách {province or path.name}",
            )
        ],
    )


def _text(value: Any) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", str(value or ""))).strip()


def _excel_rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises many kinds for a broken file
        raise ImportFileError(f"{path}: không phải tệp Excel đọc được ({error})") from error
    try:
        for sheet in book.worksheets:
            columns: dict[str, int] = {}
            for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                values = [_text(cell) for cell in cells]
                if not columns:
                    columns = _header(values)
                    continue
                row = {key: values[i] for key, i in columns.items() if i < len(values)}
                if any(row.values()):
                    yield f"{path.name}/{sheet.title}:{number}", row
    finally:
        book.close()


def _header(values: Sequence[str]) -> dict[str, int]:
    """Return the columns by meaning if this row is the header, else nothing."""
    folded = [fold(value.lower()) for value in values]
    columns: dict[str, int] = {}
    for key, names in _COLUMNS.items():
        for position, value in enumerate(folded):
            if any(value == name or (len(name) > 3 and value.startswith(name)) for name in names):
                columns.setdefault(key, position)
    return columns if {"code", "name"} <= columns.keys() else {}


def _json_rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        lines = path.read_text("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise ImportFileError(f"{path}: không đọc được ({error})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise ImportFileError(f"{path}:{number}: không phải JSON ({error.msg})") from error
        if not isinstance(row, dict):
            raise ImportFileError(f"{path}:{number}: cần một đối tượng JSON mỗi dòng")
        row.setdefault("agency", row.get("org", ""))
        yield f"{path.name}:{number}", {key: _text(value) for key, value in row.items()}
