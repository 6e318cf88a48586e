"""`motcua train`: the encoder and the bot."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Annotated

import typer

from api.settings import load_settings

__all__ = ["commands"]

commands = typer.Typer(help="Huấn luyện.", no_args_is_help=True)


@commands.command("encoder")
def encoder(
    pairs: Annotated[
        list[Path] | None, typer.Option(help="Tệp cặp văn bản {q, p} (.jsonl.xz); lặp lại được.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Thư mục ghi mô hình.")] = None,
) -> None:
    """Huấn luyện bộ mã hóa câu từ câu hỏi của người dân, danh mục, và các cặp văn bản."""
    from knowledge_base.catalogue import load_catalogue
    from knowledge_base.encoder import MODEL_FOLDER
    from knowledge_base.encoder.noise import Typist
    from knowledge_base.encoder.pairs import catalogue_pairs, question_groups, read_pairs
    from knowledge_base.encoder.train import TrainingPlan, train_encoder
    from knowledge_base.questions import load_questions
    from knowledge_base.text import load_lexicon

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    plan = TrainingPlan()
    catalogue = load_catalogue(load_settings(os.environ).data_folder / "catalogue")
    general = [read_pairs(path) for path in pairs or []]
    general.append(catalogue_pairs(catalogue))
    groups = question_groups(catalogue, load_questions(), seed=plan.seed)
    typist = Typist(load_lexicon().spellings(), seed=plan.seed)
    target = output or MODEL_FOLDER
    train_encoder(general, groups, typist, target, plan)
    typer.echo(f"Đã ghi mô hình vào {target}")


@commands.command("bot")
def bot() -> None:
    """Huấn luyện Rasa nếu dữ liệu đã đổi."""
    from api.launcher.rasa import train_rasa

    typer.echo(f"Mô hình: {train_rasa(load_settings(os.environ))}")
