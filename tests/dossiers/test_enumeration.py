"""Somebody who walks through ten thousand codes learns nothing of them."""

import pytest

from dossiers.agencies import load_agencies
from dossiers.attempts import AttemptLimiter
from dossiers.codes import parse_code
from dossiers.connectors.local import RegistrySource
from dossiers.disclosure import Disclosure, Outcome
from dossiers.explain import Explainer
from dossiers.explanation_texts import load_texts
from dossiers.sensitive import load_sensitive
from knowledge_base.calendar import load_calendar

CODES = [f"H05.12-261123-{number:04}" for number in range(10_000)]
THERE = "H05.12-261123-0007"


@pytest.fixture
def disclosure(demo, sessions, hasher, clock):
    def limiter(tries):
        return AttemptLimiter(sessions, hasher, clock=clock, tries=tries)

    return Disclosure(
        RegistrySource(demo),
        limiter(5),
        hasher,
        load_sensitive(),
        load_agencies(),
        clock=clock,
        of_address=limiter(50),
    )


@pytest.mark.slow
@pytest.mark.parametrize("proof", [None, "1234"])
def test_ten_thousand_codes_tell_nothing(disclosure, clock, proof):
    """The codes from 1000 on, so that no lucky first five are among them; then the real one."""
    explainer = Explainer(load_calendar(), load_texts(), clock=clock)
    said = set()
    for text in [*CODES[1000:], *CODES[:1000]]:
        found = disclosure.look_up(parse_code(text), client="one", proof=proof, address="digest")
        assert found.view is None, text
        explanation = explainer.explain(found)
        said.add(repr(explanation).replace(text, "…"))
    # «Not shown» for the first five, «too many tries» for all the others, the real one too.
    assert len(said) == 2


@pytest.mark.slow
def test_new_conversations_from_one_address_tell_nothing_either(disclosure):
    shown = 0
    for number, text in enumerate([*CODES[1000:3000], *CODES[:10]]):
        found = disclosure.look_up(parse_code(text), client=f"{number}", address="digest")
        shown += found.outcome is Outcome.SHOWN
    assert shown == 0


def test_a_guessed_proof_of_the_real_code_is_stopped_from_any_address(disclosure):
    outcomes = [
        disclosure.look_up(
            parse_code(THERE), client=f"{number}", proof=f"{number:04}", address=f"{number}"
        ).outcome
        for number in range(10)
    ]
    assert outcomes == [Outcome.NOT_SHOWN] * 5 + [Outcome.TOO_MANY_TRIES] * 5
