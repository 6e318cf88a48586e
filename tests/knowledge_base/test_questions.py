import unicodedata

import pytest

from knowledge_base.errors import LexiconError
from knowledge_base.questions import load_ambiguous, load_off_topic, load_questions


@pytest.fixture
def write(tmp_path):
    def write(name, text):
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path

    return write


def test_phrasings_are_read_by_code_in_their_order(write):
    folder = write(
        "ho-tich.yml",
        'field: Hộ tịch\nquestions:\n  "1.001193":\n  - làm giấy khai sinh\n  - " gks cho bé "\n',
    )
    assert load_questions(folder) == {"1.001193": ["làm giấy khai sinh", "gks cho bé"]}


def test_a_code_may_stand_in_several_files(write):
    write("a.yml", 'questions: {"1.001193": [câu một]}')
    folder = write("b.yml", 'questions: {"1.001193": [câu hai], "1.000656": [câu ba]}')
    assert load_questions(folder) == {"1.001193": ["câu một", "câu hai"], "1.000656": ["câu ba"]}


def test_phrasings_are_composed(write):
    text = unicodedata.normalize("NFD", 'questions: {"1.001193": [khai tử]}')
    assert load_questions(write("a.yml", text)) == {"1.001193": ["khai tử"]}


@pytest.mark.parametrize("text", ["", "- câu", "field: Hộ tịch", "questions: [câu]"])
def test_a_file_of_another_form_is_named(write, text):
    with pytest.raises(LexiconError, match=r"sai\.yml: cần «questions"):
        load_questions(write("sai.yml", text))


@pytest.mark.parametrize("phrasings", ["một câu", "[1, 2]", "{a: b}"])
def test_phrasings_of_another_form_are_named_by_file_and_code(write, phrasings):
    text = f'questions: {{"1.001193": {phrasings}}}'
    with pytest.raises(LexiconError, match=r"sai\.yml: 1\.001193: cần một danh sách câu hỏi"):
        load_questions(write("sai.yml", text))


def test_a_folder_without_files_has_no_phrasings(tmp_path):
    assert load_questions(tmp_path) == {}


@pytest.fixture
def calibration(tmp_path):
    folder = tmp_path / "calibration"
    folder.mkdir()
    off_topic = unicodedata.normalize("NFD", "questions: [trời có mưa không]")
    (folder / "off_topic.yml").write_text(off_topic, "utf-8")
    ambiguous = 'questions: [{text: sang tên đất, codes: ["1.013831", "1.012785"]}]'
    (folder / "ambiguous.yml").write_text(ambiguous, "utf-8")
    return tmp_path


def test_messages_that_ask_for_no_procedure_are_read_apart(calibration):
    assert load_off_topic(calibration) == ["trời có mưa không"]
    assert load_questions(calibration) == {}


def test_vague_messages_are_read_with_the_codes_that_would_fit(calibration):
    assert load_ambiguous(calibration) == [("sang tên đất", ["1.013831", "1.012785"])]
