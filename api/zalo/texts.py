"""What the assistant says on Zalo alone, and the words that mean something there."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge_base.form_of_address import FormOfAddress
from knowledge_base.text import fold, normalise

__all__ = ["ZaloTexts", "load_zalo_texts"]

_FILE = Path(__file__).with_name("texts.yml")


class ZaloTexts(BaseModel):
    """All texts of `texts.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    replies: dict[str, str]
    commands: dict[str, list[str]]
    news: dict[str, str]

    def command(self, text: str) -> str | None:
        """Which command `text` is, or None."""
        typed = _plain(text)
        for name, spellings in self.commands.items():
            if typed in {_plain(spelling) for spelling in spellings}:
                return name
        return None


def load_zalo_texts(path: Path = _FILE, *, address: FormOfAddress = FormOfAddress.BAN) -> ZaloTexts:
    """Read the texts, as they are said to citizens who are addressed with `address`.

    Raises:
        pydantic.ValidationError: one is missing or has another shape, naming it.
    """
    texts = ZaloTexts.model_validate(yaml.safe_load(path.read_text("utf-8")))
    return address.throughout(texts, besides=("commands",))


def _plain(text: str) -> str:
    return fold(normalise(text)).strip(" .,;:!?«»\"'")
