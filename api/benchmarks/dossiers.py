"""How fast dossiers are imported and looked up, in a database of the measurement's own."""

from __future__ import annotations

import csv
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from dossiers.clock import system_clock
from dossiers.codes import parse_code
from dossiers.desk import DossierDesk, build_desk
from dossiers.disclosure import Outcome

__all__ = ["DossierSpeed", "measure_dossiers"]

_HEADERS = (
    "Mã hồ sơ",
    "Trạng thái",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Mã thủ tục",
    "Tên thủ tục",
    "Lĩnh vực",
    "Đơn vị xử lý",
    "Kênh thực hiện",
    "Mã PIN",
)


@dataclass(frozen=True)
class DossierSpeed:
    """Seconds of the imports, and milliseconds of a look-up: in the registry, and as a citizen.

    `…_cpu` is the processor's time of the same, which a busy machine does not lengthen.
    """

    dossiers: int
    first_import: float
    first_import_cpu: float
    second_import: float
    find_cpu: float
    proved_cpu: float
    find_p50: float
    find_p99: float
    proved_p50: float
    proved_p99: float


def measure_dossiers(number: int = 100_000, *, look_ups: int = 1000, seed: int = 1) -> DossierSpeed:
    """Import a table of `number` invented dossiers twice, then look some of them up."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as name:
        folder = Path(name)
        file = folder / "dossiers.csv"
        _write(file, number)
        desk = build_desk(f"sqlite:///{folder / 'motcua.db'}", folder / "key", system_clock)
        (first, first_cpu), (second, _) = (_import(desk, file) for _ in range(2))
        chosen = random.Random(seed).choices(range(number), k=look_ups)
        find, find_cpu = _milliseconds(lambda row: _found(desk, row), chosen)
        proved, proved_cpu = _milliseconds(lambda row: _proved(desk, row), chosen)
    return DossierSpeed(
        dossiers=number,
        first_import=first,
        first_import_cpu=first_cpu,
        second_import=second,
        find_cpu=find_cpu,
        proved_cpu=proved_cpu,
        find_p50=statistics.median(find),
        find_p99=statistics.quantiles(find, n=100)[98],
        proved_p50=statistics.median(proved),
        proved_p99=statistics.quantiles(proved, n=100)[98],
    )


def _code(row: int) -> str:
    return f"H05.{row // 10_000:02}-261102-{row % 10_000:04}"


def _pin(row: int) -> str:
    return f"{row * 7919 % 1_000_000:06}"


def _write(file: Path, number: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADERS)
        for row in range(number):
            writer.writerow(
                (
                    _code(row),
                    4 if row % 3 else 10,
                    "02/11/2026 08:00",
                    "27/11/2026",
                    "1.004873",
                    "Cấp Giấy xác nhận tình trạng hôn nhân",
                    "Hộ tịch",
                    f"Ủy ban nhân dân phường số {row % 99}",
                    row % 3 + 1,
                    _pin(row),
                )
            )


def _import(desk: DossierDesk, file: Path) -> tuple[float, float]:
    started, worked = time.perf_counter(), time.process_time()
    as_of = system_clock() - timedelta(hours=1)
    report = desk.importer.import_file(file, source="Đo tốc độ", as_of=as_of)
    if report.refused:
        raise RuntimeError(f"{report.refused} rows of our own table were refused")
    return time.perf_counter() - started, time.process_time() - worked


def _found(desk: DossierDesk, row: int) -> bool:
    return desk.registry.get(_code(row)) is not None


def _proved(desk: DossierDesk, row: int) -> bool:
    code = parse_code(_code(row))
    if code is None:
        return False
    found, _ = desk.look_up(code, f"client {row}", _pin(row))
    return found.outcome is Outcome.SHOWN


def _milliseconds(look_up: Callable[[int], bool], rows: list[int]) -> tuple[list[float], float]:
    """Milliseconds of each, and the processor's milliseconds of one on average."""
    taken, worked = [], time.process_time()
    for row in rows:
        started = time.perf_counter()
        if not look_up(row):
            raise RuntimeError(f"dossier {row} was not found")
        taken.append((time.perf_counter() - started) * 1000)
    return taken, (time.process_time() - worked) * 1000 / len(rows)
