import csv
from datetime import date

import pytest

from api.feedback import Opinion, OpinionStore, Reason
from api.storage import open_database


@pytest.fixture
def opinions(data):
    engine = open_database(f"sqlite:///{data / 'motcua.db'}")
    store = OpinionStore(engine)
    store.keep(
        Opinion("a" * 32, date(2026, 11, 22), "web", True, "answered", "1.001193", "fee", "lệ phí")
    )
    store.keep(
        Opinion(
            "b" * 32,
            date(2026, 11, 23),
            "web",
            False,
            "unanswerable_no_match",
            question="=HYPERLINK(1)",
            reason=Reason.OTHER,
            note="+1",
        )
    )
    engine.dispose()


def test_list_prints_the_latest_day_first(motcua, opinions):
    lines = motcua("feedback", "list").out.splitlines()
    assert lines[0] == (
        "23/11/2026 · không có ích · unanswerable_no_match · other · +1 · hỏi: =HYPERLINK(1)"
    )
    assert lines[1] == "22/11/2026 · có ích · 1.001193 · fee · hỏi: lệ phí"


def test_list_can_be_of_the_bad_ones(motcua, opinions):
    assert motcua("feedback", "list", "--not-useful").out.count("\n") == 1


def test_nothing_yet_is_said(motcua):
    assert motcua("feedback", "list").out == "Chưa có ý kiến nào.\n"


def test_export_is_safe_to_open_in_a_spreadsheet(motcua, opinions, tmp_path):
    file = tmp_path / "ý kiến.csv"
    assert "2 ý kiến" in motcua("feedback", "export", file).out
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["useful"] for row in rows] == ["False", "True"]
    assert (rows[0]["question"], rows[0]["note"]) == ("'=HYPERLINK(1)", "'+1")
