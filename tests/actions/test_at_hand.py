"""Which papers a reply says are at hand."""

from __future__ import annotations

import pytest

from actions.case import _at_hand
from knowledge_base.checklist import Item
from knowledge_base.procedure import RequirementGroup

PAPERS = [Item(id=f"paper{n}", name=f"Giấy {n}", group=RequirementGroup.SUBMIT) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("1", {"paper1"}),
        ("1, 3", {"paper1", "paper3"}),
        ("1 va 3", {"paper1", "paper3"}),
        ("tôi có 2 ạ", {"paper2"}),
        ("em đã có số 1, 2 rồi", {"paper1", "paper2"}),
        ("0", set()),
        ("9", set()),
        ("đủ rồi", {"paper1", "paper2", "paper3"}),
        ("co het roi", {"paper1", "paper2", "paper3"}),
    ],
)
def test_numbers_and_all_of_them_are_read(message, wanted):
    assert _at_hand(message, PAPERS) == wanted


@pytest.mark.parametrize(
    "message", ["thế lệ phí bao nhiêu", "làm hộ chiếu", "hồ sơ H05.12-261123-0007", ""]
)
def test_anything_else_is_no_reply(message):
    assert _at_hand(message, PAPERS) is None
