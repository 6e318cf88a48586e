from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from dossiers.agencies import load_agencies
from dossiers.attempts import AttemptLimiter
from dossiers.codes import CodeHint, parse_code
from dossiers.connectors.local import RegistrySource
from dossiers.disclosure import Disclosure, Outcome
from dossiers.errors import SourceUnavailableError
from dossiers.record import Apology, Payment, Step, Supplement
from dossiers.sensitive import load_sensitive
from dossiers.status import Status
from dossiers.timeliness import Timeliness
from dossiers.view import Tier

ON_TIME = parse_code("H05.12-261123-0007")
WAITING = parse_code("H05.12-261112-0031")
LATE = parse_code("H05.12-261026-0115")
UNKNOWN = parse_code("H05.12-261123-9999")


class CountingHasher:
    def __init__(self, hasher):
        self._hasher = hasher
        self.checked = 0

    def proves(self, secret, proofs):
        self.checked += 1
        return self._hasher.proves(secret, proofs)


class DownSource:
    def find(self, code):
        raise SourceUnavailableError("igate", "không trả lời")


@pytest.fixture
def make(sessions, hasher, clock):
    def make(source, checker=hasher):
        limiter = AttemptLimiter(sessions, hasher, clock=clock)
        return Disclosure(source, limiter, checker, load_sensitive(), load_agencies(), clock=clock)

    return make


@pytest.fixture
def disclosure(make, demo):
    return make(RegistrySource(demo))


def everything_shown(view):
    return repr(asdict(view))


def test_the_code_alone_shows_status_and_due_date_and_no_more(disclosure, demo):
    demo.save(replace(demo.get(ON_TIME.code), payments=(Payment("Lệ phí", 8000),)))
    found = disclosure.look_up(ON_TIME, client="a")
    assert found.outcome is Outcome.SHOWN
    view = found.view
    assert (view.tier, view.status, view.field_name) == (Tier.CODE, Status.PROCESSING, "Hộ tịch")
    assert (view.due_at.day, view.has_apology) == (27, False)
    assert view.timeliness is Timeliness.RUNNING_ON_TIME
    assert view.updated_at == demo.get(ON_TIME.code).synced_at
    shown = everything_shown(view)
    for hidden in ("tình trạng hôn nhân", "1.004873", "tư pháp", "Lệ phí", "phường", "$"):
        assert hidden not in shown


@pytest.mark.parametrize("proof", ["246810", "24 68 10", "1234", "0900001234"])
def test_a_proof_opens_procedure_steps_and_papers(disclosure, proof):
    view = disclosure.look_up(ON_TIME, client="a", proof=proof).view
    assert view.tier is Tier.PROOF
    assert view.procedure_name == "Cấp Giấy xác nhận tình trạng hôn nhân"
    assert [step.status for step in view.steps] == [Status.RECEIVED, Status.PROCESSING]
    assert view.collect_at


def test_missing_papers_are_shown_to_the_owner_only(disclosure):
    assert disclosure.look_up(WAITING, client="a").view.supplement is None
    supplement = disclosure.look_up(WAITING, client="a", proof="5678").view.supplement
    assert supplement.items == ("Bản sao hợp đồng thuê địa điểm kinh doanh",)


def test_an_answered_request_for_papers_is_not_shown_as_missing(disclosure, demo, clock):
    waiting = demo.get(WAITING.code)
    answered = replace(waiting.supplements[0], answered_at=clock.now)
    demo.save(replace(waiting, supplements=(answered,)))
    assert disclosure.look_up(WAITING, client="a", proof="5678").view.supplement is None


def test_the_officers_words_are_for_officers(disclosure, demo):
    step = Step(demo.get(LATE.code).status_at, "Phòng", "ý kiến nội bộ", Status.PROCESSING)
    demo.save(replace(demo.get(LATE.code), steps=(step,)))
    assert "nội bộ" not in everything_shown(disclosure.look_up(LATE, client="a", proof="9012").view)
    view = disclosure.look_up_as_officer(LATE).view
    assert view.tier is Tier.OFFICER
    assert "nội bộ" in everything_shown(view)


def test_not_even_an_officer_sees_the_hashes(disclosure):
    record = disclosure.look_up_as_officer(LATE).view.record
    assert not record.proofs


def test_unknown_code_and_wrong_proof_get_the_same_answer(disclosure):
    unknown = disclosure.look_up(UNKNOWN, client="a", proof="0000")
    wrong = disclosure.look_up(ON_TIME, client="b", proof="0000")
    assert unknown.outcome is wrong.outcome is Outcome.NOT_SHOWN
    assert unknown.view is wrong.view is None
    assert unknown.retry_at == wrong.retry_at


def test_the_proof_is_checked_for_an_unknown_code_too(make, demo, hasher):
    counting = CountingHasher(hasher)
    disclosure = make(RegistrySource(demo), counting)
    disclosure.look_up(UNKNOWN, client="a", proof="0000")
    assert counting.checked == 1


def test_a_dossier_without_stored_secrets_opens_to_no_proof(disclosure, demo, hasher):
    record = replace(demo.get(ON_TIME.code), code=UNKNOWN.code, proofs=hasher.proofs(UNKNOWN.code))
    demo.save(record)
    assert disclosure.look_up(UNKNOWN, client="a", proof="").outcome is Outcome.NOT_SHOWN
    assert disclosure.look_up(UNKNOWN, client="a").outcome is Outcome.SHOWN


@pytest.mark.parametrize("code", [ON_TIME, UNKNOWN])
def test_after_five_wrong_proofs_even_the_right_one_must_wait(disclosure, clock, code):
    for _ in range(5):
        disclosure.look_up(code, client="a", proof="0000")
    refused = disclosure.look_up(code, client="b", proof="1234")
    assert refused.outcome is Outcome.TOO_MANY_TRIES
    assert refused.retry_at == clock.now + timedelta(minutes=15)
    assert refused.view is None


def test_right_proofs_do_not_use_up_the_tries(disclosure):
    for _ in range(8):
        assert disclosure.look_up(ON_TIME, client="a", proof="1234").outcome is Outcome.SHOWN


def test_many_codes_cannot_be_walked_through(disclosure):
    codes = [parse_code(f"H05.12-261123-{n:04}") for n in range(10, 17)]
    outcomes = [disclosure.look_up(code, client="a").outcome for code in codes]
    assert outcomes == [Outcome.NOT_SHOWN] * 5 + [Outcome.TOO_MANY_TRIES] * 2


@pytest.mark.parametrize("name", ["Đăng ký khai tử", "Cấp Phiếu lý lịch tư pháp"])
def test_a_sensitive_procedure_is_not_named_to_the_code_alone(disclosure, demo, name):
    demo.save(replace(demo.get(ON_TIME.code), procedure_name=name))
    view = disclosure.look_up(ON_TIME, client="a").view
    assert view.field_name is None
    assert name not in everything_shown(view)
    assert disclosure.look_up(ON_TIME, client="a", proof="1234").view.procedure_name == name


def test_an_apology_is_a_yes_for_all_and_a_reason_for_the_owner(disclosure, demo):
    late = demo.get(LATE.code)
    demo.save(replace(late, apologies=(Apology(late.due_at, "UBND", "chờ xác minh"),)))
    view = disclosure.look_up(LATE, client="a").view
    assert (view.has_apology, view.apology) == (True, None)
    assert disclosure.look_up(LATE, client="a", proof="9012").view.apology.reason == "chờ xác minh"


def test_how_it_ended_is_not_shown_to_the_code_alone(disclosure, demo):
    demo.record_status(LATE.code, Status.FINISHED, demo.get(LATE.code).synced_at)
    view = disclosure.look_up(LATE, client="a").view
    assert (view.timeliness, view.finished_at, view.status_at) == (None, None, None)
    owner = disclosure.look_up(LATE, client="a", proof="9012").view
    assert owner.timeliness is Timeliness.ENDED_LATE


def test_a_source_that_is_down_uses_up_no_tries(make):
    disclosure = make(DownSource())
    for _ in range(8):
        found = disclosure.look_up(ON_TIME, client="a", proof="1234")
        assert found.outcome is Outcome.SOURCE_DOWN
    assert disclosure.look_up_as_officer(ON_TIME).outcome is Outcome.SOURCE_DOWN


def test_an_officer_asking_for_an_unknown_code_is_told_so(disclosure):
    assert disclosure.look_up_as_officer(UNKNOWN).outcome is Outcome.NOT_SHOWN


def test_facts_of_a_code_need_no_look_up(disclosure):
    facts = disclosure.facts(parse_code("h05.12 261224 0007"))
    assert (facts.agency, facts.is_confirmed) == ("Bắc Ninh", False)
    assert facts.hints == (CodeHint.FUTURE_DATE,)
    assert disclosure.facts(parse_code("000.00.07.H02-200729-0003")).agency is None


def test_supplement_shown_is_the_latest_open_one(disclosure, demo, clock):
    waiting = demo.get(WAITING.code)
    newer = Supplement(clock.now, "Phòng", ("Giấy mới",))
    demo.save(replace(waiting, supplements=(*waiting.supplements, newer)))
    assert disclosure.look_up(WAITING, client="a", proof="5678").view.supplement == newer
