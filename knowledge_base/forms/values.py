"""The check of one value by the type of its field; each says what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from knowledge_base.forms.addresses import check_new_address
from knowledge_base.forms.cleaning import clean_line
from knowledge_base.forms.messages import ValueRefusedError, message
from knowledge_base.forms.model import AddressKind, Entry, FieldType

__all__ = ["check_line", "read_date"]

_MAX_LENGTH = {FieldType.NAME: 100, FieldType.EMAIL: 254, FieldType.ADDRESS: 250}
_DEFAULT_MAX_LENGTH = 300
_EARLIEST_YEAR = 1890
_LATEST_YEAR = 2100
_DATE = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def check_line(entry: Entry, text: str, today: date) -> str:
    """The value as it will be printed.

    Raises:
        ValueRefusedError: with what to write instead.
    """
    limit = entry.rules.max_length or _MAX_LENGTH.get(entry.type, _DEFAULT_MAX_LENGTH)
    if len(text) > 4 * limit:
        raise ValueRefusedError(message("too_long", max_length=limit, length=len(text)))
    line = clean_line(text)
    if len(line) > limit:
        raise ValueRefusedError(message("too_long", max_length=limit, length=len(line)))
    check = _CHECKS.get(entry.type)
    if line and check:
        line = check(entry, line, today)
    if line and entry.rules.pattern and not re.fullmatch(entry.rules.pattern, line):
        raise ValueRefusedError(message("pattern", help=entry.rules.pattern_help or ""))
    return line


def read_date(text: str) -> date | None:
    """The day that dd/mm/yyyy names, or None."""
    match = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text)
    if not match:
        return None
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _name(_: Entry, line: str, __: date) -> str:
    strange = [sign for sign in line if not _of_name(sign)]
    if strange:
        raise ValueRefusedError(message("name_signs", signs="".join(dict.fromkeys(strange))[:10]))
    if " " not in line:
        raise ValueRefusedError(message("name_single"))
    return line


def _of_name(sign: str) -> bool:
    return sign in " -'’." or unicodedata.category(sign)[0] in "LM"


def _date(entry: Entry, line: str, today: date) -> str:
    if entry.rules.year_allowed and re.fullmatch(r"\d{4}", line):
        _check_year(int(line), today.year if entry.rules.past else _LATEST_YEAR)
        return line
    match = _DATE.fullmatch(line)
    if not match:
        name = "date_year_shape" if entry.rules.year_allowed else "date_shape"
        raise ValueRefusedError(message(name))
    day, month, year = match.groups()
    written = f"{int(day):02}/{int(month):02}/{year}"
    read = read_date(written)
    if read is None:
        raise ValueRefusedError(message("date_impossible", date=written))
    if written != line:
        raise ValueRefusedError(message("date_shape_fixed", fixed=written))
    _check_year(read.year, _LATEST_YEAR)
    if entry.rules.past and read > today:
        raise ValueRefusedError(message("date_future", date=written))
    return line


def _check_year(year: int, latest: int) -> None:
    if not _EARLIEST_YEAR <= year <= latest:
        raise ValueRefusedError(message("date_far", year=year))


def _identity_number(_: Entry, line: str, __: date) -> str:
    if not re.fullmatch(r"[0-9]+", line):
        raise ValueRefusedError(message("identity_signs"))
    if len(line) == 9:
        raise ValueRefusedError(message("identity_old"))
    if len(line) != 12:
        raise ValueRefusedError(message("identity_length", length=len(line)))
    if line[0] != "0":
        raise ValueRefusedError(message("identity_start"))
    return line


def _phone(_: Entry, line: str, __: date) -> str:
    if not re.fullmatch(r"0[0-9]{9}", line):
        raise ValueRefusedError(message("phone"))
    return line


def _email(_: Entry, line: str, __: date) -> str:
    if not _EMAIL.fullmatch(line):
        raise ValueRefusedError(message("email"))
    return line


def _address(entry: Entry, line: str, _: date) -> str:
    if entry.rules.address == AddressKind.NEW:
        check_new_address(line)
    return line


def _choice(entry: Entry, line: str, _: date) -> str:
    for option in entry.options:
        if option.casefold() == line.casefold():
            return option
    raise ValueRefusedError(message("choice", options="; ".join(entry.options)))


def _number(entry: Entry, line: str, _: date) -> str:
    if not re.fullmatch(r"\d{1,12}(,\d{1,4})?", line, re.ASCII):
        raise ValueRefusedError(message("number"))
    _check_range(entry, float(line.replace(",", ".")))
    return line


def _money(entry: Entry, line: str, _: date) -> str:
    figures = re.sub(r"\s*(đồng|đ|VNĐ|VND)$", "", line, flags=re.IGNORECASE)
    if not re.fullmatch(r"\d{1,3}(\.\d{3}){0,5}|\d{1,16}", figures, re.ASCII):
        raise ValueRefusedError(message("money"))
    amount = int(figures.replace(".", ""))
    _check_range(entry, amount)
    return f"{amount:,}".replace(",", ".")


def _check_range(entry: Entry, number: float) -> None:
    rules = entry.rules
    if rules.minimum is not None and number < rules.minimum:
        raise ValueRefusedError(message("number_minimum", minimum=rules.minimum))
    if rules.maximum is not None and number > rules.maximum:
        raise ValueRefusedError(message("number_maximum", maximum=rules.maximum))


_CHECKS: dict[FieldType, Callable[[Entry, str, date], str]] = {
    FieldType.NAME: _name,
    FieldType.DATE: _date,
    FieldType.IDENTITY_NUMBER: _identity_number,
    FieldType.PHONE: _phone,
    FieldType.EMAIL: _email,
    FieldType.ADDRESS: _address,
    FieldType.CHOICE: _choice,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
}
