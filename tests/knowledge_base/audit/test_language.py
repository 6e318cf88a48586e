import pytest

from knowledge_base.audit.language import BREAK, Language, read_passage
from knowledge_base.audit.settings import load_settings
from tests.factories import make_procedure

SETTINGS = load_settings().interleaving


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nộp hồ sơ.", ["nộp", "hồ", "sơ", "."]),
        ("tại Trung \nnộp", ["tại", "trung", "nộp"]),
        ("sơ\n- Cán bộ", ["sơ", BREAK, "-", "cán", "bộ"]),
    ],
)
def test_line_break_counts_only_before_a_new_line_of_thought(text, words):
    assert read_passage("steps", text).words == words


def test_spans_point_into_the_text():
    passage = read_passage("steps", "Nộp hồ sơ")
    start, end = passage.spans()[1]
    assert passage.text[start:end] == "hồ"


def test_words_are_counted_once_a_record():
    record = make_procedure(raw={"trinh_tu_thuc_hien": "khai tâm khai tâm"})
    assert Language([record], SETTINGS).rare("khai", "tâm")


def test_neighbour_that_a_word_always_has():
    records = [
        make_procedure(f"1.{n:06d}", raw={"trinh_tu_thuc_hien": "tại Trung tâm"})
        for n in range(SETTINGS.common_word)
    ]
    assert Language(records, SETTINGS).before["tâm"] == "trung"
    assert Language(records[:-1], SETTINGS).before == {}
