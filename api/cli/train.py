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
    hold_back: Annotated[
        bool, typer.Option("--hold-back", help="Bỏ ra phần câu hỏi dùng để học quyết định.")
    ] = False,
) -> None:
    """Huấn luyện bộ mã hóa câu từ câu hỏi của người dân, danh mục, và các cặp văn bản."""
    from knowledge_base.catalogue import load_catalogue
    from knowledge_base.encoder import MODEL_FOLDER
    from knowledge_base.encoder.noise import Typist
    from knowledge_base.encoder.pairs import catalogue_pairs, question_groups, read_pairs
    from knowledge_base.encoder.train import TrainingPlan, train_encoder
    from knowledge_base.questions import load_questions
    from knowledge_base.search.learning import hold_back as kept_back
    from knowledge_base.text import load_lexicon

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    plan = TrainingPlan()
    catalogue = load_catalogue(load_settings(os.environ).data_folder / "catalogue")
    general = [read_pairs(path) for path in pairs or []]
    general.append(catalogue_pairs(catalogue))
    questions = kept_back(load_questions())[0] if hold_back else load_questions()
    groups = question_groups(catalogue, questions, seed=plan.seed)
    typist = Typist(load_lexicon().spellings(), folded=plan.folded, seed=plan.seed)
    target = output or MODEL_FOLDER
    train_encoder(general, groups, typist, target, plan)
    typer.echo(f"Đã ghi mô hình vào {target}")


@commands.command("bot")
def bot() -> None:
    """Huấn luyện Rasa nếu dữ liệu đã đổi."""
    from api.launcher.rasa import train_rasa

    typer.echo(f"Mô hình: {train_rasa(load_settings(os.environ))}")


@commands.command("decision")
def decision(
    encoder_folder: Annotated[
        Path, typer.Option("--held-back-encoder", help="Mô hình huấn luyện không có phần giữ lại.")
    ],
) -> None:
    """Học trọng số tìm kiếm và lúc nào trả lời, hỏi lại, từ chối; ghi learned.yml."""
    from knowledge_base.catalogue import load_catalogue
    from knowledge_base.encoder import load_encoder
    from knowledge_base.encoder.noise import Typist
    from knowledge_base.evaluation.dialogues import openings, read_labelled_dialogues
    from knowledge_base.questions import (
        CONVERSATIONS_FILE,
        load_ambiguous,
        load_off_topic,
        load_questions,
    )
    from knowledge_base.search import build_search_engine
    from knowledge_base.search.decision import LEARNED_FILE
    from knowledge_base.search.learning import (
        hold_back,
        learn_decision,
        learn_weights,
        write_models,
    )
    from knowledge_base.text import load_lexicon

    kept, held = hold_back(load_questions())
    catalogue = load_catalogue(load_settings(os.environ).data_folder / "catalogue")
    engine = build_search_engine(catalogue, load_encoder(str(encoder_folder)), questions=kept)
    typist = Typist(load_lexicon().spellings(), teen=0.2, folded=0.3, seed=3)
    for name, weight in learn_weights(engine, held, typist).items():
        typer.echo(f"{name}: {weight}")
    clear, vague = openings(read_labelled_dialogues(CONVERSATIONS_FILE))
    vague += [text for text, _ in load_ambiguous()]
    models = learn_decision(engine, held, load_off_topic(), vague, typist, openings=clear)
    write_models(LEARNED_FILE, models)
    typer.echo(f"Đã ghi {LEARNED_FILE.name}; chép các trọng số trên vào search.yml.")


@commands.command("follow-up")
def follow_up() -> None:
    """Học từ hội thoại đã gán nhãn khi nào câu hỏi tiếp giữ thủ tục đang nói; ghi context.yml."""
    from knowledge_base.catalogue import load_catalogue
    from knowledge_base.encoder import load_encoder
    from knowledge_base.evaluation.dialogues import read_labelled_dialogues
    from knowledge_base.questions import CONVERSATIONS_FILE, load_follow_ups
    from knowledge_base.search import build_search_engine
    from knowledge_base.search.context_learning import followed_turns, learn_context
    from knowledge_base.search.context_model import CONTEXT_FILE, write_context_model

    catalogue = load_catalogue(load_settings(os.environ).data_folder / "catalogue")
    engine = build_search_engine(catalogue, load_encoder())
    turns = followed_turns(engine, read_labelled_dialogues(CONVERSATIONS_FILE))
    model, right = learn_context(engine, engine.context, turns, load_follow_ups())
    write_context_model(CONTEXT_FILE, model)
    typer.echo(f"{len(turns)} lượt, đúng khi đo chéo {right:.3f}; đã ghi {CONTEXT_FILE.name}")


@commands.command("aspect")
def aspect(
    chances: Annotated[
        Path, typer.Option(help="Tệp do bot.evaluation.intent_chances ghi (JSON mỗi dòng).")
    ],
) -> None:
    """Học cách chọn điều được hỏi từ chữ và từ bộ phân loại; ghi aspect_model.yml."""
    import json

    from actions.intent import Intent
    from knowledge_base.answer.aspect import Aspect
    from knowledge_base.answer.aspect_learning import Asked, asked_in, cross_validate, learn_aspects
    from knowledge_base.answer.aspect_model import ASPECT_MODEL_FILE, write_aspect_model
    from knowledge_base.answer.cues import load_cues
    from knowledge_base.evaluation.dialogues import read_labelled_dialogues
    from knowledge_base.questions import CONVERSATIONS_FILE

    cues = load_cues()
    rows = [json.loads(line) for line in chances.read_text("utf-8").splitlines()]
    thought = {row["text"]: Intent("", 0.0, tuple(row["chances"].items())).chances for row in rows}
    questions = [
        Asked("", row["text"], Aspect(row["intent"].removeprefix("ask_")), thought[row["text"]])
        for row in rows
        if row.get("intent", "").startswith("ask_")
    ]
    dialogues = read_labelled_dialogues(CONVERSATIONS_FILE)
    turns = [turn for dialogue in dialogues for turn in asked_in(dialogue, thought, cues)]
    right = cross_validate(cues, turns, questions)
    write_aspect_model(ASPECT_MODEL_FILE, learn_aspects(cues, [*turns, *questions]))
    typer.echo(f"{len(turns)} lượt, đúng khi đo chéo {right:.3f}; đã ghi {ASPECT_MODEL_FILE.name}")
