"""Load on the Zalo webhook: so many calls a second while the bot is slow.

The application runs as a process of its own; calls start when they are due whether or not the
ones before have ended, and are timed from then.
"""

from __future__ import annotations

import asyncio
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

from api.benchmarks.counterparts import Counterparts, Received
from api.errors import StackError
from api.settings import Settings
from api.spread_transport import SpreadTransport
from api.storage import open_database
from api.zalo.channel import open_account
from api.zalo.seal import new_key
from api.zalo.signature import build_mac
from api.zalo.tokens import TokenPair
from dossiers.clock import system_clock

__all__ = ["Load", "ZaloReport", "measure_zalo"]

_APP_ID, _OA_ID = "1111111111111111111", "2222222222222222222"
_GIVEN = (
    "port",
    "rasa_url",
    "messages_per_minute",
    "zalo_app_id",
    "zalo_app_secret",
    "zalo_oa_id",
    "zalo_oa_secret",
    "zalo_key",
    "zalo_api_url",
    "zalo_oauth_url",
    "zalo_calls_per_minute",
)
_START_SECONDS = 60.0
_DRAIN_SECONDS = 180.0


@dataclass(frozen=True)
class Load:
    """How much, for how long, from how many people, and how slow the bot is."""

    per_second: int = 50
    seconds: int = 60
    people: int = 300
    bot_seconds: float = 2.0


@dataclass(frozen=True)
class ZaloReport:
    """What was measured; times in seconds."""

    calls: int
    refused: int  # answered with another status than 200, or not at all
    p50: float
    p99: float
    slowest: float
    answered: int
    answered_twice: int
    people_out_of_order: int
    last_answer_after: float  # counted from the last call
    cpu: float  # of the application, its start included


async def measure_zalo(load: Load) -> ZaloReport:
    """Start the application, put it under `load`, wait until all is answered, and report.

    Raises:
        StackError: the application did not start.
    """
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        counterparts = Counterparts(load.bot_seconds)
        server = _server(counterparts)
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        settings = _settings(Path(folder), f"http://127.0.0.1:{port}")
        await _grant(settings)
        process = _start(settings)
        try:
            times, ended = await _measure(load, settings, counterparts, process)
        finally:
            process.terminate()
            await asyncio.to_thread(process.wait)
            server.should_exit = True
            await serving
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return _report(times, counterparts.received, ended, used.ru_utime + used.ru_stime)


async def _measure(
    load: Load, settings: Settings, counterparts: Counterparts, process: subprocess.Popen[bytes]
) -> tuple[list[float | None], float]:
    """Put the load on; how long each call took, and when the last one was made."""
    base = f"http://127.0.0.1:{settings.port}"
    async with httpx.AsyncClient(
        base_url=base, transport=SpreadTransport(trust_env=False), timeout=30.0
    ) as client:
        await _until_up(client, process)
        times = await _fire(client, load, settings)
        ended = time.monotonic()
        wanted = load.per_second * load.seconds
        while len(counterparts.received) < wanted and time.monotonic() < ended + _DRAIN_SECONDS:
            await asyncio.sleep(0.2)
        # A second answer would come late: wait a little for it.
        await asyncio.sleep(2.0)
    return times, ended


async def _fire(client: httpx.AsyncClient, load: Load, settings: Settings) -> list[float | None]:
    """Send the events when they are due; the seconds each took, None where it was not 200."""
    start = time.monotonic()
    calls = []
    for number in range(load.per_second * load.seconds):
        due = start + number / load.per_second
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        raw, headers = _event(number, number % load.people, settings)
        calls.append(asyncio.create_task(_call(client, raw, headers, due)))
    return list(await asyncio.gather(*calls))


async def _call(
    client: httpx.AsyncClient, raw: bytes, headers: dict[str, str], due: float
) -> float | None:
    try:
        response = await client.post("/zalo/webhook", content=raw, headers=headers)
    except httpx.HTTPError:
        return None
    return time.monotonic() - due if response.status_code == 200 else None


def _event(number: int, person: int, settings: Settings) -> tuple[bytes, dict[str, str]]:
    moment = str(int(time.time() * 1000))
    raw = (
        f'{{"app_id":"{_APP_ID}","event_name":"user_send_text","timestamp":"{moment}",'
        f'"sender":{{"id":"9{person:08d}"}},"recipient":{{"id":"{_OA_ID}"}},'
        f'"message":{{"msg_id":"b{number}","text":"Câu hỏi số {number}"}}}}'
    ).encode()
    mac = build_mac(_APP_ID, raw, moment, settings.zalo_oa_secret)
    return raw, {"X-ZEvent-Signature": f"mac={mac}", "Content-Type": "application/json"}


def _report(
    times: Sequence[float | None], received: Sequence[Received], ended: float, cpu: float
) -> ZaloReport:
    taken = sorted(one for one in times if one is not None)
    by_person: dict[str, list[int]] = defaultdict(list)
    for one in received:
        by_person[one.person].append(int(one.text.rpartition(" ")[2]))
    texts = {one.text for one in received}
    return ZaloReport(
        calls=len(times),
        refused=len(times) - len(taken),
        p50=_percentile(taken, 0.50),
        p99=_percentile(taken, 0.99),
        slowest=taken[-1] if taken else 0.0,
        answered=len(texts),
        answered_twice=len(received) - len(texts),
        people_out_of_order=sum(numbers != sorted(numbers) for numbers in by_person.values()),
        last_answer_after=max((one.at for one in received), default=ended) - ended,
        cpu=cpu,
    )


def _percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def _server(counterparts: Counterparts) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(counterparts.application(), port=0, log_level="warning", access_log=False)
    )


def _settings(folder: Path, counterpart: str) -> Settings:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    return Settings(
        port=port,
        data_folder=folder,
        rasa_url=counterpart,
        messages_per_minute=100_000,
        zalo_app_id=_APP_ID,
        zalo_app_secret="benchmark",
        zalo_oa_id=_OA_ID,
        zalo_oa_secret="benchmark",
        zalo_key=new_key(),
        zalo_api_url=counterpart,
        zalo_oauth_url=counterpart,
        zalo_calls_per_minute=4000,
    )


async def _grant(settings: Settings) -> None:
    engine = open_database(settings.database)
    account = open_account(settings, engine, system_clock)
    await account.tokens.keep(TokenPair("access", "refresh", 90_000))
    await account.close()
    engine.dispose()


def _start(settings: Settings) -> subprocess.Popen[bytes]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MOTCUA_")}
    for name in _GIVEN:
        environment[f"MOTCUA_{name.upper()}"] = str(getattr(settings, name))
    environment["MOTCUA_DATA"] = str(settings.data_folder)
    command = [sys.executable, "-m", "uvicorn", "--factory"]
    command += ["api.benchmarks.application:application", "--log-level", "warning"]
    command += ["--no-access-log", "--port", str(settings.port)]
    return subprocess.Popen(command, env=environment)


async def _until_up(client: httpx.AsyncClient, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            await client.get("/zalo/webhook")
        except httpx.HTTPError:
            await asyncio.sleep(0.1)
        else:
            return
    raise StackError("Ứng dụng cần đo không khởi động được")
