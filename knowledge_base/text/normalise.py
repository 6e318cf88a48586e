"""Bring Vietnamese text to one form: NFC, lower case, tone marks on the same vowel, no junk.

`normalise` is idempotent. `fold` drops all diacritics, for citizens who type without them.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["clean", "fold", "has_diacritics", "normalise", "place_tones"]

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SPACES = re.compile(r"\s+")

# Old placement (hoà, khoẻ, thuỷ) to the one most keyboards produce today (hòa, khỏe, thủy), only
# where the vowel pair ends the syllable and, for «uy», is not the glide of «qu».
_OLD_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_OLD_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_TONES)})(?![\w\u0300-\u036f])")


def clean(text: str) -> str:
    """Return `text` in NFC without invisible, control and surrogate characters, spaces merged."""
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def place_tones(text: str) -> str:
    """Move tone marks to the usual vowel: «hoà» becomes «hòa», «quý» stays."""
    return _OLD_TONE.sub(lambda match: _OLD_TONES[match[0]], text)


def normalise(text: str) -> str:
    """Return `text` cleaned, in lower case, with tone marks placed alike."""
    return place_tones(unicodedata.normalize("NFC", clean(text).lower()))


def fold(text: str) -> str:
    """Return `text` without diacritics: «Đăng ký» becomes «Dang ky»."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    kept = (char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", "".join(kept))


def has_diacritics(text: str) -> bool:
    """Tell whether `text` holds any Vietnamese diacritic."""
    return fold(text) != unicodedata.normalize("NFC", text)
