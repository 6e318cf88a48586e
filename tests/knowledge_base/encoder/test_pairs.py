import json
import lzma

import pytest

from knowledge_base.catalogue import Catalogue
from knowledge_base.encoder.pairs import catalogue_pairs, question_groups, read_pairs
from tests.factories import make_procedure, make_requirement


@pytest.fixture
def write(tmp_path):
    def write(*rows):
        path = tmp_path / "pairs.jsonl.xz"
        with lzma.open(path, "wt", encoding="utf-8") as stream:
            stream.writelines(json.dumps(row) + "\n" for row in rows)
        return path

    return write


def test_pairs_are_read_normalised_and_cut(write):
    path = write(
        {"q": "KHAI  sinh", "p": "Luật " * 400}, {"q": "", "p": "x"}, {"p": "không có hỏi"}
    )
    ((question, passage),) = read_pairs(path)
    assert question == "khai sinh"
    assert len(passage) <= 600


def test_no_more_pairs_are_read_than_asked_for(write):
    path = write(*[{"q": f"câu {n}", "p": "đoạn"} for n in range(5)])
    assert [question for question, _ in read_pairs(path, limit=2)] == ["câu 0", "câu 1"]


def test_a_procedure_is_paired_with_its_papers_and_its_results():
    procedure = make_procedure(
        name="Nuôi Rồng",
        requirements=[make_requirement("Đơn"), make_requirement("Bản vẽ")],
        results=[{"name": "Giấy phép"}],
        conditions=["Có vườn"],
    )
    assert catalogue_pairs([procedure]) == [
        ("nuôi rồng", "đơn bản vẽ"),
        ("nuôi rồng", "chăn nuôi giấy phép có vườn"),
    ]


def test_questions_are_paired_with_names_and_with_each_other_within_their_field():
    catalogue = Catalogue(
        [
            make_procedure("1.000001", name="Khai sinh", field="Hộ tịch"),
            make_procedure("1.000002", name="Khai tử", field="Hộ tịch"),
            make_procedure("1.000003", name="Nuôi rồng", field="Chăn nuôi"),
        ]
    )
    questions = {
        "1.000001": ["con mới đẻ", "Em Bé ra đời"],
        "1.000002": ["ông mất"],
        "1.000003": ["con rồng"],
        "9.999999": ["không ai biết"],
    }
    groups = question_groups(catalogue, questions, seed=7)
    assert groups == question_groups(catalogue, questions, seed=7)
    civil, animals = groups
    assert animals == [("con rồng", "nuôi rồng")]
    assert {("con mới đẻ", "khai sinh"), ("ông mất", "khai tử")} <= set(civil)
    others = {pair for pair in civil if pair[1] not in ("khai sinh", "khai tử")}
    assert others <= {("con mới đẻ", "em bé ra đời"), ("em bé ra đời", "con mới đẻ")}
