"""`motcua run` and the hidden `motcua serve`."""

from __future__ import annotations

import asyncio
import logging
import os

import typer

from api.settings import load_settings

__all__ = ["run", "serve_here"]


def run() -> None:
    """Khởi động cả hệ thống và in địa chỉ."""
    from api.launcher import run_stack

    raise typer.Exit(run_stack(load_settings(os.environ), lambda line: typer.echo(line)))


def serve_here() -> None:
    """Chỉ chạy ứng dụng (trang web và điểm cuối hành động)."""
    from api.launcher.server import serve

    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    asyncio.run(serve(load_settings(os.environ)))
