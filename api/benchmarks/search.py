"""How fast the search is on one core: over the catalogue, over ten copies of it, beside BM25 alone.

The questions are the project's own phrasings, a third of them without accents; the copies have
names and phrasings with other words, so that the indexes grow as real ones would.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import faiss
import torch
from threadpoolctl import threadpool_limits

from knowledge_base.catalogue import Catalogue
from knowledge_base.encoder import Encoder
from knowledge_base.procedure import Procedure
from knowledge_base.search import build_search_engine
from knowledge_base.search.lexical import FieldIndex, field_tokens, question_tokens
from knowledge_base.text import fold, normalise

__all__ = ["SpeedRow", "measure_search"]

_WARM_UP = 20


@dataclass(frozen=True)
class SpeedRow:
    """Milliseconds a question for one way to search so many procedures."""

    name: str
    procedures: int
    p50: float
    p95: float
    p99: float


def measure_search(
    catalogue: Catalogue,
    encoder: Encoder,
    phrasings: Mapping[str, Sequence[str]],
    *,
    questions: int = 500,
    copies: int = 10,
    seed: int = 1,
) -> Iterator[SpeedRow]:
    """Yield BM25 alone and the whole search, over the catalogue and over `copies` of it."""
    chance = random.Random(seed)
    asked = [text for texts in phrasings.values() for text in texts]
    messages = [
        fold(text) if number % 3 == 0 else text
        for number, text in enumerate(chance.sample(asked, min(questions, len(asked))))
    ]
    with _one_core():
        for times in (1, copies):
            procedures, known = _copies(catalogue, phrasings, times, chance)
            bm25 = _bm25_alone(procedures)
            yield _time("BM25 alone", len(procedures), bm25, messages)
            engine = build_search_engine(Catalogue(procedures), encoder, questions=known)
            yield _time("search", len(procedures), engine.search, messages)


def _bm25_alone(procedures: Sequence[Procedure]) -> Callable[[str], object]:
    texts = [field_tokens(normalise(f"{p.name} {p.summary or ''}")) for p in procedures]
    index = FieldIndex(texts, range(len(texts)), len(texts))
    return lambda message: index.scores(question_tokens(normalise(message))).argmax()


def _time(
    name: str, size: int, search: Callable[[str], object], messages: Sequence[str]
) -> SpeedRow:
    for message in messages[:_WARM_UP]:
        search(f"{message} ?")
    taken: list[float] = []
    for message in messages:
        started = time.perf_counter()
        search(message)
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    p50, p95, p99 = (taken[int(share * (len(taken) - 1))] for share in (0.5, 0.95, 0.99))
    return SpeedRow(name, size, p50, p95, p99)


def _copies(
    catalogue: Catalogue, phrasings: Mapping[str, Sequence[str]], times: int, chance: random.Random
) -> tuple[list[Procedure], dict[str, list[str]]]:
    """The procedures and their phrasings, and copies with a word of another name in theirs."""
    procedures = list(catalogue)
    vocabulary = sorted({word for p in procedures for word in p.name.split()})
    everything = list(procedures)
    known = {code: list(texts) for code, texts in phrasings.items()}
    for number in range(1, times):
        for procedure in procedures:
            code = f"{number}{procedure.code}"
            word = chance.choice(vocabulary)
            name = f"{procedure.name} {word}"
            everything.append(procedure.model_copy(update={"code": code, "name": name}))
            known[code] = [f"{text} {word}" for text in phrasings.get(procedure.code, ())]
    return everything, known


@contextmanager
def _one_core() -> Iterator[None]:
    """Keep BLAS, FAISS, PyTorch and the process itself to one core."""
    allowed = os.sched_getaffinity(0)
    threads = faiss.omp_get_max_threads(), torch.get_num_threads()
    os.sched_setaffinity(0, {min(allowed)})
    faiss.omp_set_num_threads(1)
    torch.set_num_threads(1)
    try:
        with threadpool_limits(limits=1):
            yield
    finally:
        os.sched_setaffinity(0, allowed)
        faiss.omp_set_num_threads(threads[0])
        torch.set_num_threads(threads[1])
