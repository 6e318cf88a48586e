"""Learn the fusion weights and the decision models, on messages that the index has not seen.

A fifth of every procedure's phrasings is held back; the index is built from the rest, with an
encoder that has not seen them either. What is learned on those honest searches is then used with
the full index.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from knowledge_base.encoder.noise import Typist
from knowledge_base.procedure import SourceKind
from knowledge_base.search.decision import DecisionModels, LogisticModel
from knowledge_base.search.engine import SearchEngine
from knowledge_base.search.hit import FEATURES
from knowledge_base.search.signals import SIGNALS
from knowledge_base.search.word_learning import held_out_scores, learn_words

__all__ = ["hold_back", "learn_decision", "learn_weights", "write_models"]

_CANDIDATES = 50
_NEGATIVES = 15
_SHORT = 8


def hold_back(
    questions: Mapping[str, Sequence[str]], *, share: float = 0.2, seed: int = 5
) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """Split phrasings into those kept for the index and (phrasing, code) held back."""
    chance = random.Random(seed)
    kept: dict[str, list[str]] = {}
    held: list[tuple[str, str]] = []
    for code, phrasings in questions.items():
        shuffled = list(phrasings)
        chance.shuffle(shuffled)
        count = max(1, int(len(shuffled) * share))
        held += [(phrasing, code) for phrasing in shuffled[:count]]
        kept[code] = shuffled[count:]
    chance.shuffle(held)
    return kept, held


def learn_weights(
    engine: SearchEngine, held: Sequence[tuple[str, str]], typist: Typist
) -> dict[str, float]:
    """Learn the weight of every feature by pairwise logistic loss, none below zero."""
    differences: list[NDArray[np.float32]] = []
    for phrasing, code in held:
        hits = engine.search(typist.write(phrasing), limit=_CANDIDATES)
        rows = {hit.procedure.code: [hit.evidence[f] for f in FEATURES] for hit in hits}
        if code not in rows:
            continue
        right = np.array(rows.pop(code), dtype=np.float32)
        wrong = np.array(list(rows.values())[:_NEGATIVES], dtype=np.float32)
        differences.append(right - wrong)
    matrix = np.vstack(differences).astype(np.float64)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = matrix @ weights
        value = float(np.logaddexp(0, -margins).sum() + 0.5 * weights @ weights)
        pull = (1 / (1 + np.exp(margins)))[:, None]
        return value, weights - (matrix * pull).sum(0)

    found = minimize(loss, np.ones(len(FEATURES)), jac=True, bounds=[(0, None)] * len(FEATURES))
    return {name: round(float(w) / 10, 3) for name, w in zip(FEATURES, found.x, strict=True)}


def learn_decision(
    engine: SearchEngine,
    held: Sequence[tuple[str, str]],
    off_topic: Sequence[str],
    ambiguous: Sequence[str],
    typist: Typist,
    *,
    openings: Sequence[str] = (),
    answerable: int = 1200,
) -> DecisionModels:
    """Learn when a message is off topic, and when it is ambiguous.

    `openings` are clear messages that begin a conversation, as they were typed. Short plain
    phrasings and the names of guided procedures count several times: being short alone does not
    make a message vague.
    """
    clear_texts = [typist.write(phrasing) for phrasing, _ in held[:answerable]]
    short = [phrasing for phrasing, _ in held if len(phrasing.split()) <= _SHORT]
    names = [p.name for p in engine.catalogue if p.source.kind == SourceKind.GUIDANCE]
    clear_texts += [*(typist.write(text) for text in (*short, *names)), *openings]
    asking = [*clear_texts, *ambiguous]
    clear = np.array([_signals(engine, text) for text in clear_texts])
    off = [_signals(engine, text, without=number) for number, text in enumerate(off_topic)]
    vague = np.array([_signals(engine, text) for text in ambiguous])
    return DecisionModels(
        off_topic=_fit(
            *_with_words("off_topic_words", np.array(off), off_topic, [*clear, *vague], asking)
        ),
        ambiguous=_fit(*_with_words("ambiguous_words", vague, ambiguous, clear, clear_texts)),
        off_topic_words=learn_words(off_topic, asking),
        ambiguous_words=learn_words(ambiguous, clear_texts),
    )


def _with_words(
    signal: str,
    kind: NDArray[np.float64],
    kind_texts: Sequence[str],
    others: Sequence[NDArray[np.float64]] | NDArray[np.float64],
    other_texts: Sequence[str],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The signals of both, this one by words that were learned without each message.

    The other signal of words is set aside: it would know these messages.
    """
    rows = np.vstack([kind, np.array(others)])
    rows[:, [SIGNALS.index("off_topic_words"), SIGNALS.index("ambiguous_words")]] = 0.0
    rows[:, SIGNALS.index(signal)] = held_out_scores(kind_texts, other_texts)
    return rows[len(kind) :], rows[: len(kind)]


def _signals(engine: SearchEngine, text: str, *, without: int | None = None) -> NDArray[np.float64]:
    hits = engine.search(text, limit=engine.config.decision.choices)
    return engine.signals(text, hits, without=without)


def _fit(negative: NDArray[np.float64], positive: NDArray[np.float64]) -> LogisticModel:
    rows = np.vstack([negative, positive])
    labels = [0] * len(negative) + [1] * len(positive)
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=1.0, max_iter=2000).fit(scaler.transform(rows), labels)

    def named(values: NDArray[np.float64]) -> dict[str, float]:
        return {name: round(float(v), 5) for name, v in zip(SIGNALS, values, strict=True)}

    return LogisticModel(
        means=named(scaler.mean_),
        scales=named(scaler.scale_),
        coefficients=named(model.coef_[0]),
        intercept=round(float(model.intercept_[0]), 5),
    )


def write_models(path: Path, models: DecisionModels) -> None:
    """Write the models with a note on where they come from."""
    note = "# Learned by «motcua train decision»; do not edit. Thresholds stand in search.yml.\n"
    text = yaml.safe_dump(models.model_dump(), sort_keys=False, allow_unicode=True)
    path.write_text(note + text, "utf-8")
