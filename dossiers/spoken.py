"""Codes as they are said: «hát không năm chấm mười hai gạch…» becomes «h05.12-…».

Made for dossier codes only. Words that are also ordinary words («không», «năm», «ba») become
digits too, so the result is good for finding a code in it and for nothing else.
"""

from __future__ import annotations

import re

__all__ = ["write_out", "write_out_joined"]

_DIGITS = {
    "không": "0", "khong": "0", "hông": "0",
    "một": "1", "mốt": "1", "mot": "1",
    "hai": "2",
    "ba": "3",
    "bốn": "4", "bon": "4", "tư": "4", "tu": "4",
    "năm": "5", "nam": "5", "lăm": "5", "lam": "5", "nhăm": "5",
    "sáu": "6", "sau": "6",
    "bảy": "7", "bẩy": "7", "bay": "7",
    "tám": "8", "tam": "8",
    "chín": "9", "chin": "9",
}  # fmt: skip
_SIGNS = {
    "gạch ngang": "-", "gach ngang": "-",
    "gạch nối": "-", "gach noi": "-",
    "gạch chéo": "-", "gach cheo": "-",
    "gạch dưới": "-", "gach duoi": "-",
    "dấu gạch": "-", "dau gach": "-",
    "dấu trừ": "-", "dau tru": "-",
    "dấu chấm": ".", "dau cham": ".",
    "gạch": "-", "gach": "-",
    "trừ": "-", "tru": "-",
    "xẹt": "-", "xuyệt": "-",
    "chấm": ".", "cham": ".",
    "hát": "h", "hat": "h", "hắt": "h",
    "giê": "g", "gờ": "g",
}  # fmt: skip
_TEN = ("mười", "muoi")
_TENS = "mươi"


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SIGN = re.compile(rf"\b(?:{_any_of(list(_SIGNS))})\b")
_NUMBER = rf"(?:{_any_of([*_DIGITS, *_TEN, _TENS])})"
_NUMBERS = re.compile(rf"\b{_NUMBER}(?:\s+{_NUMBER})*\b")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")


def write_out(text: str) -> str:
    """Return the lower-case NFC `text` with spoken signs and runs of digit words written out."""
    text = _SIGN.sub(lambda match: f" {_SIGNS[match[0]]} ", text)
    return _NUMBERS.sub(lambda match: _figures(match[0].split()), text)


def write_out_joined(text: str) -> str:
    """As `write_out`, and with the spaces between digits taken out («26 07 15» is «260715»)."""
    return _BETWEEN_DIGITS.sub("", write_out(text))


def _figures(words: list[str]) -> str:
    """Figures of a run of number words; «hai mươi lăm» is 25, «mười» is 10, «mười hai» is 12."""
    figures = ""
    for position, word in enumerate(words):
        units_follow = position + 1 < len(words) and words[position + 1] in _DIGITS
        if word in _TEN:
            figures += "1" if units_follow else "10"
        elif word == _TENS:
            figures += "" if units_follow else "0"
        else:
            figures += _DIGITS[word]
    return figures
