import pytest

from knowledge_base.search import load_search_config
from knowledge_base.search.two_meanings import DeathSpeller

SPELLER = DeathSpeller(load_search_config().death)


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("bà ngoại tôi mới mất hôm kia", "bà ngoại tôi mới mất qua đời hôm kia"),
        ("bố mẹ đều đã mất, đất chưa chia", "bố mẹ đều đã mất qua đời, đất chưa chia"),
        ("chồng em mất thì con có được trợ cấp", "chồng em mất qua đời thì con có được trợ cấp"),
    ],
)
def test_of_a_relative_it_is_a_death(text, spelled):
    assert SPELLER.spell(text) == spelled


@pytest.mark.parametrize(
    "text",
    [
        "chồng em mất bằng lái",
        "mẹ tôi mất thẻ bảo hiểm y tế",
        "thẻ căn cước của bố mất rồi",
        "em bị mất hộ chiếu",
        "sổ đỏ bị mất",
        "làm cho bà mất mấy ngày",
        "ông nội mất trí nhớ",
        "công ty cô mất giấy phép",
    ],
)
def test_of_papers_things_and_days_it_is_none(text):
    assert SPELLER.spell(text) == text
