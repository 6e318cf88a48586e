"""`motcua bench zalo`."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

__all__ = ["zalo"]


def zalo(
    per_second: Annotated[int, typer.Option(help="Số lượt gọi webhook mỗi giây.", min=1)] = 50,
    seconds: Annotated[int, typer.Option(help="Gọi trong bao nhiêu giây.", min=1)] = 60,
    people: Annotated[int, typer.Option(help="Từ bao nhiêu người.", min=1)] = 300,
    bot_seconds: Annotated[float, typer.Option(help="Bot trả lời sau bao nhiêu giây.")] = 2.0,
) -> None:
    """Gọi webhook Zalo dồn dập khi bot chậm; đo thời gian trả lời Zalo và thứ tự tin."""
    from api.benchmarks.zalo import Load, measure_zalo

    report = asyncio.run(measure_zalo(Load(per_second, seconds, people, bot_seconds)))
    typer.echo(
        f"Lượt gọi: {report.calls}, không được 200: {report.refused}\n"
        f"Trả lời Zalo sau: giữa {report.p50 * 1000:.0f} ms, p99 {report.p99 * 1000:.0f} ms, "
        f"chậm nhất {report.slowest * 1000:.0f} ms\n"
        f"Câu được trả lời: {report.answered}, trả lời hai lần: {report.answered_twice}, "
        f"người nhận sai thứ tự: {report.people_out_of_order}\n"
        f"Câu cuối được trả lời sau lượt gọi cuối: {report.last_answer_after:.1f} giây\n"
        f"CPU của ứng dụng: {report.cpu:.1f} giây"
    )
    good = not report.refused and report.answered == report.calls and report.p99 < 1.0
    raise typer.Exit(
        0 if good and not report.answered_twice and not report.people_out_of_order else 1
    )
