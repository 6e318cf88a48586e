"""Take apart the tables of the national export, which arrive flattened into one string.

The portal's cells are glued without a separator («Hình thức nộpThời gianPhí, lệ phíMô tảTrực
tiếp5 Ngày làm việcMiễn phí…»). Every function returns what it could read and the text that it
could not, word for word: nothing is dropped and nothing is shortened.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge_base.procedure import (
    Channel,
    ChannelKind,
    FormReference,
    LegalDocument,
    ProcessingTime,
    Requirement,
    RequirementGroup,
    Result,
    TimeUnit,
)

__all__ = ["read_channels", "read_legal_basis", "read_requirements", "read_results"]

NOTHING = "Không có thông tin"

_CHANNELS = {
    "Trực tuyến": ChannelKind.ONLINE,
    "Dịch vụ bưu chính": ChannelKind.POST,
    "Trực tiếp": ChannelKind.COUNTER,
}
_UNITS = {
    "Ngày làm việc": TimeUnit.WORKING_DAY,
    "Ngày": TimeUnit.DAY,
    "Giờ": TimeUnit.HOUR,
    "Tháng": TimeUnit.MONTH,
}
_CHANNEL_HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_NO_TIME = (
    rf"{NOTHING}|Không phải trả kết quả cho người nộp thuế|Không quy định"
    r"|Hệ thống giải quyết thủ tục hành chính(?=[^\n]*?(?:Miễn phí|Không có))|Không"
)
_ROW = re.compile(rf"({'|'.join(_CHANNELS)})\s*(?=\d|(?:{_NO_TIME}))")
_TIME = re.compile(
    rf"(?:(?P<none>{_NO_TIME})|(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>{'|'.join(_UNITS)})?)\s*"
)
_AMOUNT = r"\d[\d.,]*\s*(?:VNĐ|Việt Nam Đồng|USD)"
_FEE_HEAD = re.compile(rf"(?:Miễn phí|{NOTHING}|{_AMOUNT})")


class _Amount(NamedTuple):
    quantity: str
    rest: str


def read_channels(text: str) -> tuple[list[Channel], str]:
    """Return the rows of «Cách thức thực hiện» and what could not be read.

    The fee keeps its headline and every bracket behind it word for word, so that no exemption is
    lost; the description of the row becomes the note.
    """
    if not text.startswith(_CHANNEL_HEAD):
        return [], "" if text in ("", NOTHING) else text
    parts = _ROW.split(text[len(_CHANNEL_HEAD) :])
    channels: list[Channel] = []
    unread = [parts[0]] if parts[0].strip() else []
    for kind, row in zip(parts[1::2], parts[2::2], strict=True):
        channel = _read_channel(_CHANNELS[kind], row)
        if channel is None:
            unread.append(kind + row)
        else:
            channels.append(channel)
    return channels, "\n".join(unread)


def _read_channel(kind: ChannelKind, row: str) -> Channel | None:
    match = _TIME.match(row)
    if match is None:
        return None
    rest = row[match.end() :]
    quantity = match["number"]
    if quantity and not match["unit"] and rest.startswith(("VNĐ", "Việt Nam Đồng", "USD")):
        # «1100 VNĐ»: a limit without a unit glued to an amount; the bracket may tell them apart.
        split = _split_glued(quantity, rest)
        if split is None:
            return None
        quantity, rest = split
    fee, note = _split_fee(rest)
    time_note = match["none"] if match["none"] and match["none"] != NOTHING else None
    return Channel(
        channel=kind,
        time=ProcessingTime(
            quantity=_positive(quantity),
            unit=_UNITS.get(match["unit"] or ""),
            note=time_note,
        ),
        fee=fee,
        note=note or None,
    )


def _positive(number: str | None) -> float | None:
    """A published quantity, or None where the record says 0 or nothing."""
    quantity = float(number.replace(",", ".")) if number else 0.0
    return quantity if quantity > 0 else None


def _split_glued(digits: str, rest: str) -> _Amount | None:
    bracket = re.sub(r"[.,]", "", rest)
    for cut in (1, 2):
        amount = digits[cut:]
        if amount and amount[0] != "0" and re.search(rf"\b{amount}(?:000)?(?!\d)", bracket):
            return _Amount(digits[:cut], f"{amount} {rest}")
    return None


def _split_fee(text: str) -> tuple[str | None, str]:
    """Split «headline(bracket)(bracket)description» into the whole fee and the description."""
    end = 0
    while match := _FEE_HEAD.match(text, end):
        end = match.end()
        while end < len(text) and text[end] == "(":
            closed = _close(text, end)
            if closed is None:
                # An unclosed bracket: everything behind it belongs to the fee.
                return text.strip() or None, ""
            end = closed
    fee = text[:end].strip()
    return (None if fee in ("", NOTHING) else fee), text[end:].strip()


def _close(text: str, start: int) -> int | None:
    """Return the offset behind the bracket that closes the one at `start`."""
    depth = 0
    for offset in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[offset], 0)
        if depth == 0:
            return offset + 1
    return None


_REQUIREMENT_HEAD = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_COUNT = re.compile(r"(?<=\S)(?<![\d(,])(\d{1,3}) bản chính(?:, ?(\d{1,3}) bản sao)?")
_COPIES_ONLY = re.compile(r"(?<=\S)(?<![\d(,])(\d{1,3}) bản sao(?=$|[^\s])")
_FORM_FILE = re.compile(r"[^.;:)\n]{1,120}\.(?:docx?|pdf|xlsx?|rar|zip|jpe?g|png|rtf)$", re.I)
_NUMBER_WORD = re.compile(r"(?:số|mẫu|lục|điều|khoản|biểu|mục|bảng|năm)\s*$", re.I)
_PAPER = re.compile(
    r"^\W*(?:\d+[.)]|[a-zđ]\))?\s*(?:bản|đơn|tờ khai|giấy|hộ chiếu|văn bản|phiếu|ảnh|danh sách"
    r"|báo cáo|hợp đồng|quyết định|chứng|hồ sơ|tài liệu|bảng|sơ đồ|biên bản|thẻ|sổ|công văn|đề án"
    r"|phương án|kế hoạch|thông báo|hóa đơn|mẫu)",
    re.I,
)


def read_requirements(text: str) -> tuple[list[Requirement], str]:
    """Return the papers of «Thành phần hồ sơ» and what could not be read.

    A heading before a table becomes the group (phải nộp, phải xuất trình, lưu ý) or, word for
    word, the case. A row counted «0 bản chính» that names no paper is an explanation (`note`).
    """
    parts = text.split(_REQUIREMENT_HEAD)
    if len(parts) == 1:
        return [], "" if text in ("", NOTHING) else text
    requirements: list[Requirement] = []
    unread: list[str] = []
    heading = parts[0].strip()
    for position, table in enumerate(parts[1:], start=1):
        items, tail = _read_rows(table)
        requirements += [_requirement(item, heading) for item in items]
        if position < len(parts) - 1:
            heading = tail
        elif tail:
            unread.append(tail)
        if position < len(parts) - 1 and not items and tail:
            # A table without a counted row: its whole text would pass for a heading.
            unread.append(tail)
            heading = ""
    return requirements, "\n".join(unread)


class _Row(NamedTuple):
    text: str
    originals: int | None
    copies: int | None


def _read_rows(table: str) -> tuple[list[_Row], str]:
    rows: list[_Row] = []
    start = 0
    for match in sorted(
        [*_COUNT.finditer(table), *_COPIES_ONLY.finditer(table)], key=lambda m: m.start()
    ):
        if match.start() < start:
            continue
        text, digits = table[start : match.start()], match[1]
        if len(digits) > 1 and _NUMBER_WORD.search(text):
            # «Mẫu số 11 bản chính»: the form number and the count are glued.
            text, digits = text + digits[:-1], digits[-1]
        copies_only = match.re is _COPIES_ONLY
        originals = None if copies_only else int(digits)
        copies = int(digits) if copies_only else (int(match[2]) if match[2] else None)
        if text.strip():
            rows.append(_Row(text.strip(), originals, copies))
        start = match.end()
    return rows, table[start:].strip()


def _requirement(row: _Row, heading: str) -> Requirement:
    text, form = _split_form(row.text)
    lowered = heading.lower()
    counted = bool(row.originals or row.copies)
    names_paper = bool(_PAPER.match(text)) and len(text) < 200
    if not counted and ("lưu ý" in lowered or not names_paper):
        group = RequirementGroup.NOTE
    elif "xuất trình" in lowered and "phải nộp" not in lowered:
        group = RequirementGroup.SHOW
    else:
        group = RequirementGroup.SUBMIT
    case = heading.strip("*- :\n") or None
    return Requirement(
        name=text, group=group, case=case, originals=row.originals, copies=row.copies, form=form
    )


def _split_form(text: str) -> tuple[str, FormReference | None]:
    match = _FORM_FILE.search(text)
    if match is None:
        return text, None
    file = match[0].strip()
    name = text[: match.start()].strip() or text
    return name, FormReference(name=file, file=file)


_RESULT_CODE = re.compile(r"Mã:\s*([\w.\-]+)")


def read_results(text: str) -> tuple[list[Result], str]:
    """Return the results and their national codes, and the text behind the last code."""
    if text in ("", NOTHING):
        return [], ""
    # The code column may be glued to the next name: «KQ.G15.000031Giấy …».
    pieces = re.split(r"Mã:\s*((?:KQ\.[A-Z]\d{2}\.\d{6})|(?:[\dG.\-]*KQ[\d.\-]*\d))", text)
    results = [
        Result(name=name.strip(), code=code)
        for name, code in zip(pieces[0::2], pieces[1::2], strict=False)
        if name.strip()
    ]
    tail = pieces[-1].strip()
    if not results and tail:
        return [Result(name=_RESULT_CODE.sub("", tail).strip() or tail)], ""
    return results, tail


_LEGAL_HEAD = "Tên văn bản pháp lýMã văn bản"
_NUMBER = (
    r"\d+(?:\.\d+)?/(?:\d{4}/)?(?:QH\d{1,2}|UBTVQH\d{1,2}|PL-UBTVQH\d{1,2}"
    r"|[A-ZĐ]{2,5}(?:-[A-ZĐƯ]{2,12})*-?(?:TTg)?)"
)
_NUMBER_CELL = re.compile(
    r"(?<=\S)(?:(?:Luật|Bộ luật|Thông tư|Nghị định|Nghị quyết|Quyết định|Pháp lệnh)?"
    r"\s?[Ss]ố:?\s*)?"
    rf"(?P<number>{_NUMBER})\s*(?=[A-ZĐÀ-Ỹ\"“]|$|\s|\d)"
)


def read_legal_basis(text: str) -> tuple[list[LegalDocument], str]:
    """Return the documents of «Căn cứ pháp lý» (number, title) and what could not be read."""
    if not text.startswith(_LEGAL_HEAD):
        return [], "" if text in ("", NOTHING) else text
    body = text[len(_LEGAL_HEAD) :].strip()
    documents: list[LegalDocument] = []
    start = 0
    for match in _NUMBER_CELL.finditer(body):
        title = body[start : match.start()].strip()
        documents.append(LegalDocument(number=match["number"], title=title or None))
        start = match.end("number")
    tail = body[start:].strip()
    if re.fullmatch(_NUMBER, tail):
        return [*documents, LegalDocument(number=tail)], ""
    return documents, tail
