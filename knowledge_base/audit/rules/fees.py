"""A04: the headline says «Miễn phí», the bracket behind it says that there is a fee.

Such a fee must be read together with its bracket, or the office must be asked (Luật Phí và lệ phí
97/2015/QH13; Nghị định 63/2010/NĐ-CP, article 8.2 point i). A bracket that only repeats that
nothing is charged, that frees some people, or that speaks of copies on request contradicts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_base.audit.finding import Fault, RuleId
from knowledge_base.audit.record_text import excerpt, one_line
from knowledge_base.procedure import Procedure

__all__ = ["FreeWithFee"]

_FREE = re.compile(r"^Miễn phí\s*\(")
_NO_CHARGE = re.compile(
    r"^\W*(?:lệ phí\W*|phí\W*)?(?:không|chưa (?:có )?quy định|miễn|đồng\s*$)", re.I
)
_ASIDE = re.compile(
    r"nếu có yêu cầu|miễn (?:phí|lệ phí)|được miễn|không (?:được )?(?:thu|quy định|phải nộp)", re.I
)
_AMOUNT = re.compile(
    r"(?<![\d/.])(?:[1-9]\d{0,2}(?:[.,]\d{3})+|[1-9]\d{3,})\s*(?:đồng|đ\b|vnđ|vnd|/|usd|\()"
    r"|\b[1-9]\d*(?:,\d+)?\s*(?:usd|đô la|%\s*(?:mức thu|mức phí|giá))",
    re.I,
)
_COUNCIL = re.compile(
    r"(?:hội đồng nhân dân|hđnd|ủy ban nhân dân|ubnd)[^.;]{0,90}(?:quy định|quyết định|ban hành)"
    r"|(?:quy định|quyết định|nghị quyết) của (?:hội đồng nhân dân|hđnd)",
    re.I,
)
_FEE_RULE = re.compile(
    r"(?<!chi )\b(?:phí|mức thu)\b(?! ngân hàng)[^.;]{0,120}\b(?:theo|quy định|áp dụng|thực hiện)\b"
    r"|\b(?:theo|quy định|áp dụng|thực hiện)\b[^.;]{0,120}(?<!chi )\b(?:phí|mức thu)\b",
    re.I,
)
# «khi xuất kho không thu; mức thu là 20.000 VNĐ»: the amount may be of the other case.
_PARTLY_FREE = re.compile(r"\bkhi [^.;,]{0,40}không thu\b", re.I)
# The circular that waives fees until the end of 2026 is a reason for «Miễn phí», not against it.
_WAIVER = re.compile(r"64/2025/TT-BTC|miễn một số khoản phí", re.I)


class FreeWithFee:
    """Reports a free headline with an amount, a council's rate or a fee rule in its bracket."""

    id = RuleId.A04

    def check(self, record: Procedure) -> Iterator[Fault]:
        """Yield one fault for each contradiction, however many channels repeat it."""
        seen: set[str] = set()
        for channel in record.channels:
            fee = one_line(channel.fee or "")
            case = _contradiction(fee)
            if case and case not in seen:
                seen.add(case)
                yield Fault(case, "channels", excerpt(fee, 0, 0, around=240))


def _contradiction(fee: str) -> str | None:
    head = _FREE.match(fee)
    if head is None:
        return None
    bracket = fee[head.end() :]
    charged = " ".join(
        sentence
        for sentence in re.split(r"(?<=[.;])\s+", bracket)
        if not (_NO_CHARGE.match(sentence) or _ASIDE.search(sentence))
    )
    if _AMOUNT.search(charged) and not _PARTLY_FREE.search(bracket):
        return "amount"
    if _COUNCIL.search(charged):
        return "council"
    if _FEE_RULE.search(charged) and not _WAIVER.search(bracket):
        return "by_rule"
    return None
