import pytest

from tests.factories import make_procedure, make_requirement


def record(name, **parts):
    return make_procedure(requirements=[make_requirement(name, **parts)])


def test_paper_counted_zero(cases):
    assert cases("A08", record("Hóa đơn thương mại: 01 bản chụp", originals=0)) == ["paper"]


def test_note_in_the_table(cases):
    note = "Người nộp có thể nộp bản sao điện tử."
    assert cases("A08", record(note, originals=0, group="note")) == ["notes"]


@pytest.mark.parametrize("counts", [{"originals": 1}, {"originals": 0, "copies": 2}, {}])
def test_counted_or_uncounted_paper(cases, counts):
    assert cases("A08", record("Hóa đơn thương mại", **counts)) == []


@pytest.mark.parametrize(
    "heading", ["- Giấy tờ phải nộp:", "Hồ sơ thứ hai", "d) Tài liệu quy định tại điểm e Mục 1"]
)
def test_heading_is_no_paper(cases, heading):
    assert cases("A08", record(heading, originals=0)) == []
