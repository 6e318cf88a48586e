import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.proofs import ProofHasher, Proofs, phone_tail

HASHER = ProofHasher(b"pepper")
PROOFS = HASHER.proofs("a", pin="AB-12 34", phone="+84 912 345 678")


@pytest.mark.parametrize("secret", ["AB-12 34", "ab1234", "5678", "0912345678", "0912 345 678"])
def test_the_pin_or_the_last_digits_prove(secret):
    assert HASHER.proves(secret, PROOFS)


@pytest.mark.parametrize("secret", ["", " ", "ab1235", "5679", "678", "912345", "0" * 32])
def test_anything_else_proves_nothing(secret):
    assert not HASHER.proves(secret, PROOFS)


@pytest.mark.parametrize("proofs", [None, Proofs(), HASHER.proofs("a")])
@pytest.mark.parametrize("secret", ["", "5678"])
def test_where_nothing_is_stored_nothing_proves(secret, proofs):
    assert not HASHER.proves(secret, proofs)


def test_one_secret_alone_is_enough():
    assert HASHER.proves("5678", HASHER.proofs("a", phone="0912345678"))
    assert HASHER.proves("1234", HASHER.proofs("a", pin="1234"))


def test_the_same_secret_is_stored_differently_for_each_dossier():
    first, second = HASHER.proofs("a", pin="1234"), HASHER.proofs("b", pin="1234")
    assert first.pin != second.pin
    assert "1234" not in (first.pin or "")
    assert HASHER.proofs("a", pin="1234") == first


def test_without_the_pepper_the_hash_proves_nothing():
    assert not ProofHasher(b"another").proves("5678", PROOFS)


def test_hashes_are_not_shown():
    assert "$" not in repr(PROOFS)


@pytest.mark.parametrize(
    ("number", "tail"),
    [("0912345678", "5678"), ("+84 912 345 678", "5678"), ("678", None), ("", None), ("a", None)],
)
def test_phone_tail(number, tail):
    assert phone_tail(number) == tail


def test_blinding_is_stable_and_keyed():
    assert HASHER.blind("x") == HASHER.blind("x") != ProofHasher(b"another").blind("x")


@given(st.text(max_size=30))
def test_no_secret_breaks_the_check(secret):
    HASHER.proves(secret, PROOFS)
