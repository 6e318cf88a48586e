"""`motcua dossiers figures`: the table of a period, from the registry or from a told review."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.errors import CommandError
from api.settings import load_settings
from dossiers.clock import system_clock
from dossiers.desk import build_desk
from dossiers.figures import Figures, Period, completed, contradictions, period_mismatch, shares
from dossiers.figures_texts import FigureTexts, load_figure_texts
from dossiers.period_table import GroupBy, period_table
from dossiers.review import Review, read_review

__all__ = ["figures"]

_DAY = ["%Y-%m-%d"]


def figures(
    first: Annotated[
        datetime | None, typer.Option("--from", formats=_DAY, help="Ngày đầu kỳ.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=_DAY, help="Ngày cuối kỳ.")
    ] = None,
    by: Annotated[GroupBy, typer.Option(help="Theo lĩnh vực hay cơ quan.")] = GroupBy.FIELD,
    review: Annotated[
        Path | None, typer.Option(help="Tệp số liệu đã công bố (.yml) thay cho sổ hồ sơ.")
    ] = None,
) -> None:
    """In biểu II.06a/VPCP/KSTT của một kỳ, các phép kiểm và tỷ lệ."""
    texts = load_figure_texts()
    if review is not None:
        _print_review(read_review(review), texts)
        return
    if first is None or last is None:
        raise CommandError("Cần --from và --to (năm-tháng-ngày), hoặc --review TỆP")
    if last < first:
        raise CommandError("--to phải từ ngày --from trở đi")
    settings = load_settings(os.environ)
    desk = build_desk(settings.database, settings.dossier_key, system_clock)
    period = Period(first.date(), last.date())
    table = period_table(desk.registry, period, by)
    typer.echo(f"Kỳ {period}")
    for name, row in table.rows.items():
        _print_row(name, row, texts)
    _print_row(texts.total, table.total, texts)
    _print_shares(table.total, texts)


def _print_review(review: Review, texts: FigureTexts) -> None:
    typer.echo(f"{review.title}\nNguồn: {review.source}")
    mismatch = period_mismatch(review.title_period, review.data_period)
    if mismatch:
        typer.echo(f"Lưu ý: {mismatch}")
    told, implied = completed(review.figures)
    _print_row(texts.total, told, texts, implied=implied)
    _print_shares(review.figures, texts)


def _print_row(
    name: str, row: Figures, texts: FigureTexts, *, implied: frozenset[str] = frozenset()
) -> None:
    typer.echo(name)
    for column, label in texts.columns.items():
        value = getattr(row, column)
        if value is not None and (value or column not in texts.shown_if_any):
            mark = f" ({texts.implied})" if column in implied else ""
            typer.echo(f"  {label}: {value:,}".replace(",", ".") + mark)
    found = contradictions(row)
    for contradiction in found:
        typer.echo(f"  Không khớp: {contradiction}")
    if not found:
        typer.echo(f"  {texts.adds_up}")


def _print_shares(row: Figures, texts: FigureTexts) -> None:
    for name, share in shares(row).items():
        percent = share.percent
        said = texts.not_told if percent is None else f"{percent} %".replace(".", ",")
        target = texts.targets.get(name)
        beside = ""
        if target is not None:
            beside = f" ({texts.target.format(target=target)}"
            if percent is not None:
                beside += f", {texts.reached if percent >= target else texts.missed}"
            beside += ")"
        typer.echo(f"{texts.shares[name]}: {said}{beside}")
