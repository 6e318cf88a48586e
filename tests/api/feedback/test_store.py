"""Opinions kept by several people at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from api.feedback import Opinion, OpinionStore
from api.storage import open_database

OPINION = Opinion("a" * 32, date(2026, 11, 23), "web", True, "answered")


@pytest.fixture
def store(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'motcua.db'}")
    yield OpinionStore(engine)
    engine.dispose()


def test_opinion_comes_back_as_it_was(store):
    store.keep(OPINION)
    assert store.list() == [OPINION]


def test_pressing_twice_at_the_same_moment_keeps_one(store):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda useful: store.keep(replace(OPINION, useful=useful)), [True] * 8))
    assert store.list() == [OPINION]


def test_list_takes_the_good_or_the_bad_and_so_many(store):
    for number in range(6):
        store.keep(replace(OPINION, answer_id=f"{number:032x}", useful=number % 2 == 0))
    assert len(store.list()) == 6
    assert len(store.list(useful=False)) == 3
    assert len(store.list(useful=True, limit=2)) == 2
