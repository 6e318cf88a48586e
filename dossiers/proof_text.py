"""Find the secret in the reply of a citizen who was asked for it: written or spoken.

Only a reply to that question is read so: the same figures in another message are no secret.
"""

from __future__ import annotations

import re
import unicodedata

from dossiers.plain_text import plain
from dossiers.spoken import write_out_joined

__all__ = ["find_named_proof", "read_proof"]

_LONGEST = 120
_LEAD = (
    r"(?:(?:da|vang|em|toi|minh|bac|chau|ma|so|pin|mat khau|giay hen|4 so cuoi|bon so cuoi"
    r"|so cuoi|dien thoai|dt|sdt|day|cua|la|gui|ban|tren)\b\W*)*"
)
_TAIL = r"\W*(?:(?:a|nhe|nha|day|do|ne|ban|em|oi)\b\W*)*"
# A procedure code («1.001193») is none.
_FIGURES = re.compile(rf"\W*{_LEAD}(?!\d\.\d{{6}})(\d(?:[ .\-]?\d){{3,7}}){_TAIL}")
_NAMED = re.compile(
    r"\b(?:pin|(?:bon|4) so cuoi)\W*(?:(?:la|dien thoai|sdt|dt|cua toi)\W*){0,3}"
    r"(\d(?:[ .\-]?\d){3,7})(?!\d)"
)
_LETTERS = re.compile(rf"\W*{_LEAD}\bpin\b\W*(?:la\b|cua toi la\b)?\W*([a-z0-9]{{4,12}}){_TAIL}")


def find_named_proof(text: str) -> str | None:
    """Return the secret that a sentence names («…, mã PIN 246810»); None where it names none."""
    match = _NAMED.search(plain(text))
    return re.sub(r"\D", "", match[1]) if match else None


def read_proof(text: str) -> str | None:
    """Return the PIN or the four figures that `text` says and nothing else; None otherwise.

    A PIN with letters is only known by the word «PIN» before it.
    """
    if len(text) > _LONGEST:
        return None
    lower = unicodedata.normalize("NFC", text.lower())
    for variant in (plain(lower), plain(write_out_joined(lower))):
        match = _FIGURES.fullmatch(variant)
        if match:
            return re.sub(r"\D", "", match[1])
    match = _LETTERS.fullmatch(plain(lower))
    if match and re.search(r"\d", match[1]):
        return match[1].upper()
    return None
