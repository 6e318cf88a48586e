"""Take what names a person out of free text, of officers and of citizens, before it is stored."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import yaml

from dossiers.codes import find_codes

__all__ = ["SHOWN", "mask_personal"]

SHOWN = "•••"
"""What stands in the place of what was covered."""

_FAMILY_NAMES = Path(__file__).parent / "family_names.yml"
_EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}\s?@\s?[\w\-]{1,64}(?:\.[\w\-]{1,64})+")
# Nine figures are an old identity card, ten a phone, twelve an identity number.
_NUMBER = re.compile(
    r"(?<![\w.\-/])(?:\+?84[ .\-–]?|\(0\d{1,3}\)[ ]?|0)?\d(?:[ .\-–]{0,2}\d){7,11}"
    r"(?!\d|[.\-/]\d|\w)"
)
_MONEY = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_CAPITALISED = r"[A-ZÀ-ỸĐ][\wÀ-ỹ]*"
_NAME = re.compile(
    r"(?P<lead>\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]háu|[Cc]ô|[Cc]hú|[Bb]ác"
    r"|[Tt]ên(?:\s+\w+){0,2}?\s+là|(?:[Tt]ôi|[Ee]m|[Mm]ình|[Cc]háu|[Cc]on)\s+(?:tên|là)"
    r"|[Tt]ên là|[Hh]ọ tên|[Hh]ọ và tên)"
    rf"\s*:?\s+)(?P<name>{_CAPITALISED}(?:\s+{_CAPITALISED})+)"
)
# Written small, a name is told from other words by its family name; these words end it.
_AFTER_NAME = (
    "ở|o|tại|số|so|sinh|muốn|muon|cần|can|xin|và|va|hỏi|hoi|với|voi|thì|thi|có|co|đang|dang"
    "|được|duoc|là|la|bị|bi|đã|da|cho|nhờ|nho|quê|que|năm|ạ|a|cccd|cmnd|sđt|sdt|giờ|gio|nay"
)


def mask_personal(text: str) -> str:
    """Return `text` with e-mails, identity and phone numbers and names after a title covered.

    The figures of a dossier code stay, whatever they look like.
    """
    text = unicodedata.normalize("NFC", text)
    text = _EMAIL.sub(SHOWN, text)
    text = _cover_numbers(text)
    text = _NAME.sub(lambda match: f"{match['lead']}{SHOWN}", text)
    return _small_name().sub(lambda match: f"{match['lead']}{SHOWN}", text)


def _cover_numbers(text: str) -> str:
    """Cover the last number first, so that the places of those before it stay."""
    for match in reversed(list(_NUMBER.finditer(text))):
        digits = sum(char.isdigit() for char in match[0])
        if not 9 <= digits <= 12 or _MONEY.fullmatch(match[0]):
            continue
        masked = f"{text[: match.start()]}{SHOWN}{text[match.end() :]}"
        if find_codes(masked) == find_codes(text):
            text = masked
    return text


@lru_cache(maxsize=1)
def _small_name() -> re.Pattern[str]:
    names = [str(name).lower() for name in yaml.safe_load(_FAMILY_NAMES.read_text("utf-8"))]
    family = "|".join(sorted({*names, *map(_bare, names)}, key=len, reverse=True))
    return re.compile(
        r"(?P<lead>\b(?:(?:tên|ten)(?:\s+\w+){0,2}?\s+(?:là|la)|họ\s+(?:và\s+)?tên"
        r"|ho\s+(?:va\s+)?ten|(?:tôi|toi|em|mình|minh|cháu|chau|con)\s+(?:tên|ten))\s*:?\s+"
        rf"(?:là\s+|la\s+)?)(?:{family})\b(?:\s+(?!(?:{_AFTER_NAME})\b)\w+){{1,3}}",
        re.IGNORECASE,
    )


def _bare(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
