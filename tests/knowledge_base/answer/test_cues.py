import pytest

from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.cues import AspectCues, load_cues
from knowledge_base.text import fold


@pytest.fixture(scope="module")
def cues():
    return load_cues()


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("lệ phí bao nhiêu và mất mấy ngày", [Aspect.FEE, Aspect.TIME]),
        ("nộp ở đâu, hết bao nhiêu tiền", [Aspect.WHERE, Aspect.FEE]),
        ("Cần giấy tờ gì?", [Aspect.DOCUMENTS]),
        ("dùng mẫu đơn nào, nộp online được không", [Aspect.FORM, Aspect.ONLINE]),
        ("làm giấy khai sinh cho con", []),
        ("", []),
    ],
)
def test_aspects_are_found_in_the_order_they_are_named(cues, message, named):
    assert cues.find(message) == named
    assert cues.find(fold(message)) == named


def test_only_whole_words_count():
    cues = AspectCues({Aspect.FEE: ["phí"], Aspect.TIME: ["mấy ngày"]})
    assert cues.find("chi phíx mấy ngàyx") == []
    assert cues.find("PHÍ, mấy ngày?") == [Aspect.FEE, Aspect.TIME]


def test_an_accented_message_is_read_with_its_accents():
    cues = AspectCues({Aspect.FEE: ["phí"]})
    assert cues.find("phi công cần gì") == []
    assert cues.find("phi cong can gi") == [Aspect.FEE]


def test_the_intended_aspect_comes_first_then_the_others_named(cues):
    message = "nộp ở đâu, lệ phí bao nhiêu"
    assert cues.asked(message, Aspect.FEE) == [Aspect.FEE, Aspect.WHERE]
    assert cues.asked(message, Aspect.STEPS) == [Aspect.STEPS, Aspect.WHERE, Aspect.FEE]


def test_no_more_than_three_aspects_are_answered_at_once(cues):
    message = "cần giấy tờ gì, nộp ở đâu, lệ phí bao nhiêu, mất mấy ngày"
    assert cues.asked(message, Aspect.STEPS) == [Aspect.STEPS, Aspect.DOCUMENTS, Aspect.WHERE]


@pytest.mark.parametrize(
    ("message", "asks"),
    [
        ("em muốn mở quán phở", False),
        ("bằng lái bị mất rồi", False),
        ("mở quán phở có phải xin phép không", True),
        ("Mở quán phở?", True),
        ("", False),
    ],
)
def test_a_message_asks_or_only_tells(cues, message, asks):
    assert cues.asks(message) is asks
    assert cues.asks(fold(message)) is asks


def test_where_an_aspect_is_named(cues):
    named = cues.named("ở đâu, phí bao nhiêu, nộp ở đâu")
    assert named[Aspect.WHERE][0] < named[Aspect.FEE][0] < named[Aspect.WHERE][1]


def test_a_part_of_a_longer_phrase_names_nothing_of_its_own(cues):
    assert cues.find("điều kiện thế nào") == [Aspect.ELIGIBILITY]


def test_up_to_three_words_may_stand_between(cues):
    assert cues.find("cần nộp thêm những gì") == [Aspect.DOCUMENTS]
    assert cues.find("mk cần nộp j vậy") == [Aspect.DOCUMENTS]
    assert cues.find("nop giay to gi") == [Aspect.DOCUMENTS]


def test_only_the_end_of_a_long_story_asks_more():
    cues = AspectCues({Aspect.FEE: ["mất tiền"]}, tail_words=3)
    assert cues.asked("mất tiền từ năm ngoái mà nay chưa đòi được", Aspect.WHERE) == [Aspect.WHERE]


def test_what_may_not_be_answered_beside_is_left_out():
    words = {Aspect.STEPS: ["thế nào"], Aspect.FEE: ["phí"]}
    cues = AspectCues(words, extra=[Aspect.FEE])
    assert cues.asked("làm thế nào, phí ra sao", Aspect.WHERE) == [Aspect.WHERE, Aspect.FEE]
