"""`motcua bench dialogue`."""

from __future__ import annotations

import asyncio
import json
import os
from typing import Annotated

import httpx
import typer

from api.benchmarks.dialogue import (
    Measured,
    StreamPlan,
    make_dialogues,
    measure_one_user,
    measure_stream,
)
from api.errors import NotRunningError
from api.settings import load_settings
from knowledge_base.questions import load_questions

__all__ = ["dialogue"]

_ONE_USER_P95_MS = 300.0
_STREAM_P95_MS = 1500.0
_DIALOGUE_LENGTH = 10


def dialogue(
    messages: Annotated[int, typer.Option(min=1, help="Số câu của một người hỏi.")] = 100,
    rate: Annotated[float, typer.Option(min=0.1, help="Số câu mỗi giây của nhiều người.")] = 25.0,
    seconds: Annotated[float, typer.Option(min=1, help="Hỏi dồn trong bao lâu.")] = 30.0,
    seed: Annotated[int, typer.Option(help="Số gieo để chọn câu hỏi.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="In số liệu dạng JSON.")] = False,
) -> None:
    """Đo một người hỏi, rồi nhiều người hỏi cùng lúc; có câu lỗi thì kết thúc với mã 1."""
    plan = StreamPlan(rate, seconds)
    address = f"http://127.0.0.1:{load_settings(os.environ).port}"
    one, many = asyncio.run(_measure(address, messages, plan, seed))
    report = {"one_user": _figures(one), "stream": {"rate": plan.rate, **_figures(many)}}
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _print(one, many, plan)
    raise typer.Exit(1 if one.errors or many.errors else 0)


async def _measure(
    address: str, messages: int, plan: StreamPlan, seed: int
) -> tuple[Measured, Measured]:
    questions = load_questions()
    length = min(messages, _DIALOGUE_LENGTH)
    alone = make_dialogues(questions, -(-messages // length), length, seed)
    together = make_dialogues(questions, plan.conversations, _DIALOGUE_LENGTH, seed + 1)
    limits = httpx.Limits(max_connections=plan.conversations)
    async with httpx.AsyncClient(
        base_url=address, trust_env=False, timeout=30.0, limits=limits
    ) as client:
        await _require_ready(client, address)
        one = await measure_one_user(client, alone)
        return one, await measure_stream(client, together, plan)


async def _require_ready(client: httpx.AsyncClient, address: str) -> None:
    try:
        ready = (await client.get("/health")).status_code == 200
    except httpx.HTTPError:
        ready = False
    if not ready:
        raise NotRunningError(f"Chưa thấy trợ lý chạy ở {address}. Hãy chạy «make run» trước.")


def _figures(measured: Measured) -> dict[str, float | int]:
    return {
        "answered": len(measured.milliseconds),
        "errors": measured.errors,
        "per_second": round(measured.per_second, 1),
        "p50_ms": round(measured.percentile(50), 1),
        "p95_ms": round(measured.percentile(95), 1),
        "max_ms": round(measured.percentile(100), 1),
        "load_before": round(measured.load[0], 2),
        "load_after": round(measured.load[1], 2),
        "cores": os.cpu_count() or 0,
    }


def _print(one: Measured, many: Measured, plan: StreamPlan) -> None:
    head = ["câu", "lỗi", "câu/giây", "p50 ms", "p95 ms", "max ms", "tải máy"]
    typer.echo(" " * 18 + "".join(f"{name:>12}" for name in head))
    for name, measured in (("một người", one), (f"dồn {plan.rate:g} câu/giây", many)):
        cells = [
            f"{len(measured.milliseconds)}",
            f"{measured.errors}",
            f"{measured.per_second:.1f}",
            *(f"{measured.percentile(percent):.0f}" for percent in (50, 95, 100)),
            f"{measured.load[0]:.1f}→{measured.load[1]:.1f}",
        ]
        typer.echo(f"{name:<18}" + "".join(f"{cell:>12}" for cell in cells))
    typer.echo(
        f"Máy có {os.cpu_count()} lõi, người đo cũng dùng chúng; tải máy cao hơn số lõi thì số đo "
        f"xấu hơn thật. Mốc: một người p95 ≤ {_ONE_USER_P95_MS:.0f} ms; nhiều người ≥ 25 câu/giây, "
        f"p95 ≤ {_STREAM_P95_MS:.0f} ms, không lỗi."
    )
