import json

import pytest

from knowledge_base.errors import EvaluationError
from knowledge_base.evaluation import LabelledQuestion, read_labelled_questions

ROW = {"id": "q1", "text": "làm giấy khai sinh", "style": "formal", "ask": "documents"}


@pytest.fixture
def write(tmp_path):
    def write(*rows):
        path = tmp_path / "questions.jsonl"
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        path.write_text("\n".join(lines), "utf-8")
        return path

    return write


def test_rows_are_read_and_empty_lines_skipped(write):
    path = write({**ROW, "gold": ["1.001193"], "also": ["1.000656"], "note": "thêm"}, "", ROW)
    first, second = read_labelled_questions(path)
    assert first.right == {"1.001193", "1.000656"}
    assert second.right == frozenset()
    assert second == LabelledQuestion(**ROW)


def test_a_line_separator_within_a_text_does_not_end_the_row(write):
    row = json.dumps({**ROW, "text": "dòng\u2028hai"}, ensure_ascii=False)
    (question,) = read_labelled_questions(write(row))
    assert question.text == "dòng\u2028hai"


@pytest.mark.parametrize("row", ["{broken", {"text": "x"}, "[]", {**ROW, "gold": "1.001193"}])
def test_a_wrong_row_is_named_by_file_and_line(write, row):
    with pytest.raises(EvaluationError, match=r"questions\.jsonl:2: "):
        read_labelled_questions(write(ROW, row))


def test_a_file_without_questions_is_refused(write):
    with pytest.raises(EvaluationError, match="không có câu hỏi nào"):
        read_labelled_questions(write(""))
