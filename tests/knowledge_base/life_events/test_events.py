"""The shipped events: sound data, and nothing that the records do not hold."""

import csv
import re

import pytest

from knowledge_base.catalogue import INDEX_FILE
from knowledge_base.guidance import load_guidance_folder
from knowledge_base.life_events import load_life_events
from knowledge_base.text import normalise

EVENTS = load_life_events()
GUIDANCE = {guidance.code: guidance for guidance in load_guidance_folder()}
WITHOUT_GUIDANCE = {"1.007700"}
"""Main steps of which the project has no guidance file yet."""

LONGEST_SENTENCE = 26
"""Syllables; a sentence of twenty Vietnamese words has about as many."""

_NUMBER = re.compile(r"\d+ (?:ngày làm việc|ngày|tháng|năm)")


@pytest.fixture(params=list(EVENTS), ids=lambda event: event.id)
def event(request):
    return request.param


def codes_of_the_index():
    with INDEX_FILE.open(encoding="utf-8", newline="") as stream:
        return {row["code"] for row in csv.DictReader(stream)}


def sentences(event):
    texts = [*event.intro]
    for step in event.steps:
        texts += [text for text in (step.why, step.when, step.only_if) if text]
    return [part for text in texts for part in re.split(r"(?<=[.;?!])\s+", text)]


def test_the_ten_events_of_everyday_life_are_there():
    assert {event.title for event in EVENTS} >= {
        "Sinh con",
        "Người thân mất",
        "Cưới",
        "Mua bán, tặng cho nhà đất",
        "Mở hàng quán",
        "Chuyển nhà",
        "Mất giấy tờ",
        "Nghỉ hưu",
        "Xây nhà",
        "Mua xe",
    }


def test_every_code_exists(event):
    assert {step.code for step in event.steps} <= codes_of_the_index()


def test_no_procedure_comes_twice(event):
    codes = [step.code for step in event.steps]
    assert len(set(codes)) == len(codes)


def test_main_procedures_have_guidance(event):
    codes = {step.code for step in event.main_steps}
    assert codes - WITHOUT_GUIDANCE <= set(GUIDANCE)
    guided = [step for step in event.steps if step.code in GUIDANCE]
    assert len(guided) >= 0.7 * len(event.steps)


def test_sentences_are_short_and_end(event):
    for sentence in sentences(event):
        assert len(sentence.split()) <= LONGEST_SENTENCE, sentence
        assert sentence.endswith((".", "?")), sentence


def test_deadlines_are_those_of_the_guidance(event):
    held = " ".join(
        text
        for step in event.steps
        if step.code in GUIDANCE
        for guidance in [GUIDANCE[step.code]]
        for text in (
            *guidance.needed_when,
            *guidance.conditions,
            *(part.text for part in guidance.steps),
        )
    )
    for step in event.steps:
        for deadline in _NUMBER.findall(step.when or ""):
            assert deadline in held, (step.id, deadline)


def test_words_are_normalised_and_told_once(event):
    for entries in (event.spoken(), event.unless):
        assert len(set(entries)) == len(entries)
        assert [normalise(entry) for entry in entries] == entries
    assert not set(event.spoken()) & set(event.unless)


def test_events_are_found_by_id():
    assert EVENTS.get("wedding").title == "Cưới"
    assert EVENTS.get("lottery") is None
