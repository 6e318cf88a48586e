import pytest

from knowledge_base.text import bigrams, protected_spans, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("làm giấy khai sinh, ở đâu?", ["làm", "giấy", "khai", "sinh", "ở", "đâu"]),
        ("hồ sơ H05.12-261123-0007 xong chưa", ["hồ", "sơ", "H05.12-261123-0007", "xong", "chưa"]),
        ("mã 000.00.07.H02-200729-0003", ["mã", "000.00.07.H02-200729-0003"]),
        ("thủ tục 1.001193 là gì", ["thủ", "tục", "1.001193", "là", "gì"]),
        ("1.012275.000.00.00.H36", ["1.012275.000.00.00.H36"]),
        ("theo 123/2015/NĐ-CP", ["theo", "123/2015/NĐ-CP"]),
        ("66.7/2025/NQ-CP", ["66.7/2025/NQ-CP"]),
        ("nộp 1.000.000 đồng", ["nộp", "1.000.000", "đồng"]),
        ("3,5 tháng", ["3,5", "tháng"]),
        ("a_b", ["a", "b"]),
        ("…?!", []),
    ],
)
def test_words_leave_codes_and_numbers_whole(text, expected):
    assert words(text) == expected


def test_protected_spans_point_at_the_codes():
    text = "hồ sơ H05.12-261123-0007 của thủ tục 1.001193"
    assert [text[start:end] for start, end in protected_spans(text)] == [
        "H05.12-261123-0007",
        "1.001193",
    ]


def test_plain_words_are_not_protected():
    assert protected_spans("làm giấy khai sinh cho 2 con") == []


def test_bigrams_pair_neighbours():
    assert bigrams(["giấy", "khai", "sinh"]) == ["giấy_khai", "khai_sinh"]
    assert bigrams(["giấy"]) == []
