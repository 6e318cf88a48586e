"""What the checks say to the person who fills in a form."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

__all__ = ["MESSAGES_FILE", "ValueRefusedError", "message"]

MESSAGES_FILE = Path(__file__).parent / "messages.yml"


class ValueRefusedError(ValueError):
    """A value is refused; the text says what to write instead. It never leaves this package."""


@cache
def _messages() -> dict[str, str]:
    texts: dict[str, str] = yaml.safe_load(MESSAGES_FILE.read_text("utf-8"))
    return texts


def message(name: str, **parts: object) -> str:
    """The message of this name, with its parts filled in."""
    return _messages()[name].format(**parts)
