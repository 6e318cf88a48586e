import json
from pathlib import Path

import pytest
import yaml

import actions
from actions.memory import DossierTalk, Memory
from knowledge_base.answer.aspect import Aspect

ROOT = Path(actions.__file__).parent.parent


def slots_after(memory):
    """The slots as Rasa hands them to the next action: once through JSON."""
    events = json.loads(json.dumps(memory.events()))
    return {event["name"]: event["value"] for event in events}


@pytest.mark.parametrize(
    "memory",
    [
        Memory(),
        Memory("1.001193", Aspect.FEE),
        Memory("1.001193", Aspect.DOCUMENTS, ("1.000001", "1.000002"), "procedure"),
        Memory(dossier=DossierTalk("H05.12-261123-0007", "proof", reminded=True)),
        Memory(dossier=DossierTalk("H05.12-261123-0007", "consent")),
        Memory("1.001193", recent=("1.000001", "1.000002"), said=("mất xe", "mấy ngày")),
    ],
)
def test_what_is_remembered_comes_back_from_the_slots(memory):
    assert Memory.from_slots(slots_after(memory)) == memory


def test_nothing_is_remembered_at_first():
    assert Memory.from_slots({}) == Memory()


def test_empty_slots_are_nothing():
    empty = dict.fromkeys(("procedure_code", "aspect", "candidates", "candidate_kind"))
    assert Memory.from_slots(empty) == Memory()


@pytest.mark.parametrize("aspect", ["no longer an aspect", "", None, 3])
def test_an_aspect_that_is_no_longer_one_is_forgotten(aspect):
    assert Memory.from_slots({"aspect": aspect}).aspect == Aspect.OVERVIEW


def test_every_slot_is_written_so_that_old_choices_do_not_stay():
    written = slots_after(Memory("1.001193"))
    assert written["candidates"] == []
    assert written["candidate_kind"] is None
    assert slots_after(Memory(candidates=("1.000001",), candidate_kind="procedure")).keys() == (
        written.keys()
    )


def test_the_domain_has_a_slot_for_everything_that_is_remembered():
    domain = yaml.safe_load((ROOT / "bot" / "domain" / "domain.yml").read_text("utf-8"))
    assert slots_after(Memory()).keys() == domain["slots"].keys()


def test_what_was_spoken_of_before_is_kept_the_latest_first():
    first = Memory("1.000001")
    second = Memory("1.000002").after(first)
    assert second.recent == ("1.000001",)
    assert Memory("1.000003").after(second).recent == ("1.000002", "1.000001")
    assert Memory("1.000001").after(second).recent == ("1.000002",)


def test_only_the_last_few_are_kept():
    memory = Memory()
    for number in range(9):
        memory = Memory(f"1.00000{number}").after(memory)
    assert memory.recent == ("1.000007", "1.000006", "1.000005", "1.000004")


def test_the_latest_messages_are_remembered_and_no_more():
    memory = Memory()
    for number in range(6):
        memory = Memory().after(memory).remembering(f"câu {number}")
    assert memory.said == ("câu 2", "câu 3", "câu 4", "câu 5")
    assert len(Memory().remembering("dài " * 500).said[0]) == 300
