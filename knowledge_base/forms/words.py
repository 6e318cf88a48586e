"""Dates in Vietnamese words, as civil-status forms ask beside the figures."""

from __future__ import annotations

from datetime import date

__all__ = ["date_in_words", "number_in_words"]

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def number_in_words(number: int) -> str:
    """Read a number from 0 to 9999: 2026 is «hai nghìn không trăm hai mươi sáu».

    Raises:
        ValueError: the number is outside this range.
    """
    if not 0 <= number <= 9999:
        raise ValueError(f"number must be 0 to 9999, is {number}")
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    words: list[str] = []
    if thousands:
        words += [_DIGITS[thousands], "nghìn"]
    if hundreds or (thousands and rest):
        words += [_DIGITS[hundreds], "trăm"]
    if rest and rest < 10 and words:
        words.append("linh")
    if rest or not words:
        words += _below_hundred(rest)
    return " ".join(words)


def _below_hundred(number: int) -> list[str]:
    tens, unit = divmod(number, 10)
    if not tens:
        return [_DIGITS[unit]]
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if unit == 5:
        words.append("lăm")
    elif unit == 1 and tens > 1:
        words.append("mốt")
    elif unit == 4 and tens > 1:
        words.append("tư")
    elif unit:
        words.append(_DIGITS[unit])
    return words


def date_in_words(day: date) -> str:
    """Read a date: 15/09/2026 is «Ngày mười lăm tháng chín năm hai nghìn không trăm …»."""
    month = "tư" if day.month == 4 else number_in_words(day.month)
    return f"Ngày {number_in_words(day.day)} tháng {month} năm {number_in_words(day.year)}"
