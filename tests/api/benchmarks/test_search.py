"""The measurement measures; how long it takes is nobody's promise here."""

import os

import faiss

from api.benchmarks.search import measure_search
from knowledge_base.catalogue import Catalogue
from tests.factories import make_procedure
from tests.knowledge_base.search.hashing_encoder import HashingEncoder

CODES = ("1.000001", "1.000002", "1.000003", "1.000004", "1.000005")


def test_both_ways_are_timed_over_the_catalogue_and_its_copies_on_one_core():
    catalogue = Catalogue([make_procedure(code, name=f"Cấp giấy {code}") for code in CODES])
    phrasings = {code: [f"xin giấy {code}", "làm giấy"] for code in CODES}
    before = os.sched_getaffinity(0), faiss.omp_get_max_threads()
    rows = list(measure_search(catalogue, HashingEncoder(), phrasings, questions=8, copies=3))
    assert [(row.name, row.procedures) for row in rows] == [
        ("BM25 alone", 5),
        ("search", 5),
        ("BM25 alone", 15),
        ("search", 15),
    ]
    assert all(0 < row.p50 <= row.p95 <= row.p99 for row in rows)
    assert (os.sched_getaffinity(0), faiss.omp_get_max_threads()) == before
