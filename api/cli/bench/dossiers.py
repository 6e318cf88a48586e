"""`motcua bench dossiers`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

__all__ = ["dossiers"]


def dossiers(
    number: Annotated[int, typer.Option(min=100, help="Số hồ sơ.")] = 100_000,
    look_ups: Annotated[int, typer.Option(min=100, help="Số lần tra cứu.")] = 1000,
) -> None:
    """Đo thời gian nhập và tra cứu hồ sơ trong một cơ sở dữ liệu tạm (SQLite)."""
    from api.benchmarks.dossiers import measure_dossiers

    speed = measure_dossiers(number, look_ups=look_ups)
    typer.echo(
        f"Nhập {speed.dossiers} hồ sơ: {speed.first_import:.1f} giây, "
        f"CPU {speed.first_import_cpu:.1f} giây (mức cần đạt: 60)"
    )
    typer.echo(f"Nhập lại không đổi: {speed.second_import:.1f} giây")
    typer.echo(
        f"Tìm theo mã: p50 {speed.find_p50:.2f} ms, p99 {speed.find_p99:.2f} ms, "
        f"CPU {speed.find_cpu:.2f} ms (mức cần đạt: 5)"
    )
    typer.echo(
        f"Tra cứu có mã PIN, đủ giới hạn lần thử: p50 {speed.proved_p50:.2f} ms, "
        f"p99 {speed.proved_p99:.2f} ms, CPU {speed.proved_cpu:.2f} ms"
    )
    typer.echo(f"Tải máy một phút qua: {os.getloadavg()[0]:.1f}, số lõi: {os.cpu_count()}.")
