"""The dossier code (mã số hồ sơ): read it from what a citizen typed or said.

Its shape, `<agency identifier>-<date of reception>-<serial>`, comes from Thông tư 03/2025/TT-VPCP;
the agency identifier from Quyết định 20/2020/QĐ-TTg, amended by Quyết định 09/2025/QĐ-TTg, and for
older files from QCVN 102:2016 (`000.00.07.H02`). All families are accepted. Nothing is looked up
here: a well-formed code may belong to no dossier.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dossiers.spoken import write_out, write_out_joined

__all__ = [
    "CodeHint",
    "DossierCode",
    "NumberKind",
    "code_hints",
    "find_codes",
    "identify_number",
    "parse_code",
]

_FIRST_DAY, _LAST_DAY = date(2017, 1, 1), date(2100, 1, 1)
_SEPARATOR = r"[ .\-]{1,3}"
_DIGIT = "[0-9OIL]"  # letters O, I and L are often typed for 0 and 1
_ROOT = rf"[GH] ?{_DIGIT}{{2}}"
_CODE = re.compile(
    rf"(?<![A-Z0-9])(?<!\d[.\-])"
    rf"(?P<agency>{_DIGIT}{{3}}(?:{_SEPARATOR}{_DIGIT}{{2,3}}){{1,3}}{_SEPARATOR}{_ROOT}"
    rf"|{_ROOT}(?:{_SEPARATOR}{_DIGIT}{{1,3}}){{0,4}}){_SEPARATOR}"
    rf"(?:(?P<date>{_DIGIT}{{8}}|{_DIGIT}{{6}}){_SEPARATOR}(?P<serial>{_DIGIT}{{3,8}})"
    rf"|(?P<glued>{_DIGIT}{{9,16}}))"
    rf"(?![A-Z0-9])(?!-\d{{14}})"  # a code followed by a moment is a payment reference
)
_LEAD_IN = re.compile(
    r"^\W*(?:(?:MA|SO)(?: SO)?(?: HO SO)?|HO SO(?: SO)?|MHS|SHS|SO BIEN NHAN)?\W*(?=[\w])"
)
_TRAIL = re.compile(r"\W+$")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－_/\\"), "-")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LOOK_ALIKE = str.maketrans("OIL", "011")
_FEWEST_DIGITS = 8
_LONGEST = 300  # a code spelled out digit by digit, with a lead-in, is shorter


class CodeHint(StrEnum):
    """What makes a well-formed code look mistyped, or belong to another system."""

    FUTURE_DATE = "future_date"
    OLDER_THAN_ITS_SHAPE = "older_than_its_shape"
    MINISTRY_SYSTEM = "ministry_system"


class NumberKind(StrEnum):
    """Another number that a citizen may type in place of a dossier code."""

    IDENTITY_NUMBER = "identity_number"
    PHONE_NUMBER = "phone_number"
    PROCEDURE_CODE = "procedure_code"
    PAYMENT_REFERENCE = "payment_reference"


@dataclass(frozen=True)
class DossierCode:
    """A well-formed code; `exact` is False where reading it took a correction.

    A code that is not exact should be shown to the citizen for confirmation.
    """

    code: str
    agency: str
    root: str
    date: date
    serial: str
    exact: bool

    def __str__(self) -> str:
        return self.code


def parse_code(text: str) -> DossierCode | None:
    """Read `text` as one dossier code, written or spoken; None where it is anything else."""
    if len(text) > _LONGEST:
        return None
    for variant in _variants(text):
        bare = _TRAIL.sub("", _LEAD_IN.sub("", variant, count=1))
        match = _CODE.fullmatch(bare)
        code = _read(match) if match else None
        if code:
            return _code(code, exact=text.strip() == "-".join(code))
    return None


def find_codes(text: str) -> list[DossierCode]:
    """Return the codes in a Vietnamese sentence, each once, in their order.

    A code that stands in `text` as it should be written is exact.
    """
    for variant in _variants(text):
        parts = dict.fromkeys(code for match in _CODE.finditer(variant) if (code := _read(match)))
        if parts:
            return [_code(code, exact=_stands_in("-".join(code), text)) for code in parts]
    return []


def code_hints(code: DossierCode, today: date) -> tuple[CodeHint, ...]:
    """Return what about `code` deserves a second look, given the date of `today`.

    A serial of six digits or more, or a root G, means that the file lives on a ministry's system
    (a habit of 2026, not a rule).
    """
    hints = []
    if code.date > today:
        hints.append(CodeHint.FUTURE_DATE)
    if code.agency.startswith(code.root) and code.date.year < 2020:
        hints.append(CodeHint.OLDER_THAN_ITS_SHAPE)  # this shape came with QĐ 20/2020/QĐ-TTg
    if code.root.startswith("G") or len(code.serial) >= 6:
        hints.append(CodeHint.MINISTRY_SYSTEM)
    return tuple(hints)


_PROCEDURE = re.compile(
    r"(?<![\w.\-])[1-4]\.\d{6}(?:\.\d{3}(?:\.\d{2}){2}\.[GH]\d{2})?(?![\w\-]|\.\d)"
)
_PAYMENT = re.compile(rf"(?<![A-Z0-9]){_ROOT}[\d.\-]*-\d{{6,8}}-\d{{3,8}}-\d{{14}}(?!\d)")
_LONG_NUMBER = re.compile(r"(?<![\w.\-])\+?\d(?:[ .\-]?\d){8,13}(?![.\-]?\w)")


def identify_number(text: str) -> NumberKind | None:
    """Tell which other number stands in `text`; None where there is none, or a dossier code.

    A word is not a number: only figures are looked at.
    """
    written = next(_variants(text))
    if _PAYMENT.search(written):
        return NumberKind.PAYMENT_REFERENCE
    if find_codes(text):
        return None
    if _PROCEDURE.search(written):
        return NumberKind.PROCEDURE_CODE
    for match in _LONG_NUMBER.finditer(written.replace("(", "").replace(")", "")):
        digits = re.sub(r"[ .\-]", "", match[0])
        if re.fullmatch(r"\d{12}", digits):
            return NumberKind.IDENTITY_NUMBER
        if re.fullmatch(r"0\d{9}|\+?84\d{9}", digits):
            return NumberKind.PHONE_NUMBER
    return None


def _variants(text: str) -> Iterator[str]:
    """Yield `text` as written, then as spoken, each in upper case without diacritics."""
    clean = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_DASHES)
    clean = " ".join(clean.split())
    yield _bare(clean)
    lower = unicodedata.normalize("NFC", clean.lower())
    yield _bare(write_out(lower))
    yield _bare(write_out_joined(lower))


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char)).upper()
    plain = " ".join(plain.replace(",", ".").split())
    return re.sub(r" ?([.\-]) ?", r"\1", plain)


def _read(match: re.Match[str]) -> tuple[str, str, str] | None:
    """Return agency, date and serial of a match, or None where its date cannot be."""
    if sum(char.isdigit() for char in match[0]) < _FEWEST_DIGITS:
        return None
    parts = {name: (part or "").translate(_LOOK_ALIKE) for name, part in match.groupdict().items()}
    agency = re.sub(r"[ .\-]+", ".", re.sub(r"([GH]) ", r"\1", parts["agency"]))
    if parts["date"]:
        day, serial = parts["date"], parts["serial"]
        return (agency, day, serial) if _date(day) else None
    for length in (6, 8):
        day, serial = parts["glued"][:length], parts["glued"][length:]
        if _date(day) and 3 <= len(serial) <= 8:
            return agency, day, serial
    return None


def _date(figures: str) -> date | None:
    form = "%y%m%d" if len(figures) == 6 else "%Y%m%d"
    try:
        day = datetime.strptime(figures, form).date()
    except ValueError:
        return None
    return day if _FIRST_DAY <= day <= _LAST_DAY else None


def _code(parts: tuple[str, str, str], *, exact: bool) -> DossierCode:
    agency, figures, serial = parts
    root = re.search(r"[GH]\d{2}", agency)
    day = _date(figures)
    assert root is not None and day is not None  # `_read` saw to both
    return DossierCode("-".join(parts), agency, root[0], day, serial, exact)


def _stands_in(code: str, text: str) -> bool:
    return re.search(rf"(?<![\w.\-]){re.escape(code)}(?!\w|[.\-]\w)", text) is not None
