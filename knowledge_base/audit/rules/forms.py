"""A02, A09, A13: forms that are asked for but not attached, misnumbered, or without an example.

A02 and A09: Nghị định 63/2010/NĐ-CP, article 8.2 point i. A13: the province asked in July 2020 that
every form have a worked example.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from knowledge_base.audit.finding import Fault, RuleId
from knowledge_base.audit.record_text import excerpt
from knowledge_base.audit.worked_examples import WorkedExample
from knowledge_base.procedure import Procedure, RequirementGroup
from knowledge_base.text import fold

__all__ = ["MisnumberedForm", "MissingForm", "NoWorkedExample"]

_BY_FORM = re.compile(
    r"\b[Tt]heo (?:đúng )?(?:các )?(?:biểu )?[Mm]ẫu\b"
    r"(?! hộ tịch điện tử| (?:điện tử )?trên [Hh]ệ thống)"
    r"|\b[Mm]ẫu (?:biểu )?số\s*\w"
    r"|\bMẫu (?:[A-Z]{2}|\d)|\bmẫu (?:[A-Z]{2}[A-Z-]*\d|\d{1,2}[a-z]?/)"
)
# Names are glued: «Mẫu số 1.docxMẫu số 2.docx».
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|rar|zip|jpe?g|png|rtf|odt)", re.I)
# Forms that others issue or fill: another country's, the postal company's, a certificate's.
_OTHERS_FORM = re.compile(
    r"^\W*(?:\d+[.)]|[a-zđ]\))?\W*"
    r"(?:bản (?:sao|chụp)|giấy (?:chứng nhận|phép)|chứng chỉ|quyết định)"
    r"|^\W*(?:(?:văn bản|giấy|phiếu|bản) )?xác nhận của\b|\bđược [^,;.]{5,60} cấp theo mẫu"
    r"|nước ngoài quy định|theo mẫu (?:của (?:nước|quốc gia|tổ chức quốc tế)|do doanh nghiệp)",
    re.I,
)


class MissingForm:
    """Reports a procedure that wants papers «theo mẫu» and attaches no file at all."""

    id = RuleId.A02

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield one fault with the first such paper and how many there are."""
        rows = [row for row in record.requirements if row.group is not RequirementGroup.NOTE]
        attached = record.forms or any(row.form is not None for row in record.requirements)
        if attached or any(_FILE.search(row.name) for row in record.requirements):
            return
        if _FILE.search(record.raw.get("thanh_phan_ho_so", "")):
            return
        own = [row.name for row in rows if not _OTHERS_FORM.search(row.name)]
        wanting = [(name, match) for name in own if (match := _BY_FORM.search(name))]
        if wanting:
            name, match = wanting[0]
            text = excerpt(name, *match.span(), around=130)
            yield Fault("no_form", "requirements", text, {"count": str(len(wanting))})


_NUMBERINGS = (
    ("mẫu số", re.compile(r"mau(?:[ _.-]*(?:bieu )?so)?[ _.-]*(\d{1,3}(?:[a-z](?![a-z]))?)(?!\d)")),
    (
        "phụ lục",
        re.compile(r"(?:phu luc|\bpl)(?:[ _.-]*so)?[ _.-]*(\d{1,3}|[ivx]{1,5})(?![a-z\d])"),
    ),
    ("mẫu", re.compile(r"(?<![a-z\d])((?:ct|tk|na|dc|cc|bk|pc|hl|x)\d{2,3}[a-z]?)(?![a-z\d])")),
)
_LIST = re.compile(r"(?<=\d|[ivx])\s*(?:/|,|va|hoac)\s*(\d{1,3}|[ivx]{1,5})(?![a-z\d])")
# The number of a file stands near the end of its name.
_TAIL = 45
_ROMAN = {"i": 1, "v": 5, "x": 10}


class MisnumberedForm:
    """Reports a paper whose text cites one number of a form and whose files bear only others."""

    id = RuleId.A09

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield a fault for each such paper."""
        for row in record.requirements:
            if row.form is None or row.form.file is None:
                continue
            whole = row.name if row.name.endswith(row.form.file) else row.name + row.form.file
            for kind, pattern in _NUMBERINGS:
                cited, attached = _numbers(whole, pattern)
                if cited and attached and not cited & attached:
                    values = {
                        "kind": kind,
                        "cited": ", ".join(sorted(cited)),
                        "attached": ", ".join(sorted(attached)),
                    }
                    text = excerpt(whole, len(whole), None, around=200)
                    yield Fault("other_number", "forms", text, values)


def _numbers(whole: str, pattern: re.Pattern[str]) -> tuple[set[str], set[str]]:
    """The numbers that the text cites and those that its files bear.

    Text and first file are glued («…Mẫu số 09 Phụ lục IMẫu số 05.docx»): of the numbers before the
    first file ending the last is the file's, so at least two are needed.
    """
    pieces = [fold(piece.lower()) for piece in _FILE.split(whole)]
    head, others = pieces[0], pieces[1:-1]
    found = list(pattern.finditer(head))
    if len(found) < 2 or len(head) - found[-1].end() > _TAIL:
        return set(), set()
    cited = {_value(match[1]) for match in found[:-1]}
    for match in found[:-1]:
        cited |= {_value(more[1]) for more in _LIST.finditer(head[match.start() : match.end() + 8])}
    attached = {_value(found[-1][1])}
    attached |= {_value(match[1]) for piece in others for match in pattern.finditer(piece)}
    return cited, attached


def _value(number: str) -> str:
    """Make «02», «2» and «II» one number."""
    if number.strip("ivx"):
        return number.lstrip("0")
    digits = [_ROMAN[letter] for letter in number]
    signed = [-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True)]
    return str(sum(signed))


class NoWorkedExample:
    """Counts the papers of a procedure that come with a form without a worked example."""

    id = RuleId.A13

    def __init__(self, examples: Collection[WorkedExample]) -> None:
        """Take the forms that have one."""
        self._examples = examples

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield one fault a procedure, with the first such paper and how many there are."""
        # The importer cuts a file name at a full stop; the row says what it is for.
        papers = [
            (f"{row.name} | {row.form.name}", row.form.number)
            for row in record.requirements
            if row.form is not None
        ]
        named = papers or [(form.name, form.number) for form in record.forms]
        without = [words for words, number in named if not self._has(record.code, words, number)]
        if without:
            text = excerpt(without[0], 0, 0, around=200)
            yield Fault("no_example", "forms", text, {"count": str(len(without))})

    def _has(self, code: str, words: str, number: str | None) -> bool:
        return any(example.serves(code, words, number) for example in self._examples)
