"""Take what names a person out of free text of officers, before it is stored."""

from __future__ import annotations

import re

__all__ = ["mask_personal"]

_SHOWN = "•••"
_EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}@[\w.\-]{3,255}")
# Nine figures are an old identity card, ten a phone, twelve an identity number.
_NUMBER = re.compile(r"(?<![\w.\-/])(?:\+?84[ .]?|0)?\d(?:[ .]?\d){7,11}(?!\d|[.\-/]\d|\w)")
_CAPITALISED = r"[A-ZÀ-ỸĐ][\wÀ-ỹ]*"
_NAME = re.compile(
    r"(?P<lead>\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]háu|[Cc]ô|[Cc]hú"
    r"|[Tt]ên là|[Hh]ọ tên|[Hh]ọ và tên)"
    rf"\s*:?\s+)(?P<name>{_CAPITALISED}(?:\s+{_CAPITALISED})+)"
)


def mask_personal(text: str) -> str:
    """Return `text` with e-mails, identity and phone numbers and names after a title covered."""
    text = _EMAIL.sub(_SHOWN, text)
    text = _NUMBER.sub(_covered, text)
    return _NAME.sub(lambda match: f"{match['lead']}{_SHOWN}", text)


def _covered(match: re.Match[str]) -> str:
    digits = sum(char.isdigit() for char in match[0])
    return _SHOWN if 9 <= digits <= 12 else match[0]
