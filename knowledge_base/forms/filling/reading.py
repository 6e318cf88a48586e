"""A reply as people type it, brought to the shape that the form wants. Nothing is guessed.

Only what can be meant in one way is changed: «5/9/2026» to «05/09/2026», «012 345…» to figures
without spaces, «1» or «nu» to the option it names. What does not fit stays as it was typed, for
the check to refuse it in its own words. Names and free text are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from knowledge_base.forms.model import Entry, FieldType
from knowledge_base.text import fold, normalise

__all__ = ["as_written", "read_option"]

_DATE = re.compile(
    r"(?:ngay\s+|mung\s+)?(\d{1,2})(?:\s*[/.\-]\s*|\s+thang\s+|\s+)(\d{1,2})"
    r"(?:\s*[/.\-]\s*|\s+nam\s+|\s+)(\d{4})"
)
_RUN_TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4})")
_POLITE = re.compile(r"\s+(?:a|nhe|nha|day|roi|thoi)$")
_WORD = re.compile(r"[a-z0-9]+")
_COUNTED = re.compile(r"(\d{1,4})\s+(?:ban|cai|to|nguoi|ban sao)")
_NAME_LEAD = re.compile(
    r"(?:(?:họ\s+(?:và\s+)?)?tên(?:\s+\w+){0,3}\s+là|tôi\s+là)\s+(?=\S+\s)", re.I
)


def as_written(entry: Entry, text: str) -> str:
    """`text` in the shape that an entry of this type wants, or as it is."""
    shape = _SHAPES.get(entry.type)
    return shape(entry, text.strip()) if shape else text.strip()


def read_option(options: Sequence[str], text: str) -> str | None:
    """The one option that a reply names: by number, in full, or by words that no other has."""
    plain = _plain(text)
    if plain.isdecimal() and len(plain) <= 2:
        number = int(plain)
        return options[number - 1] if 1 <= number <= len(options) else None
    folded = {option: _plain(option) for option in options}
    for option, name in folded.items():
        if plain == name:
            return option
    if len(plain) < 3 or not _WORD.search(plain):
        return None
    words = set(_WORD.findall(plain))
    near = [option for option, name in folded.items() if words <= set(_WORD.findall(name))]
    return near[0] if len(near) == 1 else None


def _plain(text: str) -> str:
    plain = fold(normalise(text)).strip(" .,;:!")
    return _POLITE.sub("", plain).removeprefix("vang ").strip(" .,")


def _date(_: Entry, text: str) -> str:
    plain = _plain(text)
    match = _DATE.fullmatch(plain) or _RUN_TOGETHER.fullmatch(plain)
    if not match:
        return text
    day, month, year = (int(part) for part in match.groups())
    return f"{day:02}/{month:02}/{year}"


def _figures(_: Entry, text: str) -> str:
    joined = re.sub(r"[\s.\-]", "", text)
    return joined if re.fullmatch(r"[0-9]+", joined) else text


def _phone(_: Entry, text: str) -> str:
    joined = re.sub(r"[\s.\-()]", "", text)
    if not re.fullmatch(r"\+?[0-9]+", joined):
        return text
    return re.sub(r"^\+?840?(?=[0-9]{9}$)", "0", joined)


def _option(entry: Entry, text: str) -> str:
    return read_option(entry.options, text) or text


def _number(_: Entry, text: str) -> str:
    match = _COUNTED.fullmatch(_plain(text))
    return match[1] if match else text


def _name(_: Entry, text: str) -> str:
    return _NAME_LEAD.sub("", text, count=1) if _NAME_LEAD.match(text) else text


_SHAPES: dict[FieldType, Callable[[Entry, str], str]] = {
    FieldType.DATE: _date,
    FieldType.IDENTITY_NUMBER: _figures,
    FieldType.PHONE: _phone,
    FieldType.CHOICE: _option,
    FieldType.NUMBER: _number,
    FieldType.NAME: _name,
}
