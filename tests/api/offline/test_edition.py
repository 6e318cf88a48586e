import asyncio
import gzip
import json
from datetime import date

import pytest

from api.offline.edition import OfflineLibrary, guided, make_edition
from knowledge_base.catalogue import Catalogue
from knowledge_base.checklist import Checklist
from tests.api.offline.conftest import ADDRESS, TODAY
from tests.factories import make_procedure

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def edition(whole, texts):
    return make_edition(whole, texts, ADDRESS, TODAY)


@pytest.fixture(scope="module")
def content(edition):
    return json.loads(edition.content)


def test_every_guidance_file_is_in_it_and_nothing_else(content, whole):
    assert sorted(content["procedures"]) == sorted(p.code for p in guided(whole))
    assert len(content["procedures"]) >= 150


def test_it_says_its_version_and_its_day(content, edition):
    assert (content["version"], content["made_on"]) == (edition.version, "2026-11-23")
    assert edition.tag == f'"{edition.version}-20261123"'


def test_it_stays_small(edition):
    assert len(edition.content) < 5 * MEGABYTE
    assert len(edition.compressed) < MEGABYTE
    assert gzip.decompress(edition.compressed) == edition.content


def test_another_day_is_the_same_version(birth, texts):
    first = make_edition(birth, texts, ADDRESS, TODAY)
    second = make_edition(birth, texts, ADDRESS, date(2026, 11, 24))
    assert first.version == second.version
    assert first.tag != second.tag


def test_another_word_is_another_version(birth, texts):
    first = make_edition(birth, texts, ADDRESS, TODAY)
    changed = birth.get("1.001193").model_copy(update={"summary": "Ghi tên trẻ."})
    assert make_edition(Catalogue([changed]), texts, ADDRESS, TODAY).version != first.version


def test_a_fee_is_told_whole_with_its_exemptions(content, whole):
    for code, procedure in content["procedures"].items():
        fees = [channel["fee"] for channel in procedure["channels"]]
        assert fees == [channel.fee for channel in whole.get(code).channels]


def test_every_paper_step_and_office_keeps_its_words(content, whole):
    for code, exported in content["procedures"].items():
        procedure = whole.get(code)
        names = [paper.name for paper in procedure.requirements]
        assert [paper["name"] for paper in exported["papers"]] == names
        assert [step.text in said for step, said in
                zip(procedure.steps, exported["steps"], strict=True)].count(False) == 0  # fmt: skip
        assert [name for name, _ in exported["offices"]] == [o.name for o in procedure.offices]


def test_its_source_says_decision_and_day(content):
    for procedure in content["procedures"].values():
        assert "Quyết định" in procedure["source"]
        assert "kiểm tra ngày" in procedure["source"]


def test_tables_are_those_of_the_checklist(content, whole):
    exported = content["procedures"]["1.001193"]
    answers = {"parents": "married", "birth": "certified", "applicant": "parent", "way": "online"}
    child = exported["root"]
    for question, option in answers.items():
        place, _, *children = exported["nodes"][child]
        asked = exported["questions"][place]
        assert asked["id"] == question
        child = children[[o["id"] for o in asked["options"]].index(option)]
    needed = exported["lists"][-1 - child][0]
    mine = Checklist(whole.get("1.001193"), whole.find).personal_list(answers)
    assert [exported["papers"][place]["name"] for place in needed] == [i.name for i in mine.needed]


def test_journeys_name_every_procedure_they_lead_to(content):
    assert len(content["events"]) == 13
    for event in content["events"]:
        for step in event["steps"]:
            assert step["code"] in content["procedures"] or step["code"] in content["names"]


def test_forms_come_with_right_and_wrong_examples_that_say_so(content):
    form = content["forms"]["khai-sinh"]
    assert "khai-sinh" in content["procedures"]["1.001193"]["forms"]
    assert {example["wrong"] for example in form["examples"]} == {False, True}
    for example in form["examples"]:
        assert "BẢN THAM KHẢO" in " ".join(example["banners"]).upper()
    wrong = next(example for example in form["examples"] if example["wrong"])
    lines = [line for section in wrong["sections"] for line in section["lines"]]
    assert any("fault" in line for line in lines)


def test_no_path_of_this_machine_is_in_it(edition):
    assert b"/tmp" not in edition.content
    assert b".yml" not in edition.content


def test_procedures_without_guidance_stay_out(texts):
    catalogue = Catalogue([make_procedure()])
    assert json.loads(make_edition(catalogue, texts, ADDRESS, TODAY).content)["procedures"] == {}


def test_a_library_makes_each_edition_once(birth, texts):
    library = OfflineLibrary(texts, lambda: TODAY)

    async def ask():
        return await asyncio.gather(*(library.edition(birth, ADDRESS) for _ in range(3)))

    first, *others = asyncio.run(ask())
    assert all(other is first for other in others)


def test_a_library_follows_the_day_and_the_catalogue(birth, texts):
    days = [TODAY]
    library = OfflineLibrary(texts, lambda: days[-1])
    first = asyncio.run(library.edition(birth, ADDRESS))
    days.append(date(2026, 11, 24))
    assert asyncio.run(library.edition(birth, ADDRESS)).made_on == date(2026, 11, 24)
    other = asyncio.run(library.edition(Catalogue([make_procedure()]), ADDRESS))
    assert other.version != first.version


def test_a_library_keeps_few_editions_however_many_addresses_are_asked_for(birth, texts):
    library = OfflineLibrary(texts, lambda: TODAY)
    first = asyncio.run(library.edition(birth, ADDRESS))
    for number in range(6):
        asyncio.run(library.edition(birth, f"https://{number}.example/{{code}}"))
    assert asyncio.run(library.edition(birth, ADDRESS)) is not first
