"""Every move from every status to every other, through the registry."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dossiers.record import DataErrorKind
from dossiers.status import Status

CODE = "H05.12-261123-0007"
# Reference: 1→{2,3,7}; 2→{4,5,7,8}; 4→{4,5,6,7,8,9}; 5→{4,7,8}; 6→{4,7,8,9}; 9→{10}.
ALLOWED = {
    1: {2, 3, 7},
    2: {4, 5, 7, 8},
    3: set(),
    4: {4, 5, 6, 7, 8, 9},
    5: {4, 7, 8},
    6: {4, 7, 8, 9},
    7: set(),
    8: set(),
    9: {10},
    10: set(),
}


@pytest.mark.parametrize("after", list(Status), ids=int)
@pytest.mark.parametrize("before", list(Status), ids=int)
def test_a_move_is_kept_and_reported_where_it_is_not_allowed(demo, clock, before, after):
    fresh = replace(demo.get(CODE), code="H05.12-261123-0500", status=before, steps=())
    demo.save(fresh)
    at = clock.now + timedelta(minutes=1)
    change = demo.record_status(fresh.code, after, at, source="igate")
    kept = demo.get(fresh.code)
    assert (kept.status, kept.status_at) == (after, at)  # never hidden
    legal = after in ALLOWED[before] or after is before
    assert change.is_legal is legal
    assert [problem.kind for problem in kept.problems] == (
        [] if legal else [DataErrorKind.ILLEGAL_TRANSITION]
    )
    told = [code for code, _ in demo.problems()]
    assert (fresh.code in told) is not legal


def test_every_status_is_reached_by_allowed_moves_from_the_first():
    reached, waiting = {1}, [1]
    while waiting:
        new = ALLOWED[waiting.pop()] - reached
        reached |= new
        waiting += new
    assert reached == {int(status) for status in Status}
