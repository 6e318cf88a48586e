"""`motcua run`: train what is not trained, start everything, print the address, stop cleanly."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from api.errors import StackError
from api.launcher.process import Child
from api.launcher.rasa import ONE_THREAD, rasa_command, rasa_environment, train_rasa
from api.settings import Settings

__all__ = ["run_stack"]

_READY_SECONDS = 180.0
# What `rasa.core.agent.load_agent` writes about a model it cannot take.
_MODEL_FAULTS = ("Could not load model", "No valid model found")
Report = Callable[[str], None]


def run_stack(settings: Settings, report: Report) -> int:
    """Run until Ctrl-C; return 0 after a clean stop, 1 if a process died.

    Raises:
        StackError: a port is taken, training failed, or something did not become ready.
    """
    return asyncio.run(_run(settings, report))


async def _run(settings: Settings, report: Report) -> int:
    for port in (settings.port, settings.rasa_port, settings.action_port):
        _require_free(port)
    report("Chuẩn bị bot (lần đầu huấn luyện khoảng nửa phút)…")
    model = await asyncio.to_thread(train_rasa, settings)
    logs = settings.data_folder / "log"
    application = Child(
        "ứng dụng",
        [sys.executable, "-m", "api.cli", "serve"],
        _application_environment(settings, os.environ),
        logs / "application.log",
    )
    rasa = Child(
        "Rasa",
        rasa_command(settings, model),
        rasa_environment(settings, os.environ),
        logs / "rasa.log",
    )
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    children = [application, rasa]
    try:
        report("Khởi động ứng dụng và Rasa…")
        for child in children:
            await child.start()
        return await _watch(children, stopping, settings, report)
    finally:
        report("Đang dừng…")
        await asyncio.gather(*(child.stop() for child in children))


async def _watch(
    children: list[Child], stopping: asyncio.Event, settings: Settings, report: Report
) -> int:
    """Wait for readiness, then for Ctrl-C or for a child that dies."""
    ends: dict[asyncio.Task[Any], Child] = {
        asyncio.create_task(child.wait()): child for child in children
    }
    stop = asyncio.create_task(stopping.wait())
    ready = asyncio.create_task(_until_ready(settings, report))
    pending: set[asyncio.Task[Any]] = {*ends, stop, ready}
    try:
        while True:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            if stop in done:
                return 0
            for task in done:
                if task in ends:
                    child = ends[task]
                    raise StackError(
                        f"{child.name} dừng đột ngột. {child.log}:\n{child.log_tail()}"
                    )
            if ready in done:
                ready.result()
    finally:
        for task in pending:
            task.cancel()


async def _until_ready(settings: Settings, report: Report) -> None:
    """Ask `/health` until it says ok, then print the address."""
    address = f"http://{_shown_host(settings.host)}:{settings.port}"
    started = time.monotonic()
    async with httpx.AsyncClient(trust_env=False, timeout=5.0) as client:
        while time.monotonic() - started < _READY_SECONDS:
            if await _is_without_model(client, settings):
                raise StackError(f"Rasa không nạp được mô hình. {_reason(settings)}")
            try:
                if (await client.get(f"{address}/health")).status_code == 200:
                    async with httpx.AsyncClient(trust_env=False) as private:
                        url = f"http://127.0.0.1:{settings.action_port}/health"
                        if (await private.get(url)).status_code == 200:
                            seconds = time.monotonic() - started
                            report(f"Sẵn sàng sau {seconds:.0f} giây: {address}  (Ctrl-C để dừng)")
                            return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.4)
    raise StackError(f"Chưa sẵn sàng sau {_READY_SECONDS:.0f} giây; xem {settings.data_folder}/log")


async def _is_without_model(client: httpx.AsyncClient, settings: Settings) -> bool:
    """Tell whether Rasa is up and holds no model: it goes on without one, and never gets one."""
    url = f"http://127.0.0.1:{settings.rasa_port}/status"
    try:
        response = await client.get(url, params={"token": settings.rasa_token})
    except httpx.HTTPError:
        return False
    return response.status_code == 409


def _reason(settings: Settings) -> str:
    """What Rasa's log says about it, in one line."""
    log = settings.data_folder / "log" / "rasa.log"
    lines = log.read_text("utf-8", errors="replace").splitlines() if log.is_file() else []
    said = [line for line in lines if any(fault in line for fault in _MODEL_FAULTS)]
    return f"{said[-1].strip()} (xem {log})" if said else f"Xem {log}"


def _application_environment(settings: Settings, base: Mapping[str, str]) -> dict[str, str]:
    """The parent's environment with the tokens that both processes share."""
    return {
        **ONE_THREAD,
        **base,
        "MOTCUA_ACTION_TOKEN": settings.action_token,
        "MOTCUA_RASA_TOKEN": settings.rasa_token,
    }


def _require_free(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise StackError(
                f"Cổng {port} đang bận. Dừng chương trình dùng nó, hoặc đặt MOTCUA_PORT, "
                f"MOTCUA_RASA_PORT, MOTCUA_ACTION_PORT khác."
            ) from error


def _shown_host(host: str) -> str:
    return "127.0.0.1" if host == "0.0.0.0" else host
