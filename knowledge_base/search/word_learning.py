"""Learn which words tell messages of one kind from others: the weightiest of a regression."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge_base.search.word_model import WordModel, ngrams

__all__ = ["held_out_scores", "learn_words"]

_STRENGTH = 0.1


def learn_words(
    kind: Sequence[str], others: Sequence[str], *, most: int = 1500, balanced: bool = True
) -> WordModel:
    """The `most` telling words and pairs; `balanced` makes up for one kind being rarer."""
    counter = CountVectorizer(analyzer=ngrams, min_df=2, binary=True)
    rows = counter.fit_transform([*kind, *others])
    labels = [1] * len(kind) + [0] * len(others)
    weighting = "balanced" if balanced else None
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", class_weight=weighting)
    found = model.fit(rows, labels)
    weights = dict(zip(counter.get_feature_names_out(), found.coef_[0], strict=True))
    ordered = sorted(weights, key=lambda gram: (-abs(weights[gram]), gram))[:most]
    return WordModel(
        intercept=round(float(found.intercept_[0]), 3),
        weights={gram: round(float(weights[gram]), 2) for gram in sorted(ordered)},
    )


def held_out_scores(
    kind: Sequence[str],
    others: Sequence[str],
    *,
    folds: int = 5,
    learn: Callable[[Sequence[str], Sequence[str]], WordModel] = learn_words,
) -> NDArray[np.float64]:
    """For every message of `kind`, then of `others`: the score of words learned without it."""
    labelled = [(text, True) for text in kind] + [(text, False) for text in others]
    scores = np.zeros(len(labelled))
    for fold in range(folds):
        kept = [pair for number, pair in enumerate(labelled) if number % folds != fold]
        model = learn([text for text, of in kept if of], [text for text, of in kept if not of])
        for number in range(fold, len(labelled), folds):
            scores[number] = model.score(labelled[number][0])
    return scores
