"""Take apart the tables of the national export, which arrive flattened into one string.

The portal's cells are glued without a separator («Hình thức nộpThời gianPhí, lệ phíMô tảTrực
tiếp5 Ngày làm việcMiễn phí…»). Every function returns what it could read and the text that it
could not, word for word: nothing is dropped and nothing is shortened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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

_CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_SMALL = _CAPITAL.lower()

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
# A count is glued to the name before it («…căn cước1 bản chính»); «(01 bản chính)» and «nộp 01 bản
# chính» are words of the name.
_COUNT = re.compile(r"(?<=[^\s\d(])(?<!\d[,.x/])(\d{1,3}) bản chính(?:, ?(\d{1,3}) bản sao)?")
# A name that ends in a number: «Mẫu số 11 bản chính» is form 1, «01/01/20261 bản chính» a date.
_COUNT_AFTER_NUMBER = re.compile(
    r"(?:\d[.x/]\d*|(?<=(?:.số|mẫu|Mẫu|lục|iều|oản|iểu|mục|ảng|năm) )\d{1,2})(\d) bản chính"
    r"(?:, ?(\d{1,3}) bản sao)?(?=$|[^\s.,;:)])"
)
_COPIES_ONLY = re.compile(r"(?<=\S)(?<![\d(,])(\d{1,3}) bản sao(?=$|[^\s])")
_FILE_ENDING = re.compile(r"\.(?:docx?|pdf|xlsx?|rar|zip|jpe?g|png|rtf)$", re.I)
_LONGEST_FILE_NAME = 120
# Where the name of a file is glued to the name of the paper: «…Bộ Công anMẫu CT01.doc»,
# «…TT-BNNMTMẫu số 01.docx», «…hết hạnmau so 20.doc», «…(NA8)9-Mẫu NA8.doc».
_GLUED_FILE = re.compile(
    rf"(?<=[{_SMALL}\d])(?=[{_CAPITAL}])|(?<=[A-ZĐ])(?=[{_CAPITAL}][{_SMALL}])"
    r"|(?<=[^\W_])(?=(?:mẫu|mau)[ \d])|(?<=[;:)”\"])(?=\w)|(?<=[^\d\s]\.)(?=\w)"
)
_PERHAPS_GLUED_FILE = re.compile(rf"(?<=[{_SMALL}])(?=\d)|(?<=\d\.)(?=[{_CAPITAL}])")
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
        if not items:
            # A table without a counted row: its text would pass for a heading of the next.
            unread += [text for text in (heading, tail) if text]
            heading = ""
        elif position < len(parts) - 1:
            heading = tail
        elif tail:
            unread.append(tail)
    return requirements, "\n".join(unread)


class _Row(NamedTuple):
    text: str
    originals: int | None
    copies: int | None


def _read_rows(table: str) -> tuple[list[_Row], str]:
    rows: list[_Row] = []
    start = 0
    found = (
        *_COUNT.finditer(table),
        *_COUNT_AFTER_NUMBER.finditer(table),
        *_COPIES_ONLY.finditer(table),
    )
    for match in sorted(found, key=lambda m: m.start(1)):
        if match.start(1) < start:
            continue
        text, count = table[start : match.start(1)].strip(), int(match[1])
        if match.re is _COPIES_ONLY:
            row = _Row(text, None, count)
        else:
            row = _Row(text, count, int(match[2]) if match[2] else None)
        if text:
            rows.append(row)
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
    """Tell the file of a form from the name of the paper; where they cannot be told, keep both."""
    ending = _FILE_ENDING.search(text)
    if ending is None:
        return text, None
    if " " not in text:
        return text, FormReference(name=text, file=text)
    words = list(re.finditer(r"\S+", text[: ending.start()]))
    for pattern in (_GLUED_FILE, _PERHAPS_GLUED_FILE):
        for word in reversed(words):
            glued = pattern.search(text, word.start(), word.end() + 1)
            file = text[glued.start() :] if glued else ""
            if glued and len(file) <= _LONGEST_FILE_NAME:
                return text[: glued.start()].strip(), FormReference(name=file, file=file)
            if glued:
                break
    return text, None


_OTHER_CODE = re.compile(r"\s*Mã:\s*([A-Za-z0-9_.\-]*\d)")


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
    if results or not tail:
        return results, tail
    match = _OTHER_CODE.search(tail)
    if match is None or match.start() == 0:
        return [Result(name=tail)], ""
    return [Result(name=tail[: match.start()], code=match[1])], tail[match.end() :].strip()


_LEGAL_HEAD = "Tên văn bản pháp lýMã văn bản"
_NUMBER = re.compile(
    r"(?P<serial>\d+(?:\.\d{1,2}|\.?[a-zđ])?)/(?:\d{4}/)?(?P<kind>"
    r"(?:[A-ZĐ]{2}-)?(?:UBTV)?QH(?:1\d|\d)"
    r"|[A-ZĐ]{1,5}(?:(?:/|- ?)(?:TTg|[A-ZĐƯ]{2,}))*(?:-[A-Z]\d{2}(?![\d/])|\([A-Z]\d{2}\))?)"
)
# «…năm 201102/2011/QH13» is the year 2011 and the number 02/2011/QH13.
_GLUED_YEAR = re.compile(r"(?:19|20)\d\d(?:\.(?=\d)|(?=\d))")
# Who issues documents: tells where a number ends and the next title begins («NĐ-CPQUY ĐỊNH»).
_ISSUER = re.compile(
    r"BLĐTBXH|BNNPTNT|VKSNDTC|BVHTTDL|TANDTC|BNNMT|BTNMT|BGTVT|BKHĐT|BKHCN|BTTTT|BGDĐT|NHNN|BHXH"
    r"|UBND|HĐND|VPQH|VPCP|TTCP|BTC|BTP|BCA|BXD|BNN|BNV|BQP|BNG|BYT|BCT|CTN|TTg|TTG|CP"
)
# Words of the number's cell: «Luật Thủy sảnLuật số 18/2017/QH14», «Luật Nhà ởSố: 27/2023/QH15».
_KINDS = "Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên tịch)?"
_NUMBER_LABEL = re.compile(rf"(?:(?<=\S)(?:{_KINDS}))?(?:\s*[Ss]ố:?)?\s*$")
_GLUED_LABEL = re.compile(rf"(?<=[^\s\d(“\"])(?:(?:{_KINDS})\s*(?:[Ss]ố:?)?|[Ss]ố:?)\s*$")
_WITHIN_TITLE = re.compile(rf"(?:^|[(“\"/–-]|\b(?:{_KINDS}|số:?|và|hoặc|của|theo)\s*|,\s*)$", re.I)
_TITLE_BEGINS = re.compile(rf"(\s?)(?=$|[{_CAPITAL}“\"])")


class _Number(NamedTuple):
    start: int
    end: int


def read_legal_basis(text: str) -> tuple[list[LegalDocument], str]:
    """Return the documents of «Căn cứ pháp lý» (number, title) and what could not be read.

    A title may name numbers itself («Thông tư 16/2024/TT-BCA16/2024/TT-BCA»): the number of a row
    is one that is glued to the title before it or to the title behind it.
    """
    if not text.startswith(_LEGAL_HEAD):
        return [], "" if text in ("", NOTHING) else text
    body = text[len(_LEGAL_HEAD) :].strip()
    numbers = list(_numbers(body))
    starts = {number.start for number in numbers}
    documents: list[LegalDocument] = []
    start = 0
    for number in numbers:
        before, behind = body[start : number.start], body[number.end :]
        within = _WITHIN_TITLE.search(before) is not None
        glued = bool(_GLUED_LABEL.search(before)) or not (within or before[-1:].isspace())
        begins = _TITLE_BEGINS.match(behind)
        ends_row = begins is not None and not (within and begins[1])
        if not glued and (number.end in starts or not ends_row):
            continue
        title = _NUMBER_LABEL.sub("", before).strip()
        documents.append(LegalDocument(number=body[number.start : number.end], title=title or None))
        start = number.end
    return documents, body[start:].strip()


def _numbers(body: str) -> Iterator[_Number]:
    """Every number of a document in `body`, those within titles as well."""
    position = 0
    while match := _NUMBER.search(body, position):
        position = match.start("kind") + len(_issued(match["kind"], body[match.end() :]))
        year = _GLUED_YEAR.match(match["serial"])
        yield _Number(match.start() + (year.end() if year else 0), position)


def _issued(kind: str, rest: str) -> str:
    """Cut off `kind` what belongs to the next title, which is glued to it."""
    head = kind[: max(kind.rfind(mark) for mark in "-/ ") + 1]
    issuer = kind[len(head) :]
    if not issuer.isalpha():
        return kind
    known = _ISSUER.match(issuer)
    if known is not None:
        return head + known[0]
    return kind[:-1] if rest[:1].islower() and len(issuer) > 1 else kind
