from decimal import Decimal
from pathlib import Path

import pytest
import yaml

import dossiers
from dossiers.errors import DossierDataError
from dossiers.figures import completed, contradictions, period_mismatch, shares
from dossiers.figures_texts import FIGURES_FILE, load_figure_texts
from dossiers.review import read_review

FILE = Path(dossiers.__file__).parent / "reviews" / "bac-giang-2020-07.yml"


def test_the_review_of_july_2020_is_reproduced():
    review = read_review(FILE)
    told, implied = completed(review.figures)
    assert (told.received, told.in_time, told.late, told.online) == (54_365, 52_964, 53, 11_429)
    assert (told.done, told.open, implied) == (53_017, 1_348, {"done", "open"})
    assert contradictions(told) == []
    assert shares(review.figures)["in_time"].percent == Decimal("99.90")
    assert shares(review.figures)["online"].percent == Decimal("21.02")
    assert "01/01/2020 – 31/07/2020" in period_mismatch(review.title_period, review.data_period)


def test_the_targets_are_those_of_the_review():
    assert load_figure_texts().targets == {"online": 25, "post": 15}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title_period": {"first": "hôm qua", "last": "hôm nay"}}, "title_period: cần first"),
        ({"data_period": None}, "data_period"),
        ({"figures": {"nhận": 1}}, "figures: chỉ nhận"),
        ({"figures": {"received": "1"}}, "received: cần một số nguyên"),
        ({"thừa": 1}, "cần đúng các mục"),
    ],
)
def test_a_wrong_file_is_refused_naming_the_place(tmp_path, change, said):
    data = yaml.safe_load(FILE.read_text("utf-8"))
    file = tmp_path / "review.yml"
    file.write_text(yaml.safe_dump(data | change, allow_unicode=True), "utf-8")
    with pytest.raises(DossierDataError, match=said):
        read_review(file)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a: [", b"- 1"])
def test_what_is_no_review_is_refused(tmp_path, content):
    file = tmp_path / "review.yml"
    file.write_bytes(content)
    with pytest.raises(DossierDataError):
        read_review(file)


def test_a_period_that_ends_before_it_begins_is_refused(tmp_path):
    text = FILE.read_text("utf-8").replace("last: 2020-06-30", "last: 2019-06-30")
    file = tmp_path / "review.yml"
    file.write_text(text, "utf-8")
    with pytest.raises(DossierDataError, match="title_period: last"):
        read_review(file)


@pytest.mark.parametrize("part", ["columns", "targets"])
def test_words_with_a_gap_are_refused(tmp_path, part):
    data = yaml.safe_load(FIGURES_FILE.read_text("utf-8"))
    del data[part]
    file = tmp_path / "figures.yml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    with pytest.raises(DossierDataError):
        load_figure_texts(file)
