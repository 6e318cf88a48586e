import pytest

from knowledge_base.checklist import Checklist, prefill
from knowledge_base.guidance import load_guidance_folder

GUIDANCE = {guidance.code: guidance for guidance in load_guidance_folder()}
BIRTH, PASSPORT, STICKER, LICENCE = "1.001193", "1.001456", "1.013092", "3.000346"


@pytest.mark.parametrize(
    "message",
    [
        "vợ chồng em chưa đăng ký kết hôn, làm khai sinh cho con cần gì",
        "vo chong em chua dang ky ket hon, lam khai sinh cho con can gi",
        "bọn em chưa kết hôn thì làm khai sinh cho con thế nào",
    ],
)
def test_what_fits_two_options_narrows_the_question(message):
    found = prefill(GUIDANCE[BIRTH], message)
    assert found.answers == {}
    assert found.narrowed == {"parents": ("father_named", "mother_only")}
    question = Checklist(GUIDANCE[BIRTH]).next_question(found.answers, found.narrowed)
    assert [option.id for option in question.options] == ["father_named", "mother_only"]


@pytest.mark.parametrize(
    ("code", "message", "answers"),
    [
        (BIRTH, "đã đăng ký kết hôn rồi, làm khai sinh cho con cần gì", {"parents": "married"}),
        (BIRTH, "nộp khai sinh online cần những gì", {"way": "online"}),
        (PASSPORT, "tôi bị mất hộ chiếu, làm lại thế nào", {"passport": "lost"}),
        (PASSPORT, "ho chieu het han muon doi", {"passport": "expired"}),
        ("1.014064", "mất căn cước làm lại ở đâu", {"reason": "lost"}),
    ],
)
def test_what_is_said_plainly_is_taken(code, message, answers):
    assert prefill(GUIDANCE[code], message).answers == answers


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (BIRTH, "làm khai sinh cho con cần gì"),
        (BIRTH, "làm khai sinh cần mang theo giấy tờ gì"),
        (BIRTH, "làm khai sinh online được không"),
        (BIRTH, "vneid của em bị khóa, làm khai sinh thế nào"),
        (PASSPORT, "làm hộ chiếu ở đâu"),
        (STICKER, "xin lại tem cho xe"),
        ("1.000894", "đăng ký kết hôn cần giấy tờ gì"),
        (BIRTH, ""),
    ],
)
def test_what_is_only_mentioned_is_asked(code, message):
    found = prefill(GUIDANCE[code], message)
    assert (found.answers, found.narrowed) == ({}, {})


def test_a_thing_of_another_option_stops_the_guess():
    assert "paper_lost" not in prefill(GUIDANCE[STICKER], "cấp lại tem bị mất").answers.values()


def test_several_options_with_the_same_meaning_stay_open():
    found = prefill(GUIDANCE[LICENCE], "bằng lái hết hạn lâu rồi, giờ thi lại thế nào ạ")
    assert found.narrowed == {"exam": ("expired", "lost_expired")}
