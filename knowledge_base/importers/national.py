"""Import the national export: one JSON object a line, 2,642 procedures in 2026.

The fields are those of the national database (Nghị định 63/2010/NĐ-CP, articles 8 and 15).
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from knowledge_base.errors import ImportFileError
from knowledge_base.importers.flattened import (
    NOTHING,
    read_channels,
    read_legal_basis,
    read_requirements,
    read_results,
)
from knowledge_base.importers.report import ImportReport
from knowledge_base.procedure import Level, Procedure, Source, SourceKind, Step

__all__ = ["is_national_export", "read_national_export"]

_LEVELS = {
    "Cấp xã": Level.COMMUNE,
    "Cấp tỉnh": Level.PROVINCE,
    "Cấp bộ": Level.MINISTRY,
    "Cơ quan khác": Level.OTHER,
}
_NAME_PREFIX = re.compile(r"^\W*thủ tục(?: hành chính)?\W+(?=\w)", re.I)
_STEP = re.compile(r"B(?:ước|ƯỚC)\s*(\d+)\s*[:.]")
_BULLETS = " \t\n*-+•–"


def is_national_export(path: Path) -> bool:
    """Tell whether a file to import is the national export rather than a list of names.

    Raises:
        ImportFileError: the file cannot be read.
    """
    if path.suffix == ".xlsx":
        return False
    first = next(_records(path), None)
    return first is None or "ma_thu_tuc" in first[1]


def read_national_export(
    path: Path, *, checked_on: date | None = None
) -> tuple[list[Procedure], ImportReport]:
    """Read an export (`.jsonl` or `.jsonl.gz`) into procedures, in the order of their codes.

    `checked_on` is the date on which the export was taken, where it is known.

    Raises:
        ImportFileError: the file is not JSON lines, or a line is not a record of the export.
    """
    report = ImportReport()
    procedures: dict[str, Procedure] = {}
    for number, record in _records(path):
        code = record.get("ma_thu_tuc", "")
        if not code or not record.get("ten_thu_tuc"):
            raise ImportFileError(
                f"{path}:{number}: cần ma_thu_tuc và ten_thu_tuc, có {sorted(record)[:6]}"
            )
        try:
            procedure = _procedure(record, report, checked_on)
        except ValidationError as error:
            first = error.errors()[0]
            report.skipped.append(f"{path.name}:{number} ({code}): {first['loc']} {first['msg']}")
            continue
        if code in procedures:
            report.skipped.append(f"{path.name}:{number}: mã {code} đứng hai lần, giữ bản sau")
        procedures[code] = procedure
        report.records += 1
    if not procedures:
        raise ImportFileError(f"{path}: không có thủ tục nào")
    return [procedures[code] for code in sorted(procedures)], report


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    number = 0
    try:
        with opener(path, "rt", encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                if not line.strip():
                    continue
                record = json.loads(line)
                if not isinstance(record, dict):
                    raise ImportFileError(f"{path}:{number}: cần một đối tượng JSON mỗi dòng")
                yield number, _mended({key: _nfc(value) for key, value in record.items()})
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise ImportFileError(f"{path}: không đọc được ({error})") from error
    except json.JSONDecodeError as error:
        raise ImportFileError(f"{path}:{number}: không phải JSON ({error})") from error


def _mended(record: dict[str, str]) -> dict[str, str]:
    """Put a fee together that the export cut in two at the words «Căn cứ pháp lý» within it."""
    ways, basis = record.get("cach_thuc_thuc_hien", ""), record.get("can_cu_phap_ly", "")
    if not (ways.endswith("(") and basis.startswith(":")):
        return record
    return {**record, "cach_thuc_thuc_hien": f"{ways}Căn cứ pháp lý{basis}", "can_cu_phap_ly": ""}


def _nfc(value: Any) -> str:
    text = unicodedata.normalize("NFC", str(value)) if value is not None else ""
    return "" if text.strip() == NOTHING else text.strip()


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _procedure(record: dict[str, str], report: ImportReport, checked_on: date | None) -> Procedure:
    code = record["ma_thu_tuc"]
    raw: dict[str, str] = {}

    def part(name: str, key: str, reader: Any) -> Any:
        text = record.get(key, "")
        if not text:
            return []
        items, rest = reader(text)
        report.add(name, code, items=len(items), rest=rest)
        if rest:
            raw[key] = rest
        return items

    official = _one_line(record["ten_thu_tuc"])
    steps, raw_steps = _steps(record.get("trinh_tu_thuc_hien", ""))
    if raw_steps:
        raw["trinh_tu_thuc_hien"] = raw_steps
    for key in ("co_quan_phoi_hop", "co_quan_duoc_uy_quyen", "thu_tuc_lien_quan"):
        if record.get(key):
            raw[key] = record[key]
    levels = [
        _LEVELS[name] for name in _split_list(record.get("cap_thuc_hien", "")) if name in _LEVELS
    ]
    return Procedure(
        code=code,
        name=_readable_name(official),
        official_name=official,
        field=_one_line(record.get("linh_vuc", "")) or "Chưa rõ lĩnh vực",
        levels=levels,
        level_text=record.get("cap_thuc_hien") or None,
        audience=_audience(record.get("doi_tuong_thuc_hien", "")),
        conditions=[record["yeu_cau_dieu_kien"]] if record.get("yeu_cau_dieu_kien") else [],
        requirements=part("thanh_phan_ho_so", "thanh_phan_ho_so", read_requirements),
        steps=steps,
        agencies=list(
            dict.fromkeys(
                _one_line(record[key])
                for key in ("co_quan_thuc_hien", "co_quan_co_tham_quyen", "dia_chi_tiep_nhan")
                if record.get(key)
            )
        ),
        channels=part("cach_thuc_thuc_hien", "cach_thuc_thuc_hien", read_channels),
        online_url=_https(record.get("detail_url")),
        results=part("ket_qua_xu_ly", "ket_qua_xu_ly", read_results),
        legal_basis=part("can_cu_phap_ly", "can_cu_phap_ly", read_legal_basis),
        sources=[
            Source(
                kind=SourceKind.NATIONAL,
                decision=_one_line(record.get("so_quyet_dinh", "")) or None,
                url=_https(record.get("detail_url")),
                checked_on=checked_on,
            )
        ],
        raw=raw,
    )


def _https(url: str | None) -> str | None:
    return url if url and url.startswith("https://") else None


def _readable_name(official: str) -> str:
    """The name without «Thủ tục» in front, its first letter a capital."""
    name = _NAME_PREFIX.sub("", official).strip()
    return name[:1].upper() + name[1:]


def _split_list(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]


def _audience(text: str) -> list[str]:
    """Split at commas outside brackets: «Tổ chức (không bao gồm doanh nghiệp, HTX)» is one."""
    return [part.strip() for part in re.split(r",\s*(?![^()]*\))", text) if part.strip()]


def _steps(text: str) -> tuple[list[Step], str]:
    """Return the steps where the text is «Bước 1: … Bước 2: …» throughout, else the text itself."""
    marks = list(_STEP.finditer(text))
    numbers = [int(mark[1]) for mark in marks]
    if len(marks) < 2 or numbers != list(range(1, len(marks) + 1)):
        return [], text
    starts = [mark.start() for mark in marks]
    if text[: starts[0]].strip(_BULLETS):
        return [], text
    pieces = [text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    return [Step(text=piece.rstrip(_BULLETS)) for piece in pieces], ""
