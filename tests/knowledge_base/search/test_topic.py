import pytest

from knowledge_base.search.accents import AccentRestorer
from knowledge_base.search.config import LongMessages
from knowledge_base.search.topic import TopicReader
from knowledge_base.text import Lexicon, fold

LEXICON = Lexicon(
    spelling={"ko": "không", "gks": "giấy khai sinh"},
    synonyms={"bìa đỏ": ("sổ đỏ", "giấy chứng nhận")},
)
FILLERS = ["cho hỏi", "cho em hỏi", "các bác", "mất mấy ngày", "ở đâu", "ạ", "thì", "thủ tục"]


@pytest.fixture
def reader():
    return TopicReader(LEXICON, FILLERS)


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("Các bác cho em hỏi làm giấy khai sinh mất mấy ngày ạ?", "làm giấy khai sinh"),
        ("làm GKS ở đâu", "làm giấy khai sinh"),
        ("thủ tục kết hôn", "kết hôn"),
        ("thìa khóa", "thìa khóa"),
        ("kết hôn", "kết hôn"),
    ],
)
def test_politeness_and_what_is_asked_are_left_out_of_the_topic(reader, message, topic):
    assert reader.read(message).topic == topic


@pytest.mark.parametrize("message", ["các bác cho hỏi khai sinh ở đâu", "thủ tục khai sinh"])
def test_fillers_are_known_without_diacritics(reader, message):
    assert reader.read(fold(message)).topic == "khai sinh"


def test_a_short_filler_without_diacritics_could_be_another_word(reader):
    assert reader.read("thi bang lai").topic == "thi bang lai"


def test_a_message_of_fillers_alone_keeps_its_text(reader):
    topic = reader.read("ở đâu ạ")
    assert topic.only_fillers
    assert topic.topic == topic.text == "ở đâu ạ"
    assert not reader.read("khai sinh ở đâu").only_fillers


def test_the_whole_text_is_kept_beside_the_topic(reader):
    topic = reader.read("Ko có bìa đỏ thì ở đâu")
    assert topic.text == "không có bìa đỏ thì ở đâu"
    assert topic.topic == "không có bìa đỏ"


def test_synonyms_of_the_topic_are_searched_as_well(reader):
    assert reader.read("mất bìa đỏ").expansions == ("sổ đỏ", "giấy chứng nhận")
    assert reader.read("khai sinh").expansions == ()


def test_a_message_without_accents_is_read_with_them():
    lexicon = Lexicon({}, {}, plain={"gks": "giấy khai sinh"})
    reader = TopicReader(lexicon, FILLERS, AccentRestorer(["làm giấy khai sinh", "ở đâu"]))
    topic = reader.read("lam gks o dau")
    assert (topic.text, topic.topic) == ("làm giấy khai sinh ở đâu", "làm giấy khai sinh")
    assert reader.read("lạm giay khai sinh").text == "lạm giay khai sinh"


@pytest.fixture
def story_reader():
    limits = LongMessages(from_words=10, part_words=5, parts_share=0.5)
    return TopicReader(LEXICON, FILLERS, long_messages=limits)


def test_a_story_is_cut_between_its_clauses(story_reader):
    topic = story_reader.read(
        "Bố tôi mất năm 2019, mẹ còn. Nhà có bốn anh em; thửa số 1.234 thì sang tên kiểu gì?"
    )
    assert [part.text for part in topic.parts] == [
        "bố tôi mất năm 2019",
        "mẹ còn",
        "nhà có bốn anh em",
        "thửa số 1.234 thì sang tên kiểu gì",
    ]
    assert topic.parts[-1].topic == "thửa số 1.234 sang tên kiểu gì"


def test_short_clauses_stay_together(story_reader):
    topic = story_reader.read("mất ví, mất thẻ. giờ làm lại thẻ bị mất thì ở đâu")
    assert [part.text for part in topic.parts][0] == "mất ví, mất thẻ"


@pytest.mark.parametrize(
    "message", ["mất ví, mất thẻ, làm lại", "một câu dài không có dấu nào ngắt ở giữa chừng cả"]
)
def test_a_short_message_or_a_single_clause_has_no_parts(story_reader, message):
    assert story_reader.read(message).parts == ()
