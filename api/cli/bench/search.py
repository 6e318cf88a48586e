"""`motcua bench search`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from api.settings import load_settings

__all__ = ["search"]


def search(
    questions: Annotated[int, typer.Option(min=50, help="Số câu hỏi.")] = 500,
    copies: Annotated[int, typer.Option(min=2, help="Đo cả khi có gấp bấy nhiêu thủ tục.")] = 10,
) -> None:
    """Đo tốc độ tìm kiếm trên một lõi, cạnh BM25 đơn thuần, trong cùng một lần chạy."""
    from api.benchmarks.search import measure_search
    from knowledge_base.catalogue import load_catalogue
    from knowledge_base.encoder import load_encoder
    from knowledge_base.questions import load_questions

    settings = load_settings(os.environ)
    catalogue = load_catalogue(settings.data_folder / "catalogue")
    encoder = load_encoder(settings.encoder or None)
    typer.echo(f"{'':<12}{'thủ tục':>10}{'p50 ms':>10}{'p95 ms':>10}{'p99 ms':>10}")
    for row in measure_search(
        catalogue, encoder, load_questions(), questions=questions, copies=copies
    ):
        typer.echo(
            f"{row.name:<12}{row.procedures:>10}{row.p50:>10.2f}{row.p95:>10.2f}{row.p99:>10.2f}"
        )
    typer.echo(
        f"Một lõi; tải máy một phút qua: {os.getloadavg()[0]:.1f}, số lõi: {os.cpu_count()}."
    )
