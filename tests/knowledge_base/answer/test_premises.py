"""What no longer exists is corrected in one line before the answer."""

from pathlib import Path

import pytest
import yaml

import knowledge_base
from knowledge_base.answer import Answer, Status
from knowledge_base.answer.blocks import Heading
from knowledge_base.answer.premises import PREMISES_FILE, load_premises
from knowledge_base.text import fold

AUDIT_DATA = Path(knowledge_base.__file__).parent / "audit" / "data"


@pytest.fixture(scope="module")
def premises():
    return load_premises()


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        ("nộp sổ hộ khẩu mấy bản?", ["household_book"]),
        ("có phải lên huyện làm không", ["district"]),
        ("mang chứng minh thư với sổ tạm trú nhé", ["residence_book", "old_identity_card"]),
        ("đăng ký kết hôn cần gì", []),
        ("nhà tôi ở xã Tân Lập", []),
        ("", []),
    ],
)
def test_abolished_papers_and_offices_are_found_with_and_without_accents(premises, message, ids):
    assert [premise.id for premise in premises.find(message)] == ids
    assert [premise.id for premise in premises.find(fold(message))] == ids


@pytest.mark.parametrize(
    "message", ["bỏ huyện rồi thì nộp ở đâu", "ngày trước nộp ở huyện, giờ nộp đâu"]
)
def test_who_knows_is_not_corrected(premises, message):
    assert premises.find(message) == []


def test_the_line_comes_first_with_its_source(premises):
    answer = Answer(status=Status.ANSWERED, blocks=[Heading(text="Đăng ký thường trú")])
    corrected = premises.correct(answer, "có cần sổ hộ khẩu không")
    line, heading = corrected.blocks
    assert "01/01/2023" in line.text
    assert "68/2020/QH14" in line.text
    assert heading == answer.blocks[0]
    assert premises.correct(answer, "cần gì") is answer


def test_every_entry_names_its_source_and_speaks_briefly(premises):
    for premise in premises.premises:
        assert premise.source
        assert len(premise.text) <= 130, premise.id


def test_offices_agree_with_the_register_of_the_audit(premises):
    register = yaml.safe_load((AUDIT_DATA / "abolished_units.yml").read_text("utf-8"))
    since = {unit["id"]: unit["since"].strftime("%d/%m/%Y") for unit in register["units"]}
    for premise in premises.premises:
        if premise.id in since and "/20" in premise.text:
            assert since[premise.id] in premise.text, premise.id


def test_the_file_holds_no_entry_twice():
    ids = [entry["id"] for entry in yaml.safe_load(PREMISES_FILE.read_text("utf-8"))["premises"]]
    assert len(ids) == len(set(ids))
