import subprocess
import sys

import pytest

from knowledge_base.errors import KnowledgeBaseError, LexiconError
from knowledge_base.text import load_lexicon


@pytest.fixture
def folder(tmp_path):
    lists = {
        "teencode": "ko\tkhông\t\nđk\tđược|đăng ký\tcó hai nghĩa\nj\tgì\t\n",
        "abbreviations": "gks\tgiấy khai sinh\t\ngksbs\tgiấy khai sinh bản sao\t\n",
        "old_names": "sổ hộ khẩu\tđăng ký thường trú\t\nmạ\tlúa non\t\n",
        "popular_names": "bìa đỏ\tsổ đỏ|giấy chứng nhận quyền sử dụng đất\t\n",
    }
    for name, rows in lists.items():
        (tmp_path / f"{name}.tsv").write_text(f"form\tmeaning\tnote\n{rows}", "utf-8")
    return tmp_path


@pytest.fixture
def lexicon(folder):
    return load_lexicon(folder)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Ko có GKS", "không có giấy khai sinh"),
        ("gksbs ở đâu", "giấy khai sinh bản sao ở đâu"),
        ("cần j?", "cần gì?"),
        ("mẫu ko-01", "mẫu ko-01"),
        ("kok", "kok"),
        ("1.j", "1.j"),
        ("làm sổ hộ khẩu", "làm sổ hộ khẩu"),
    ],
)
def test_teencode_and_abbreviations_are_written_out_as_whole_words(lexicon, typed, expected):
    assert lexicon.rewrite(typed) == expected


def test_an_ambiguous_form_stays_and_widens_the_search(lexicon):
    assert lexicon.rewrite("đk kết hôn") == "đk kết hôn"
    assert lexicon.expansions("đk kết hôn") == ["được", "đăng ký"]


def test_old_and_popular_names_widen_the_search(lexicon):
    assert lexicon.expansions("mất bìa đỏ và sổ hộ khẩu") == [
        "sổ đỏ",
        "giấy chứng nhận quyền sử dụng đất",
        "đăng ký thường trú",
    ]


def test_names_of_several_words_are_known_without_diacritics(lexicon):
    assert "sổ đỏ" in lexicon.expansions("mat bia do")


def test_a_short_name_is_not_guessed_without_diacritics(lexicon):
    assert lexicon.expansions("ma") == []
    assert lexicon.expansions("mạ") == ["lúa non"]


def test_an_accented_text_is_not_searched_for_folded_names(lexicon):
    assert lexicon.expansions("bia do ở đây") == []


def test_spellings_list_the_ways_to_type_a_meaning(lexicon):
    spellings = lexicon.spellings()
    assert spellings["không"] == ["ko"]
    assert "sổ đỏ" not in spellings


def test_a_list_can_be_left_out(folder):
    assert load_lexicon(folder, without=["teencode"]).rewrite("ko có gks") == "ko có giấy khai sinh"


def test_an_empty_folder_gives_a_lexicon_that_only_normalises(tmp_path):
    lexicon = load_lexicon(tmp_path)
    assert lexicon.rewrite("KO CÓ") == "ko có"
    assert lexicon.expansions("bìa đỏ") == []


@pytest.mark.parametrize("row", ["ko\t\t", "\tkhông\t", "đk\tđược|\t"])
def test_a_row_without_form_or_meaning_is_named_by_file_and_line(folder, row):
    path = folder / "dialect.tsv"
    path.write_text(f"form\tmeaning\tnote\nmô\tđâu\t\n{row}\n", "utf-8")
    with pytest.raises(LexiconError, match=r"dialect\.tsv:3: thiếu form hoặc meaning") as caught:
        load_lexicon(folder)
    assert isinstance(caught.value, KnowledgeBaseError)


def test_the_text_package_needs_only_the_standard_library():
    code = (
        "import sys; import knowledge_base.text; "
        "foreign = {'pydantic', 'yaml', 'numpy', 'faiss', 'bm25s'} & set(sys.modules); "
        "sys.exit(str(foreign) if foreign else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mua nha can gi", "mua nha can gi"),
        ("mua nhà nhá", "mua nhà nhé"),
        ("lam dkkh o dau", "lam đăng ký kết hôn o dau"),
    ],
)
def test_a_marked_word_is_not_sought_without_its_marks(typed, expected):
    assert load_lexicon().rewrite(typed) == expected
