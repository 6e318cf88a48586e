from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from dossiers.clock import VIETNAM
from dossiers.demo import demo_dossiers
from dossiers.errors import UnknownDossierError
from dossiers.proofs import Proofs
from dossiers.record import (
    Apology,
    DataErrorKind,
    Delivery,
    DossierRecord,
    FilingChannel,
    Payment,
    PaymentState,
    Step,
    Supplement,
)
from dossiers.status import Status

CODE = "H05.12-261123-0007"


def at(day, hour=9, month=11):
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


def record(**changes):
    values = {
        "code": CODE,
        "status": Status.RECEIVED,
        "status_at": at(23),
        "synced_at": at(23, 10),
        "source_system": "test",
        "received_at": at(23),
    }
    return DossierRecord(**values | changes)


FULL = record(
    due_at=at(27, 17),
    channel=FilingChannel.POST,
    steps=(Step(at(23), "Một cửa", "Tiếp nhận", Status.RECEIVED, at(24)),),
    supplements=(Supplement(at(24), "Phòng", ("Giấy A", "Giấy B"), None, at(27), None, "BS1"),),
    apologies=(Apology(at(25), "UBND", "Chờ xác minh", at(27), at(28)),),
    payments=(Payment("Lệ phí", 8000, PaymentState.PAID, "LP1", "ref"),),
    deliveries=(Delivery(FilingChannel.POST, at(28), "VN123"),),
    proofs=Proofs("salt$pin", "salt$phone"),
)


def test_what_is_saved_is_read_back_whole(registry):
    registry.save(FULL)
    assert registry.get(CODE) == FULL
    assert len(registry) == 1


def test_an_unknown_code_gives_none(registry):
    assert registry.get(CODE) is None


def test_moments_come_back_in_vietnamese_time(registry):
    registry.save(FULL)
    known = registry.get(CODE)
    assert known is not None
    assert known.received_at is not None
    assert known.received_at.utcoffset() == timedelta(hours=7)


def test_saving_again_changes_nothing(registry):
    registry.save(FULL)
    registry.save(FULL)
    assert registry.get(CODE) == FULL


def test_a_source_that_leaves_fields_out_erases_nothing(registry):
    registry.save(FULL)
    merged = registry.save(
        record(status=Status.PROCESSING, status_at=at(24), synced_at=at(24), source_system="b")
    )
    assert merged.status is Status.PROCESSING
    assert (merged.due_at, merged.channel, merged.proofs) == (
        FULL.due_at,
        FULL.channel,
        FULL.proofs,
    )
    assert merged.supplements == FULL.supplements
    assert registry.get(CODE) == merged


def test_an_older_telling_only_adds_to_the_history(registry):
    registry.save(record(status=Status.PROCESSING, status_at=at(24), synced_at=at(24)))
    old_step = Step(at(23, 8), "Một cửa", None, Status.RECEIVED)
    merged = registry.save(record(due_at=at(27), steps=(old_step,)))
    assert merged.status is Status.PROCESSING
    assert merged.synced_at == at(24)
    assert merged.due_at == at(27)
    assert merged.steps == (old_step,)
    assert merged.problems == ()


def test_a_supplement_told_again_is_the_same_supplement(registry):
    registry.save(FULL)
    answered = replace(FULL.supplements[0], answered_at=at(26))
    merged = registry.save(replace(FULL, synced_at=at(26), supplements=(answered,)))
    assert merged.supplements == (answered,)


def test_a_legal_status_is_recorded_with_its_step(registry):
    registry.save(record())
    change = registry.record_status(CODE, Status.PROCESSING, at(24), unit="Phòng Tư pháp")
    assert change.is_legal
    assert change.record.status is Status.PROCESSING
    assert change.record.steps == (Step(at(24), "Phòng Tư pháp", None, Status.PROCESSING),)
    assert registry.get(CODE) == change.record


def test_an_illegal_status_is_kept_and_reported(registry, clock):
    registry.save(record(status=Status.RETURNED))
    change = registry.record_status(CODE, Status.PROCESSING, at(24), source="igate")
    assert not change.is_legal
    assert change.record.status is Status.PROCESSING
    known = registry.get(CODE)
    assert known is not None
    (problem,) = known.problems
    assert problem.kind is DataErrorKind.ILLEGAL_TRANSITION
    assert problem.found_at == clock.now
    assert problem.source == "igate"
    assert "Đã trả kết quả" in problem.message
    assert "Đang xử lý" in problem.message
    assert registry.problems() == [(CODE, problem)]


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("following", list(Status))
def test_exactly_the_illegal_moves_are_reported(registry, status, following):
    registry.save(record(status=status))
    change = registry.record_status(CODE, following, at(24))
    assert change.is_legal == status.may_become(following)


def test_a_late_step_does_not_turn_the_status_back(registry):
    registry.save(record(status=Status.PROCESSING, status_at=at(24)))
    change = registry.record_status(CODE, Status.RECEIVED, at(23))
    assert change.is_legal
    assert change.record.status is Status.PROCESSING
    assert len(change.record.steps) == 1


def test_finished_and_returned_set_their_moments(registry):
    registry.save(record(status=Status.PROCESSING))
    registry.record_status(CODE, Status.FINISHED, at(25))
    change = registry.record_status(CODE, Status.RETURNED, at(26))
    assert (change.record.finished_at, change.record.returned_at) == (at(25), at(26))


def test_a_status_for_an_unknown_code_is_refused(registry):
    with pytest.raises(UnknownDossierError, match=CODE):
        registry.record_status(CODE, Status.PROCESSING, at(24))


def test_a_snapshot_may_skip_moves_that_were_not_told(registry):
    registry.save(record())
    merged = registry.save(record(status=Status.RETURNED, status_at=at(26), synced_at=at(26)))
    assert merged.problems == ()


def test_a_snapshot_that_cannot_be_reached_is_kept_and_reported_once(registry):
    registry.save(record(status=Status.RETURNED, status_at=at(24)))
    told = record(status=Status.PROCESSING, status_at=at(25), synced_at=at(25))
    registry.save(told)
    merged = registry.save(told)
    assert merged.status is Status.PROCESSING
    assert [problem.kind for problem in merged.problems] == [DataErrorKind.ILLEGAL_TRANSITION]


def test_a_newer_snapshot_that_goes_back_is_kept_and_reported(registry):
    registry.save(record(status=Status.PROCESSING, status_at=at(24), synced_at=at(24)))
    merged = registry.save(record(synced_at=at(25)))
    assert merged.status is Status.RECEIVED
    assert [problem.kind for problem in merged.problems] == [DataErrorKind.ILLEGAL_TRANSITION]


def test_moments_in_the_wrong_order_are_reported(registry):
    merged = registry.save(record(due_at=at(20), finished_at=at(25), returned_at=at(24)))
    assert {problem.kind for problem in merged.problems} == {DataErrorKind.WRONG_ORDER_OF_TIMES}
    assert len(merged.problems) == 2


def test_an_import_counts_what_it_did_and_is_idle_the_second_time(registry):
    records = [record(code=f"H05.12-261123-{n:04}") for n in range(2500)]
    first = registry.import_records(iter(records))
    assert (first.added, first.changed, first.unchanged, first.total) == (2500, 0, 0, 2500)
    changed = replace(records[0], status=Status.PROCESSING, synced_at=at(24))
    second = registry.import_records([changed, *records[1:]])
    assert (second.added, second.changed, second.unchanged) == (0, 1, 2499)
    assert len(registry) == 2500
    assert [dossier.code for dossier in registry] == sorted(dossier.code for dossier in records)


def test_one_code_twice_in_an_import_is_merged(registry):
    step = Step(at(24), None, None, Status.PROCESSING)
    later = record(status=Status.PROCESSING, status_at=at(24), synced_at=at(24), steps=(step,))
    registry.import_records([FULL, later])
    known = registry.get(CODE)
    assert known is not None
    assert known.status is Status.PROCESSING
    assert known.steps == (*FULL.steps, step)


def test_a_chunk_that_fails_leaves_nothing_half_written(registry):
    broken = replace(record(code="H05.12-261123-0008"), source_system=None)
    with pytest.raises(IntegrityError):
        registry.import_records([record(), broken])
    assert len(registry) == 0


def test_late_dossiers_without_apology_are_listed_for_the_officer(demo, clock):
    assert demo.late_without_apology(clock.now) == ["H05.12-261026-0115"]
    late = demo.get("H05.12-261026-0115")
    demo.save(replace(late, apologies=(Apology(at(17), "UBND", "Lý do"),)))
    assert demo.late_without_apology(clock.now) == []


def test_a_dossier_is_not_late_on_its_due_day(registry):
    registry.save(record(status=Status.PROCESSING, received_at=at(16), due_at=at(23, 17)))
    assert registry.late_without_apology(at(23, 18)) == []
    assert registry.late_without_apology(at(24, 0)) == [CODE]


def test_demo_dossiers_are_there_only_when_asked_for(registry, hasher):
    assert len(registry) == 0
    for dossier in demo_dossiers(hasher):
        registry.save(dossier)
        assert registry.get(dossier.code) == dossier
        assert dossier.problems == ()
    assert len(registry) == 3
