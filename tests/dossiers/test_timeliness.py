from datetime import datetime

import pytest

from dossiers.clock import VIETNAM
from dossiers.record import DossierRecord, Step, TimeUnit
from dossiers.status import Status
from dossiers.timeliness import Timeliness, end_of_handling, judge


def at(day, hour=9):
    return datetime(2026, 11, day, hour, tzinfo=VIETNAM)


def record(status, **changes):
    values = {
        "code": "H05.12-261116-0001",
        "status": status,
        "status_at": at(18),
        "synced_at": at(20),
        "source_system": "test",
        "received_at": at(16),
        "due_at": at(20, 17),
    }
    return DossierRecord(**values | changes)


@pytest.mark.parametrize(
    ("dossier", "now", "expected"),
    [
        (record(Status.REGISTERED), at(25), Timeliness.NOT_STARTED),
        (record(Status.PROCESSING), at(20, 18), Timeliness.RUNNING_ON_TIME),
        (record(Status.PROCESSING), at(21, 0), Timeliness.RUNNING_LATE),
        (record(Status.RECEIVED), at(25), Timeliness.RUNNING_LATE),
        (record(Status.PROCESSING, due_at=None), at(25), Timeliness.UNKNOWN),
        (record(Status.SUPPLEMENT_REQUESTED), at(25), Timeliness.PAUSED),
        (record(Status.PAYMENT_REQUESTED), at(25), Timeliness.PAUSED),
        (record(Status.FINISHED, finished_at=at(19)), at(25), Timeliness.ENDED_EARLY),
        (record(Status.FINISHED, finished_at=at(20, 20)), at(25), Timeliness.ENDED_ON_TIME),
        (record(Status.RETURNED, finished_at=at(20), returned_at=at(25)), at(26),
         Timeliness.ENDED_ON_TIME),
        (record(Status.RETURNED, returned_at=at(23)), at(26), Timeliness.ENDED_LATE),
        (record(Status.WITHDRAWN), at(26), Timeliness.ENDED_EARLY),
        (record(Status.PROCESSING, due_at=at(20, 14), due_unit=TimeUnit.HOUR), at(20, 15),
         Timeliness.RUNNING_LATE),
        (record(Status.FINISHED, due_at=None, finished_at=at(19)), at(25), Timeliness.UNKNOWN),
    ],
)  # fmt: skip
def test_judging(dossier, now, expected):
    assert judge(dossier, now) is expected
    assert expected.is_late == expected.value.endswith("late")


def test_the_first_finish_ends_handling_before_the_hand_over():
    steps = (Step(at(17), status=Status.FINISHED), Step(at(19), status=Status.RETURNED))
    dossier = record(Status.RETURNED, steps=steps, returned_at=at(19))
    assert end_of_handling(dossier) == at(17)


def test_the_moment_of_the_status_stands_in_where_nothing_else_was_told():
    assert end_of_handling(record(Status.HALTED)) == at(18)
    assert end_of_handling(record(Status.PROCESSING)) is None
