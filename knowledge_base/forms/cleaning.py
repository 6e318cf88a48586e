"""Typed text made safe to print: NFC, one line, no invisible or control characters.

Nothing visible is changed: names stay as they were typed.
"""

from __future__ import annotations

import unicodedata

from knowledge_base.forms.messages import ValueRefusedError, message

__all__ = ["clean_line"]

_UNPRINTABLE = {"Cc", "Cs", "Co", "Cn"}
_INVISIBLE = "Cf"
_TYPED_SPACES = "\t\r\n\u2028\u2029"


def clean_line(text: str) -> str:
    """Compose to NFC, drop invisible marks (bidi, zero width), and make white space single.

    Raises:
        ValueRefusedError: there are control characters or code points that print nothing.
    """
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if character in _TYPED_SPACES:
            kept.append(" ")
        elif category in _UNPRINTABLE:
            raise ValueRefusedError(message("control_characters"))
        elif category != _INVISIBLE:
            kept.append(character)
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))
