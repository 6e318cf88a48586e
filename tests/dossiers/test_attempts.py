from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import sessionmaker

from dossiers.attempts import AttemptLimiter
from dossiers.model import Attempt
from dossiers.schema import upgrade_schema

CODE, OTHER = "H05.12-261123-0007", "H05.12-261123-0008"


@pytest.fixture
def limiter(sessions, hasher, clock):
    return AttemptLimiter(sessions, hasher, clock=clock)


def granted(limiter, code, client, *, with_proof=True):
    return limiter.begin(code, client, with_proof=with_proof).is_granted


def test_five_tries_pass_and_the_sixth_does_not(limiter):
    assert [granted(limiter, CODE, "a") for _ in range(7)] == [True] * 5 + [False] * 2


def test_a_code_is_protected_from_many_clients(limiter):
    assert [granted(limiter, CODE, f"client {n}") for n in range(6)] == [True] * 5 + [False]
    assert granted(limiter, OTHER, "client 9")


def test_a_client_is_held_back_over_many_codes(limiter):
    codes = [f"H05.12-261123-{n:04}" for n in range(6)]
    assert [granted(limiter, code, "a") for code in codes] == [True] * 5 + [False]
    assert granted(limiter, codes[0], "b")


def test_after_a_quarter_of_an_hour_tries_are_free_again(limiter, clock):
    for _ in range(5):
        limiter.begin(CODE, "a", with_proof=True)
        clock.forward(minutes=1)
    refused = limiter.begin(CODE, "a", with_proof=True)
    assert refused.retry_at == clock.now + timedelta(minutes=10)
    clock.forward(minutes=10)
    assert granted(limiter, CODE, "a")
    assert not granted(limiter, CODE, "a")


def test_refused_tries_do_not_lengthen_the_wait(limiter, clock):
    for _ in range(20):
        limiter.begin(CODE, "a", with_proof=True)
    clock.forward(minutes=15)
    assert granted(limiter, CODE, "a")


def test_a_proved_try_does_not_count(limiter):
    for _ in range(10):
        permit = limiter.begin(CODE, "a", with_proof=True)
        assert permit.is_granted
        limiter.proved(permit)


def test_a_forgotten_try_does_not_count(limiter):
    for _ in range(10):
        permit = limiter.begin(CODE, "a", with_proof=True)
        assert permit.is_granted
        limiter.forget(permit)


def test_the_same_code_without_proof_counts_once(limiter):
    assert all(granted(limiter, CODE, "a", with_proof=False) for _ in range(10))
    codes = [f"H05.12-261123-{n:04}" for n in range(10, 16)]
    passed = [granted(limiter, code, "a", with_proof=False) for code in codes]
    assert passed == [True] * 4 + [False] * 2


def test_looking_without_proof_does_not_lock_the_owner_out(limiter):
    for n in range(10):
        limiter.begin(CODE, f"curious {n}", with_proof=False)
    assert granted(limiter, CODE, "owner")


def test_neither_code_nor_client_is_stored_and_old_tries_are_wiped(limiter, sessions, clock):
    limiter.begin(CODE, "10.0.0.1", with_proof=True)
    with sessions() as session:
        attempt = session.scalars(select(Attempt)).one()
        assert CODE not in attempt.code_key
        assert "10.0.0.1" not in attempt.client_key
    clock.forward(minutes=15)
    limiter.begin(OTHER, "b", with_proof=True)
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_replicas_count_together_and_tries_made_at_once_do_not_slip_by(tmp_path, hasher, clock):
    url = f"sqlite:///{tmp_path / 'tries.db'}"
    engines = [create_engine(url, connect_args={"timeout": 30}) for _ in range(4)]
    upgrade_schema(engines[0])
    limiters = [AttemptLimiter(sessionmaker(engine), hasher, clock=clock) for engine in engines]
    with ThreadPoolExecutor(8) as pool:
        tries = pool.map(lambda n: granted(limiters[n % 4], CODE, f"client {n}"), range(24))
        assert sum(tries) <= 5
    for engine in engines:
        engine.dispose()
