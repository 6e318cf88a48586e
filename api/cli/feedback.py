"""`motcua feedback`: what citizens said of the answers."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Annotated

import typer

from api.feedback import Opinion, OpinionStore
from api.settings import load_settings
from api.storage import open_database

__all__ = ["commands"]

commands = typer.Typer(help="Ý kiến của người dân về câu trả lời.", no_args_is_help=True)
_Useful = Annotated[
    bool | None, typer.Option("--useful/--not-useful", help="Chỉ ý kiến có ích, hoặc không có ích.")
]


@contextmanager
def _store() -> Iterator[OpinionStore]:
    engine = open_database(load_settings(os.environ).database)
    try:
        yield OpinionStore(engine)
    finally:
        engine.dispose()


@commands.command("list")
def show(
    useful: _Useful = None,
    limit: Annotated[int, typer.Option(min=1, help="Nhiều nhất bao nhiêu dòng.")] = 50,
) -> None:
    """In các ý kiến, ngày mới nhất trước."""
    with _store() as store:
        opinions = store.list(useful=useful, limit=limit)
    if not opinions:
        typer.echo("Chưa có ý kiến nào.")
    for opinion in opinions:
        typer.echo(_line(opinion))


@commands.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="Tệp CSV ghi ra.")], useful: _Useful = None
) -> None:
    """Ghi mọi ý kiến ra tệp CSV (mở được bằng Excel)."""
    with _store() as store:
        opinions = store.list(useful=useful)
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, [field.name for field in fields(Opinion)])
        writer.writeheader()
        for opinion in opinions:
            writer.writerow({name: _cell(value) for name, value in asdict(opinion).items()})
    typer.echo(f"Đã ghi {len(opinions)} ý kiến vào {file}")


def _line(opinion: Opinion) -> str:
    parts = [
        f"{opinion.given_on:%d/%m/%Y}",
        "có ích" if opinion.useful else "không có ích",
        opinion.procedure_code or opinion.status,
        opinion.aspect,
        opinion.reason,
        opinion.note,
        f"hỏi: {opinion.question}" if opinion.question else None,
    ]
    return " · ".join(str(part) for part in parts if part)


def _cell(value: object) -> object:
    """A text that a spreadsheet would read as a formula gets a mark before it."""
    return (
        f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value
    )
