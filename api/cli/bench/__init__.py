"""`motcua bench`: how fast it is, measured on this machine, side by side in one run."""

from __future__ import annotations

import typer

from api.cli.bench import dialogue, dossiers, search, zalo

__all__ = ["commands"]

commands = typer.Typer(help="Đo tốc độ và độ bền.", no_args_is_help=True)
commands.command("dialogue")(dialogue.dialogue)
commands.command("dossiers")(dossiers.dossiers)
commands.command("search")(search.search)
commands.command("zalo")(zalo.zalo)
