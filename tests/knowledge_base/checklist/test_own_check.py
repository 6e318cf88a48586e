import pytest

from knowledge_base.checklist import Checklist, Readiness, own_check
from knowledge_base.situation import UNKNOWN
from tests.factories import make_procedure

CASE = {"owner": "lent", "lender": UNKNOWN, "way": "counter"}


def names(items):
    return [item.id for item in items]


@pytest.fixture
def mine(dragon):
    return Checklist(dragon).personal_list(CASE)


def test_a_certain_paper_that_is_missing_stops(mine):
    check = own_check(mine, {"application"})
    assert check.readiness == Readiness.MISSING
    assert not check.ready
    assert names(check.missing) == ["loan"]
    assert names(check.held) == ["application"]


def test_doubtful_papers_are_to_be_asked_about(mine):
    check = own_check(mine, {"application", "loan"})
    assert check.readiness == Readiness.ASK_FIRST
    assert check.ready
    assert names(check.waivable) == ["identity"]
    assert names(check.ask_again) == ["licence"]


def test_all_papers_are_ready(mine):
    check = own_check(mine, {"application", "loan", "licence", "identity"})
    assert check.readiness == Readiness.READY
    assert check.missing == check.waivable == check.ask_again == ()


def test_what_other_cases_need_is_superfluous(dragon):
    mine = Checklist(dragon).personal_list({"owner": "own", "way": "online"})
    check = own_check(mine, {"application", "loan", "dragon_egg"})
    assert names(check.superfluous) == ["loan"]
    assert check.readiness == Readiness.READY


def test_without_a_list_nothing_is_ready():
    check = own_check(Checklist(make_procedure()).personal_list({}), set())
    assert check.readiness == Readiness.NO_LIST
    assert not check.ready
