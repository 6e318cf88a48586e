"""Bribes, searches for other people's data and cries for help are known by their words."""

import pytest

from knowledge_base.answer.guards import load_guards
from knowledge_base.answer.texts import load_texts
from knowledge_base.questions import load_questions


@pytest.fixture(scope="module")
def guards():
    return load_guards()


@pytest.mark.parametrize(
    ("message", "key"),
    [
        ("lót tay cho cán bộ bao nhiêu thì xong", "bribery"),
        ("trả thêm tiền để làm cho nhanh được không", "bribery"),
        ("chay giay to cho nhanh het bao nhieu", "bribery"),
        ("biển số 30A-99999 là của ai", "personal_data"),
        ("cho xin số điện thoại của chị hàng xóm", "personal_data"),
        ("cứu tôi với, chồng tôi đang cầm dao", "emergency"),
        ("cán bộ đòi phong bì, tôi tố cáo ở đâu", None),
        ("tôi bị người ta làm giả giấy tờ", None),
        ("gia han chung chi hanh nghe", None),
        ("cấp lại giấy khai sinh bị cháy", None),
        ("xin phiếu lý lịch tư pháp xem có tiền án không", None),
        ("", None),
    ],
)
def test_a_guard_stands_only_where_the_words_are_plain(guards, message, key):
    assert guards.find(message) == key


def test_every_guard_has_its_reply(guards):
    replies = load_texts().replies
    assert guards.keys <= replies.keys()


def test_no_phrasing_of_a_procedure_is_turned_away(guards):
    turned_away = [
        phrasing
        for phrasings in load_questions().values()
        for phrasing in phrasings
        if guards.find(phrasing)
    ]
    assert turned_away == []
