"""Text pairs to train the encoder on, by source.

A pair is (question, passage). Sources: the project's own questions with the names of their
procedures and with each other; names of procedures with their papers; and files of pairs
`*.jsonl.xz` with `q` and `p` a line.
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from knowledge_base.catalogue import Catalogue
from knowledge_base.procedure import Procedure
from knowledge_base.text import normalise

__all__ = ["Pair", "catalogue_pairs", "question_groups", "read_pairs"]

Pair = tuple[str, str]
_PASSAGE_CHARACTERS = 600


def read_pairs(path: Path, limit: int | None = None) -> list[Pair]:
    """Read a file of pairs, each text normalised and cut at 600 characters."""
    pairs: list[Pair] = []
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            question, passage = row.get("q"), row.get("p")
            if question and passage:
                pairs.append((normalise(question[:300]), normalise(passage[:_PASSAGE_CHARACTERS])))
            if limit and len(pairs) >= limit:
                break
    return pairs


def catalogue_pairs(catalogue: Iterable[Procedure]) -> list[Pair]:
    """Pair each procedure's name with its papers, and with its results and conditions."""
    pairs: list[Pair] = []
    for procedure in catalogue:
        name = normalise(procedure.name)
        papers = " ".join(r.name for r in procedure.requirements)[:_PASSAGE_CHARACTERS]
        other = " ".join(
            [procedure.field, *(r.name for r in procedure.results), *procedure.conditions]
        )
        for passage in (papers, other[:_PASSAGE_CHARACTERS]):
            if passage.strip():
                pairs.append((name, normalise(passage)))
    return pairs


def question_groups(
    catalogue: Catalogue, questions: Mapping[str, Sequence[str]], *, seed: int
) -> list[list[Pair]]:
    """Pair every question with its procedure's name or another question of it.

    One group a field, so that a batch drawn from one group has siblings as its negatives.
    """
    chance = random.Random(seed)
    groups: dict[str, list[Pair]] = {}
    for code, phrasings in questions.items():
        procedure = catalogue.find(code)
        if procedure is None:
            continue
        group = groups.setdefault(procedure.field, [])
        name = normalise(procedure.name)
        for phrasing in phrasings:
            other = chance.choice(phrasings)
            group.append((normalise(phrasing), name))
            if other != phrasing:
                group.append((normalise(phrasing), normalise(other)))
    return list(groups.values())
