import re
import unicodedata
from datetime import date

import pytest

from knowledge_base.audit import AuditDataError
from knowledge_base.audit.registers import (
    load_legal_register,
    load_place_register,
    load_state_held_register,
    load_unit_register,
)
from knowledge_base.audit.settings import SETTINGS_FILE, load_settings

LOADERS = [
    load_legal_register,
    load_place_register,
    load_state_held_register,
    load_unit_register,
    load_settings,
]


def test_dead_law_is_well_described():
    repealed = load_legal_register().repealed
    numbers = [text.number for text in repealed]
    assert len(set(numbers)) == len(numbers)
    for text in repealed:
        assert re.fullmatch(r"\d+/\d{4}/[A-ZĐa-z\d-]+", text.number)
        assert text.replaced_by and text.source and text.title
        assert text.number not in text.replaced_by
        assert text.dead_from > date(2000, 1, 1)


def test_the_law_of_the_single_window_is_listed():
    numbers = {text.number for text in load_legal_register().repealed}
    wanted = {"61/2018/NĐ-CP", "107/2021/NĐ-CP", "42/2022/NĐ-CP", "13/2023/NĐ-CP"}
    assert wanted | {"01/2018/TT-VPCP", "31/2021/QĐ-TTg"} <= numbers


def test_units_are_found_by_their_own_name():
    """«Bộ, Sở Kế hoạch và Đầu tư» stands for two names; the last is written in full."""
    for unit in load_unit_register().units:
        assert unit.regex.search(unit.name.rpartition(", ")[2]), unit.id
        assert all(keyword == keyword.lower() for keyword in unit.keywords)


def test_state_held_papers_are_found_by_their_own_name():
    for paper, pattern in load_state_held_register().patterns:
        assert pattern.match(f"- Bản sao {paper.name}"), paper.id


def test_merged_provinces_are_twenty_nine_and_hue():
    merged = [place for place in load_place_register().places if not place.kept]
    assert len(merged) == 30


@pytest.mark.parametrize("loader", LOADERS)
def test_damaged_file_is_named(loader, tmp_path):
    broken = tmp_path / "broken.yml"
    broken.write_text("gì: [", "utf-8")
    with pytest.raises(AuditDataError, match=r"broken\.yml"):
        loader(broken)
    with pytest.raises(AuditDataError, match=r"missing\.yml"):
        loader(tmp_path / "missing.yml")


@pytest.mark.parametrize("path", sorted(SETTINGS_FILE.parent.glob("*.yml")), ids=lambda p: p.name)
def test_data_is_composed(path):
    text = path.read_text("utf-8")
    assert text == unicodedata.normalize("NFC", text)
