"""The data that ships with the repository: every file loads and agrees with the others."""

import csv
import json
import unicodedata
from collections import defaultdict

import jsonschema
import pytest
import yaml

from knowledge_base.answer import load_texts
from knowledge_base.answer.cues import load_cues
from knowledge_base.catalogue import INDEX_FILE, load_catalogue, read_index
from knowledge_base.guidance import PROCEDURES_FOLDER, guidance_schema, load_guidance_folder
from knowledge_base.questions import (
    QUESTIONS_FOLDER,
    load_ambiguous,
    load_off_topic,
    load_questions,
)
from knowledge_base.search import load_search_config
from knowledge_base.text import load_lexicon, normalise
from knowledge_base.text.lexicon import LEXICON_FOLDER


@pytest.fixture(scope="module")
def guidance():
    return load_guidance_folder()


@pytest.fixture(scope="module")
def questions():
    return load_questions()


@pytest.fixture(scope="module")
def index():
    with INDEX_FILE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def codes(index):
    return {row["code"] for row in index}


def test_the_index_has_every_national_procedure_once(index, codes):
    assert len(index) == 2642
    assert len(codes) == 2642
    assert [row["code"] for row in index] == sorted(codes)
    assert len(read_index(INDEX_FILE)) == 2642


def test_the_index_names_every_procedure_its_field_and_its_address(index):
    for row in index:
        assert row["official_name"], row["code"]
        assert row["field"], row["code"]
        assert row["portal_url"].startswith("https://dichvucong.gov.vn/"), row["code"]


def test_every_guidance_file_loads(guidance):
    assert len(guidance) == len(list(PROCEDURES_FOLDER.rglob("*.yml")))


def test_every_guidance_file_is_for_a_national_procedure(guidance, codes):
    assert {procedure.code for procedure in guidance} <= codes


def test_every_link_of_a_guidance_file_leads_to_a_national_procedure(guidance, codes):
    for procedure in guidance:
        linked = {link.code for link in procedure.next} | {
            paper.get_from_code for paper in procedure.requirements if paper.get_from_code
        }
        assert linked <= codes, procedure.code
        assert procedure.code not in linked, procedure.code


def test_the_catalogue_is_complete_without_any_import(guidance):
    catalogue = load_catalogue()
    assert len(catalogue) == 2642
    assert catalogue.stats()["source"] == {
        "index": 2642 - len(guidance),
        "guidance": len(guidance),
    }


def test_every_question_is_for_a_national_procedure(questions, codes):
    assert questions
    assert set(questions) <= codes


def test_no_phrasing_stands_under_two_procedures(questions):
    codes_by_phrasing = defaultdict(set)
    for code, phrasings in questions.items():
        for phrasing in phrasings:
            codes_by_phrasing[normalise(phrasing)].add(code)
    assert {p: sorted(found) for p, found in codes_by_phrasing.items() if len(found) > 1} == {}


def test_phrasings_are_not_empty_and_not_repeated(questions):
    for code, phrasings in questions.items():
        written = [normalise(phrasing) for phrasing in phrasings]
        assert all(written), code
        assert len(set(written)) == len(written), code


def test_vague_messages_fit_several_national_procedures(codes):
    for text, fitting in load_ambiguous():
        assert len(set(fitting)) > 1, text
        assert set(fitting) <= codes, text


def test_messages_off_topic_stand_under_no_procedure(questions):
    asked = {normalise(phrasing) for phrasings in questions.values() for phrasing in phrasings}
    off_topic = [normalise(text) for text in load_off_topic()]
    assert len(set(off_topic)) == len(off_topic)
    assert not asked & set(off_topic)


@pytest.mark.parametrize("folder", [PROCEDURES_FOLDER, QUESTIONS_FOLDER, LEXICON_FOLDER])
def test_shipped_texts_are_composed(folder):
    files = [path for path in folder.rglob("*") if path.suffix in (".yml", ".tsv")]
    assert files
    for path in files:
        assert unicodedata.is_normalized("NFC", path.read_text("utf-8")), path.name


def test_the_lexicon_loads_and_writes_out_teencode():
    lexicon = load_lexicon()
    assert lexicon.rewrite("ko có gks") == "không có giấy khai sinh"
    assert lexicon.expansions("mất sổ đỏ")


def test_the_search_configuration_loads():
    assert load_search_config().weights


def test_the_fixed_texts_and_cues_load():
    assert load_texts().replies
    assert load_cues().find("lệ phí bao nhiêu")


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(guidance_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_schema_for_editors_accepts_every_shipped_file(validator):
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in PROCEDURES_FOLDER.rglob("*.yml"):
        data = yaml.load(path.read_text("utf-8"), Loader=loader)
        # YAML hands dates over as dates; an editor checks the text.
        errors = list(validator.iter_errors(json.loads(json.dumps(data, default=str))))
        assert errors == [], path.name
