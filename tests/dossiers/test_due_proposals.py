from dataclasses import replace
from datetime import datetime

import pytest

from dossiers.clock import VIETNAM
from dossiers.demo import demo_dossiers
from dossiers.due_proposals import due_proposals
from dossiers.record import Supplement
from dossiers.status import Status
from knowledge_base.calendar import load_calendar

CALENDAR = load_calendar()


def at(day, hour=17):
    return datetime(2026, 11, day, hour, tzinfo=VIETNAM)


@pytest.fixture
def record(hasher):
    """Counted before 24/11 became a holiday: three working days from 23/11 were the 26th."""
    return replace(demo_dossiers(hasher)[0], calendar_version="2026-1", due_at=at(26))


def test_a_date_counted_by_an_older_calendar_is_proposed_anew(record):
    (proposal,) = due_proposals([record], CALENDAR)
    assert (proposal.code, proposal.promised) == (record.code, at(26))
    assert proposal.proposed.due_at == at(27)
    assert proposal.calendar_version == CALENDAR.version


def test_waiting_for_papers_is_taken_out(record):
    waited = Supplement(at(25, 9), answered_at=at(26, 9))
    (proposal,) = due_proposals([replace(record, supplements=(waited,))], CALENDAR)
    assert proposal.proposed.due_at == at(30)


@pytest.mark.parametrize(
    "changes",
    [
        {"due_at": at(27)},
        {"calendar_version": None},
        {"calendar_version": CALENDAR.version},
        {"status": Status.FINISHED},
        {"status": Status.SUPPLEMENT_REQUESTED},
        {"due_unit": None},
        {"received_at": None},
        {"received_at": datetime(2024, 1, 5, tzinfo=VIETNAM)},
    ],
)
def test_nothing_is_proposed_where_nothing_changes_or_nothing_is_known(record, changes):
    assert list(due_proposals([replace(record, **changes)], CALENDAR)) == []
