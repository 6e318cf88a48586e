"""The national record of 1.001193 in small: a language of like records, and one that is torn."""

import pytest

from knowledge_base.audit.language import Language, read_passage
from knowledge_base.audit.rules.interleaving import find_interleaved
from knowledge_base.audit.settings import load_settings
from tests.factories import make_procedure

SETTINGS = load_settings().interleaving
WHOLE = (
    "Người yêu cầu nộp hồ sơ đăng ký {matter} tại Trung tâm Phục vụ hành chính công. "
    "Người yêu cầu thanh toán, hoàn tất việc nộp hồ sơ."
)
TORN = (
    "Người yêu cầu nộp hồ sơ đăng ký khai tâm Phục vụ hành chính công. "
    "Người yêu cầu thanh toán, hoàn tất việc sinh tại Trung \nnộp hồ sơ."
)


def record(text, number):
    return make_procedure(f"1.{number:06d}", raw={"trinh_tu_thuc_hien": text})


@pytest.fixture(scope="module")
def language():
    matters = ["khai sinh", "kết hôn"] * 40
    whole = [record(WHOLE.format(matter=matter), n) for n, matter in enumerate(matters)]
    return Language([*whole, record(TORN, 999)], SETTINGS)


def test_torn_sentences_are_found(language):
    (fault,) = find_interleaved(read_passage("steps", TORN), language, SETTINGS)
    assert fault.case == "interleaved"
    assert fault.values["piece"] == "sinh tại Trung"
    assert "đăng ký khai tâm Phục vụ" in fault.excerpt


@pytest.mark.parametrize("matter", ["khai sinh", "kết hôn", "khai tử"])
def test_whole_sentences_are_not(language, matter):
    passage = read_passage("steps", WHOLE.format(matter=matter))
    assert list(find_interleaved(passage, language, SETTINGS)) == []


def test_a_misspelt_word_alone_is_no_tear(language):
    text = WHOLE.format(matter="khai sinh").replace("Trung tâm", "Trung tân")
    assert list(find_interleaved(read_passage("steps", text), language, SETTINGS)) == []
