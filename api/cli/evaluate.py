"""`motcua evaluate`: measure on labelled questions or dialogues.

Questions go through the search alone or through the running application, dialogues always through
the application.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from api.cli.ask import post_message
from api.cli.outcomes import question_error, question_outcome, turn_error, turn_outcome
from api.settings import Settings, load_settings
from knowledge_base.catalogue import load_catalogue
from knowledge_base.encoder import load_encoder
from knowledge_base.evaluation import (
    LabelledDialogue,
    LabelledQuestion,
    Outcome,
    TurnOutcome,
    ablate,
    as_markdown,
    evaluate_search,
    holds_dialogues,
    read_labelled_dialogues,
    read_labelled_questions,
    summarise,
    summarise_turns,
)
from knowledge_base.search import build_search_engine

__all__ = ["Path_", "evaluate"]


class Path_(StrEnum):
    """Which part is measured."""

    SEARCH = "search"
    DIALOGUE = "dialogue"


def evaluate(
    file: Annotated[Path, typer.Argument(help="Câu hỏi hay hội thoại có nhãn.", exists=True)],
    through: Annotated[
        Path_, typer.Option(help="Chỉ tìm kiếm, hay cả hệ thống đang chạy (hội thoại: luôn vậy).")
    ] = Path_.SEARCH,
    as_json: Annotated[bool, typer.Option("--json", help="In số liệu dạng JSON.")] = False,
    ablation: Annotated[
        bool,
        typer.Option("--ablation", help="Bỏ lần lượt từng phần của tìm kiếm; in bảng Markdown."),
    ] = False,
    errors: Annotated[bool, typer.Option("--errors", help="Kể từng câu chưa đúng.")] = False,
) -> None:
    """Đo độ đúng trên câu hỏi hay hội thoại có nhãn, trên mọi thủ tục đang có."""
    settings = load_settings(os.environ)
    if ablation:
        encoder = load_encoder(settings.encoder or None)
        catalogue = load_catalogue(settings.data_folder / "catalogue")
        typer.echo(as_markdown(list(ablate(catalogue, encoder, read_labelled_questions(file)))))
        return
    if holds_dialogues(file):
        turns = _dialogues(settings, read_labelled_dialogues(file))
        wrong = [turn_error(turn) for turn in turns if not turn.right]
        summary: dict[str, Any] = {"overall": summarise_turns(turns), "styles": {}}
    else:
        questions = read_labelled_questions(file)
        if through == Path_.SEARCH:
            outcomes = _through_search(settings, questions)
        else:
            outcomes = _through_dialogue(settings, questions)
        wrong = [error for outcome in outcomes if (error := question_error(outcome))]
        summary = summarise(outcomes)
    if errors:
        typer.echo("\n".join(wrong))
    if as_json:
        typer.echo(json.dumps(summary, ensure_ascii=False, indent=2))
    else:
        _print_table(summary)


def _through_search(settings: Settings, questions: Sequence[LabelledQuestion]) -> list[Outcome]:
    engine = build_search_engine(
        load_catalogue(settings.data_folder / "catalogue"), load_encoder(settings.encoder or None)
    )
    return evaluate_search(engine, questions)


def _through_dialogue(settings: Settings, questions: Sequence[LabelledQuestion]) -> list[Outcome]:
    """Ask the running application, each question in a conversation of its own."""
    outcomes: list[Outcome] = []
    with httpx.Client(trust_env=False, timeout=30.0) as client:
        for question in questions:
            started = time.perf_counter()
            _, answer = post_message(client, settings, question.text, None)
            milliseconds = (time.perf_counter() - started) * 1000
            outcomes.append(question_outcome(question, answer, milliseconds))
    return outcomes


def _dialogues(settings: Settings, dialogues: Sequence[LabelledDialogue]) -> list[TurnOutcome]:
    """Say every turn of every dialogue to the running application."""
    outcomes: list[TurnOutcome] = []
    with httpx.Client(trust_env=False, timeout=30.0) as client:
        for dialogue in dialogues:
            conversation: str | None = None
            for turn in dialogue.turns:
                conversation, answer = post_message(client, settings, turn.user, conversation)
                outcomes.append(turn_outcome(dialogue.id, turn, answer))
    return outcomes


def _print_table(summary: dict[str, Any]) -> None:
    columns = ["n", "recall@1", "recall@3", "recall@5", "recall@10", "mrr@10"]
    if "n" in summary["overall"]:
        typer.echo("".join(f"{name:>14}" for name in ["", *columns]))
        rows = {"tất cả": summary["overall"], **summary["styles"]}
        for name, row in rows.items():
            cells = [
                f"{row[column]:>14}" if row[column] is not None else f"{'–':>14}"
                for column in columns
            ]
            typer.echo(f"{name:>14}" + "".join(cells))
    for name, value in summary["overall"].items():
        if name not in columns:
            typer.echo(f"{name:>24}  {value}")
    for chance, bins in summary.get("reliability", {}).items():
        for one in bins:
            typer.echo(
                f"{chance:>24}  khả năng từ {one['from']:<5} số câu {one['n']:>4}"
                f"  đoán trung bình {one['mean_chance']:.3f}  thật sự {one['share']:.3f}"
            )
