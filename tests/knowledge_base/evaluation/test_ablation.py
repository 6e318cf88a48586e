import pytest

from knowledge_base.catalogue import Catalogue
from knowledge_base.evaluation import AblationRow, LabelledQuestion, ablate, as_markdown
from knowledge_base.search.hit import FEATURES
from tests.factories import make_procedure
from tests.knowledge_base.search.hashing_encoder import HashingEncoder

NAMES = {
    "1.000001": "Đăng ký kết hôn",
    "1.000002": "Đăng ký khai sinh",
    "1.000003": "Đăng ký khai tử",
}
QUESTIONS = [
    LabelledQuestion(text="đăng ký kết hôn", style="formal", ask="fee", gold=["1.000001"]),
    LabelledQuestion(text="đăng ký khai tử", style="formal", ask="fee", gold=["1.000003"]),
    LabelledQuestion(text="làm giấy", style="formal", ask="ambiguous", gold=["1.000001"]),
    LabelledQuestion(text="trời mưa không", style="formal", ask="out_of_scope"),
]


@pytest.fixture(scope="module")
def rows():
    catalogue = Catalogue([make_procedure(code, name=name) for code, name in NAMES.items()])
    return list(ablate(catalogue, HashingEncoder(), QUESTIONS))


def test_every_feature_and_every_list_of_the_lexicon_is_left_out_once(rows):
    names = [row.name for row in rows]
    assert names[0] == "toàn bộ"
    assert {f"bỏ {feature}" for feature in FEATURES} <= set(names)
    assert {"bỏ từ điển teencode", "bỏ từ điển dialect", "bỏ cả từ điển"} <= set(names)
    assert len(names) == len(set(names))


def test_only_clear_questions_about_procedures_are_counted(rows):
    assert rows[0] == AblationRow("toàn bộ", 1.0, 1.0, 1.0, 1.0)


def test_what_is_left_out_is_really_left_out():
    catalogue = Catalogue([make_procedure(code, name=name) for code, name in NAMES.items()])
    asked = [
        LabelledQuestion(text="hai đứa lấy nhau", style="x", ask="fee", gold=["1.000001"]),
        LabelledQuestion(text="đăng ký kết hôn", style="x", ask="fee", gold=["1.000001"]),
    ]
    found = {row.name: row.recall_1 for row in ablate(catalogue, HashingEncoder(), asked)}
    # Without name, body and meaning there is nothing that could tell the three apart.
    assert found["toàn bộ"] >= found["bỏ topic_words"]
    assert as_markdown([AblationRow("bỏ x", 0.5, 1, 0.75, 0.25)]).endswith(
        "| bỏ x | 0.500 | 1.000 | 0.750 | 0.250 |"
    )
