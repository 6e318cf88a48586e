"""Read CSV, XLSX and JSON files into rows, each with its place in the file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from dossiers.errors import ImportRefusedError

__all__ = ["Row", "read_rows"]

_SEPARATORS = ",;\t"


@dataclass(frozen=True)
class Row:
    """One row or item: its place, and its values by the headers of the file."""

    place: str
    values: dict[str, Any]


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file, by its ending: .csv, .xlsx or .json.

    Raises:
        ImportRefusedError: the file as a whole cannot be read.
    """
    readers = {".csv": _csv_rows, ".xlsx": _xlsx_rows, ".json": _json_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise ImportRefusedError(f"{path.name}: chỉ đọc được tệp .csv, .xlsx hoặc .json")
    if not path.is_file():
        raise ImportRefusedError(f"{path.name}: không có tệp này")
    return reader(path)


def _csv_rows(path: Path) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            first = stream.readline()
            stream.seek(0)
            separator = max(_SEPARATORS, key=first.count)
            reader = csv.reader(stream, delimiter=separator, strict=True)
            headers = _headers(path, next(reader, []))
            for values in reader:
                row: dict[str, Any] = dict(zip(headers, values, strict=False))
                if any(value.strip() for value in values[len(headers) :]):
                    row[""] = f"có {len(values)} ô, dòng tiêu đề chỉ có {len(headers)} cột"
                if any(value.strip() for value in values):
                    yield Row(f"dòng {reader.line_num}", row)
    except UnicodeDecodeError as error:
        raise ImportRefusedError(f"{path.name}: tệp phải lưu bằng UTF-8") from error
    except csv.Error as error:
        raise ImportRefusedError(f"{path.name}: không phải CSV hợp lệ ({error})") from error


def _xlsx_rows(path: Path) -> Iterator[Row]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, OSError, ValueError) as error:
        raise ImportRefusedError(f"{path.name}: không phải tệp Excel .xlsx") from error
    try:
        sheet = book.worksheets[0]
        lines = sheet.iter_rows(values_only=True)
        headers = _headers(path, [str(cell or "") for cell in next(lines, ())])
        for number, values in enumerate(lines, start=2):
            if any(value is not None and str(value).strip() for value in values):
                yield Row(f"dòng {number}", dict(zip(headers, values, strict=False)))
    finally:
        book.close()


def _json_rows(path: Path) -> Iterator[Row]:
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ImportRefusedError(f"{path.name}: tệp phải lưu bằng UTF-8") from error
    except json.JSONDecodeError as error:
        raise ImportRefusedError(
            f"{path.name}, dòng {error.lineno}: không phải JSON hợp lệ"
        ) from error
    items = data.get("data") if isinstance(data, dict) else data
    if not isinstance(items, list):
        raise ImportRefusedError(f"{path.name}: cần một danh sách, hoặc «data» là một danh sách")
    for number, item in enumerate(items, start=1):
        values = item if isinstance(item, dict) else {"": "cần một nhóm «tên: giá trị»"}
        yield Row(f"mục {number}", values)


def _headers(path: Path, cells: list[str]) -> list[str]:
    headers = [cell.strip() for cell in cells]
    if not any(headers):
        raise ImportRefusedError(f"{path.name}, dòng 1: thiếu dòng tiêu đề")
    named = [header for header in headers if header]
    if len(set(named)) != len(named):
        twice = next(header for header in named if named.count(header) > 1)
        raise ImportRefusedError(f"{path.name}, dòng 1: cột «{twice}» có hai lần")
    return headers
