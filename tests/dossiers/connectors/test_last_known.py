from dataclasses import replace

import pytest

from dossiers.connectors.last_known import FirstOf, LastKnown
from dossiers.connectors.local import RegistrySource
from dossiers.connectors.source import SourceRecord
from dossiers.demo import demo_dossiers
from dossiers.errors import SourceAnswerError, SourceRefusedError, SourceUnavailableError

CODE = "H05.12-261123-0007"


class ToldSource:
    """Answers what it is told to, or raises it."""

    def __init__(self, answer):
        self.answer = answer

    def find(self, code):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def told(hasher, clock):
    record = replace(demo_dossiers(hasher)[0], source_system="igate", synced_at=clock.now)
    return ToldSource(SourceRecord(record, clock.now))


@pytest.mark.parametrize("error", [SourceUnavailableError, SourceRefusedError])
def test_while_a_source_is_down_its_last_word_is_told_with_its_age(registry, told, clock, error):
    source = LastKnown(told, registry)
    assert not source.find(CODE).stale
    told_at = clock.now
    clock.forward(hours=5)
    told.answer = error("igate", "x")
    found = source.find(CODE)
    assert (found.stale, found.as_of) == (True, told_at)
    assert found.record.code == CODE


def test_without_a_last_word_the_failure_is_passed_on(registry):
    source = LastKnown(ToldSource(SourceUnavailableError("igate", "x")), registry)
    with pytest.raises(SourceUnavailableError):
        source.find(CODE)


def test_a_wrong_answer_is_not_covered_up(registry, told):
    source = LastKnown(told, registry)
    source.find(CODE)
    told.answer = SourceAnswerError("igate", "x")
    with pytest.raises(SourceAnswerError):
        source.find(CODE)


def test_what_the_source_no_longer_knows_is_unknown(registry, told):
    source = LastKnown(told, registry)
    source.find(CODE)
    told.answer = None
    assert source.find(CODE) is None


def test_the_first_source_that_knows_answers(demo, told):
    local = RegistrySource(demo)
    assert FirstOf([ToldSource(None), told]).find(CODE).record.source_system == "igate"
    down = ToldSource(SourceUnavailableError("igate", "x"))
    assert FirstOf([down, local]).find(CODE).as_of == demo.get(CODE).synced_at
    assert FirstOf([ToldSource(None), local]).find("H05.12-261123-9999") is None


def test_unknown_is_only_said_if_all_could_be_asked(demo):
    sources = [ToldSource(SourceUnavailableError("igate", "x")), RegistrySource(demo)]
    with pytest.raises(SourceUnavailableError):
        FirstOf(sources).find("H05.12-261123-9999")
