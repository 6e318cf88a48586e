"""Within one field: does a message stay with the procedure spoken of, or mean a sibling of it?

«nếu bị mất thì sao» after a passport was spoken of means another procedure of the same field. A
logistic choice between the current procedure and its siblings, learned on phrasings that the index
has not seen (`motcua train follow-up`), weighs what the message says alone against what it says
behind the name of the current procedure.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge_base.procedure import Procedure
from knowledge_base.search.engine import SearchEngine

__all__ = ["FEATURES", "choose_in_family", "family_features"]

FEATURES = ("alone", "together", "name", "stays", "stays_per_word")
"""For each procedure: its score for the message alone, for the message behind the name of the
current one, for that name alone; whether it is the current one; and that times log(1 + words)."""


def choose_in_family(
    engine: SearchEngine, message: str, current: Procedure, content: int, *, moves: bool = False
) -> tuple[Procedure, float]:
    """Return the procedure meant and the chance that it is the one, over its whole field.

    `content` counts the words that say something; `moves`: any but the current one (it was denied).
    """
    rows, procedures = family_features(engine, message, current, content)
    if moves and len(procedures) > 1:
        rows, procedures = rows[1:], procedures[1:]
    weights = engine.config.follow_up.family
    totals = rows @ np.array([getattr(weights, name) for name in FEATURES])
    chances = np.exp(totals - totals.max())
    best = int(totals.argmax())
    return procedures[best], float(chances[best] / chances.sum())


def family_features(
    engine: SearchEngine, message: str, current: Procedure, content: int
) -> tuple[NDArray[np.float64], list[Procedure]]:
    """Features, shape (procedures of the field, 5), and the procedures, the current one first."""
    siblings = [p for p in engine.catalogue if p.field == current.field and p.code != current.code]
    procedures = [current, *siblings]
    codes = [procedure.code for procedure in procedures]
    rows = np.zeros((len(codes), len(FEATURES)))
    rows[:, 0] = engine.scores(message, codes)
    rows[:, 1] = engine.scores(f"{current.name} {message}", codes)
    rows[:, 2] = engine.scores(current.name, codes)
    rows[0, 3] = 1.0
    rows[0, 4] = np.log1p(content)
    return rows, procedures
