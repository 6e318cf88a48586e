from datetime import date

import pytest

from knowledge_base.audit import PostingFileError, read_postings


def write(folder, text):
    path = folder / "postings.csv"
    path.write_text(text, "utf-8")
    return path


def test_latest_line_of_a_code_counts(tmp_path):
    path = write(
        tmp_path,
        "code,posted_on,decision\n1.001193,2026-10-01,2/QĐ-BTP\n1.001193,2026-09-01,1/QĐ-BTP\n",
    )
    posting = read_postings(path)["1.001193"]
    assert (posting.posted_on, posting.decision) == (date(2026, 10, 1), "2/QĐ-BTP")


def test_decision_may_be_left_out(tmp_path):
    path = write(tmp_path, "code,posted_on\n1.001193,2026-10-01\n")
    assert read_postings(path)["1.001193"].decision is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ma,ngay\n", "cần các cột code, posted_on"),
        ("code,posted_on\n1.001193,01/10/2026\n", ":2: posted_on '01/10/2026'"),
        ("code,posted_on\n,2026-10-01\n", ":2: thiếu code"),
    ],
)
def test_wrong_file_is_explained(tmp_path, text, message):
    with pytest.raises(PostingFileError, match=message):
        read_postings(write(tmp_path, text))


def test_missing_file(tmp_path):
    with pytest.raises(PostingFileError, match="không đọc được"):
        read_postings(tmp_path / "postings.csv")
