import pytest

from dossiers.proofs import ProofHasher
from dossiers.tickets import TicketOffice

CODE = "H05.12-261123-0007"


@pytest.fixture
def office(hasher, clock):
    return TicketOffice(hasher, clock=clock)


def test_a_ticket_opens_its_dossier_to_its_browser(office):
    assert office.read(office.give(CODE, "one"), "one").code == CODE
    assert office.read(office.give(CODE, "one"), "other") is None


def test_a_ticket_ends_after_ten_minutes(office, clock):
    ticket = office.give(CODE, "one")
    clock.forward(minutes=10)
    assert office.read(ticket, "one")
    clock.forward(seconds=1)
    assert office.read(ticket, "one") is None


def test_a_ticket_cannot_be_changed(office):
    code, ends, seal = office.give(CODE, "one").split("~")
    for forged in (
        f"H05.12-261112-0031~{ends}~{seal}",
        f"{code}~{int(ends) + 600}~{seal}",
        f"{code}~{ends}~{seal[:-1]}",
        f"{code}~{ends}~",
    ):
        assert office.read(forged, "one") is None


def test_a_ticket_needs_the_key(office, clock):
    other = TicketOffice(ProofHasher(b"another"), clock=clock)
    assert office.read(other.give(CODE, "one"), "one") is None


@pytest.mark.parametrize(
    "text", ["", "~", "~~", f"{CODE}~x~y", f"{CODE}~٣~y", f"{CODE}~{'9' * 40}~y"]
)
def test_anything_else_is_no_ticket(office, text):
    assert office.read(text, "one") is None
