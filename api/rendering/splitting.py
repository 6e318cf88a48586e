"""Cut text into messages: at a blank line, a line, a sentence, a space, in this order."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["length", "split_text", "take_text"]

_CUTS = (
    (re.compile(r"\n\s*\n"), 0.5),
    (re.compile(r"\n"), 0.5),
    (re.compile(r"(?<=[.!?…;:])[»”\")]*\s"), 0.4),
    (re.compile(r"\s"), 0.0),
)
"""Where to cut, and the share of the room that has to be filled for it to be worth it."""

_JOINER = "\u200d"


def length(text: str) -> int:
    """How long a service may count `text`: in UTF-16 units, never fewer than its characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_text(text: str, limit: int) -> list[str]:
    """Cut `text` into pieces of at most `limit`; nothing but white space at the cuts is lost."""
    pieces = []
    rest = text.strip()
    while rest:
        piece, rest = take_text(rest, limit)
        pieces.append(piece)
    return pieces


def take_text(text: str, limit: int) -> tuple[str, str]:
    """Return the longest good beginning of `text` within `limit`, and what follows it.

    Raises:
        ValueError: `limit` is below 1.
    """
    if limit < 1:
        raise ValueError(f"limit must be 1 or more, not {limit}")
    text = text.strip()
    if length(text) <= limit:
        return text, ""
    room = _fitting(text, limit)
    # One more character, so that a space right behind the room counts as a place to cut.
    window = text[: room + 1]
    for pattern, share in _CUTS:
        ends = [cut.end() for cut in pattern.finditer(window)]
        if ends and ends[-1] >= room * share:
            return text[: ends[-1]].rstrip(), text[ends[-1] :].lstrip()
    cut = _between_characters(text, room)
    return text[:cut], text[cut:]


def _fitting(text: str, limit: int) -> int:
    """How many characters of `text` fit into `limit`."""
    used = 0
    for number, character in enumerate(text):
        used += 2 if ord(character) > 0xFFFF else 1
        if used > limit:
            return max(number, 1)
    return len(text)


def _between_characters(text: str, cut: int) -> int:
    """Move `cut` back so that no accent, emoji sequence or flag is torn apart."""
    position = cut
    while position > 1 and (_clings(text[position]) or text[position - 1] == _JOINER):
        position -= 1
    return position if position > 1 else cut


def _clings(character: str) -> bool:
    return (
        unicodedata.combining(character) != 0
        or unicodedata.category(character) in ("Mn", "Me", "Cf")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )
