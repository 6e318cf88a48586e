"""The commands, one module a group."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from api.cli import (
    ask,
    bench,
    catalogue,
    dossiers,
    evaluate,
    feedback,
    form,
    places,
    questions,
    stack,
    train,
    zalo,
)
from api.errors import GatewayError
from dossiers.errors import DossierError
from knowledge_base.errors import KnowledgeBaseError

__all__ = ["application", "read_dotenv", "run"]

application = typer.Typer(
    name="motcua",
    help="Trợ lý Một Cửa: hướng dẫn thủ tục hành chính.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
application.add_typer(bench.commands, name="bench")
application.add_typer(catalogue.commands, name="catalogue")
application.add_typer(dossiers.commands, name="dossiers")
application.add_typer(questions.commands, name="questions")
application.add_typer(feedback.commands, name="feedback")
application.add_typer(places.commands, name="places")
application.add_typer(train.commands, name="train")
application.add_typer(zalo.commands, name="zalo")
application.command("ask")(ask.ask)
application.command("evaluate")(evaluate.evaluate)
application.command("form")(form.form)
application.command("forms")(form.forms)
application.command("run")(stack.run)
application.command("serve", hidden=True)(stack.serve_here)


def run() -> None:
    """Run `motcua`."""
    read_dotenv(Path(".env"))
    try:
        application()
    except (DossierError, GatewayError, KnowledgeBaseError) as error:
        sys.stderr.write(f"Lỗi: {error}\n")
        raise SystemExit(1) from error


def read_dotenv(path: Path) -> None:
    """Take `NAME=value` lines of `.env` for names that the environment does not set."""
    if not path.is_file():
        return
    for line in path.read_text("utf-8").splitlines():
        name, separator, value = line.partition("=")
        if separator and not name.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())
