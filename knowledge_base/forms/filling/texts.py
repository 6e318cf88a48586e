"""What is said while a form is filled in, in chat and on the page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from knowledge_base.form_of_address import FormOfAddress

__all__ = ["TEXTS_FILE", "phrase"]

TEXTS_FILE = Path(__file__).parent / "texts.yml"


@cache
def _phrases() -> dict[str, str]:
    texts: dict[str, str] = yaml.safe_load(TEXTS_FILE.read_text("utf-8"))
    return texts


def phrase(name: str, address: FormOfAddress = FormOfAddress.BAN, /, **parts: object) -> str:
    """The phrase of this name, with its parts filled in; only ours are said with `address`."""
    return address(_phrases()[name]).format(**parts)
