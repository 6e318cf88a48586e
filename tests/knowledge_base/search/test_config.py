import pytest
import yaml

from knowledge_base.errors import SearchFileError
from knowledge_base.search.config import CONFIG_FILE, load_search_config
from knowledge_base.search.hit import FEATURES
from knowledge_base.text import fold


@pytest.fixture
def write(tmp_path):
    """The shipped file with the part at `place` («decision.choices») replaced or left out."""

    def write(place, value=None):
        data = yaml.safe_load(CONFIG_FILE.read_text("utf-8"))
        *groups, last = place.split(".")
        part = data
        for group in groups:
            part = part[group]
        if value is None:
            del part[last]
        else:
            part[last] = value
        path = tmp_path / "search.yml"
        path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
        return path

    return write


def test_every_feature_has_its_weight():
    assert set(load_search_config().weights) == set(FEATURES)


def test_pointing_words_are_known_without_diacritics():
    follow_up = load_search_config().follow_up
    assert follow_up.pointing_folded == {fold(word) for word in follow_up.pointing}


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        ("weights.colour", 1.0, "colour"),
        (f"weights.{FEATURES[0]}", None, FEATURES[0]),
        ("decision.choices", 9, "choices"),
        ("decision.near_share", 1.5, "near_share"),
        ("decision.refuse_above", None, "refuse_above"),
        ("follow_up.sure_from", 2, "sure_from"),
        ("follow_up.pointing", "này", "pointing"),
        ("candidates", 1, "candidates"),
        ("expansion_weight", 2, "expansion_weight"),
        ("slogan", "nhanh", "slogan"),
        ("fillers", None, "fillers"),
    ],
)
def test_a_wrong_or_missing_value_is_named(write, place, value, named):
    with pytest.raises(SearchFileError, match=rf"search\.yml:\d+: .*{named}"):
        load_search_config(write(place, value))


def test_every_number_of_the_file_is_explained():
    lines = CONFIG_FILE.read_text("utf-8").splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        key, _, value = line.strip().partition(":")
        if value.strip()[:1].isdigit() and not key.startswith("#"):
            assert "#" in line or before.lstrip().startswith("#"), f"{key} has no comment"
