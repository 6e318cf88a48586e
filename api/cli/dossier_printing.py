"""What the commands on dossiers read and print: a code, an explanation, a slip."""

from __future__ import annotations

from pathlib import Path

import typer

from api.errors import CommandError
from api.rendering.html import HtmlRenderer
from api.rendering.slip import slip_document, slip_pdf
from dossiers.codes import DossierCode, parse_code
from dossiers.explain import Explanation
from dossiers.slips import Slip

__all__ = ["code_argument", "print_explanation", "print_slip"]


def code_argument(text: str) -> DossierCode:
    """Read a dossier code from the command line.

    Raises:
        CommandError: it is none.
    """
    code = parse_code(text)
    if code is None:
        raise CommandError("Không phải mã hồ sơ; cần dạng H05.12-261123-0007")
    return code


def print_explanation(explanation: Explanation) -> None:
    """Print what is said of a dossier."""
    typer.echo(explanation.headline)
    for fact in explanation.facts:
        typer.echo(f"  {fact.label}: {fact.value}")
    for warning in explanation.warnings:
        typer.echo(f"  ! {warning}")
    for fact in explanation.history:
        typer.echo(f"  {fact.label}: {fact.value}")


def print_slip(slip: Slip, output: Path) -> None:
    """Write a slip as HTML or PDF, by the ending of `output`."""
    environment = HtmlRenderer().create_environment()
    suffix = output.suffix.lower()
    if suffix == ".pdf":
        output.write_bytes(slip_pdf(slip, environment))
    elif suffix == ".html":
        output.write_text(slip_document(slip, environment), "utf-8")
    else:
        raise CommandError("Tệp ghi ra phải có đuôi .html hoặc .pdf")
