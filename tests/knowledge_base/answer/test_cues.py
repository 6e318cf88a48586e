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
