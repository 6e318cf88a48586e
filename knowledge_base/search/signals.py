"""What speaks for answering, asking back or refusing: numbers read off one search."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge_base.search.hit import Hit
from knowledge_base.search.topic import Topic
from knowledge_base.text import words

__all__ = ["SIGNALS", "read_signals"]

SIGNALS = (
    "score",
    "topic_words",
    "body_words",
    "name_meaning",
    "question_meaning",
    "off_topic_meaning",
    "length",
    "log_length",
    "margin",
    "second",
    "third",
    "fourth",
    "fields",
    "off_topic_words",
    "ambiguous_words",
)
"""The signals, in the order in which the learned coefficients stand.

The best score and its evidence; how near the message is to messages that ask for no procedure (mean
cosine of the three nearest); how many words its topic has; how far the second to fourth hits are
behind the first; over how many fields the first four are spread; how far its words speak for asking
for no procedure, and for being vague (log odds).
"""


def read_signals(
    hits: Sequence[Hit],
    topic: Topic,
    off_topic: NDArray[np.float32],
    words_speak: tuple[float, float],
) -> NDArray[np.float64]:
    """Return the signals of a search.

    `off_topic` holds cosines with off-topic messages, `words_speak` the last two signals.
    """
    best = hits[0]
    scores = [hit.score for hit in hits[:4]] + [0.0] * (4 - len(hits))
    top = max(scores[0], 1e-6)
    length = len(words(topic.topic))
    nearest = np.sort(off_topic)[-3:] if len(off_topic) else np.zeros(1)
    return np.array(
        [
            best.score,
            best.evidence["topic_words"],
            best.evidence["body_words"],
            best.evidence["name_meaning"],
            best.evidence["question_meaning"],
            float(nearest.mean()),
            length,
            math.log1p(length),
            scores[0] - scores[1],
            scores[1] / top,
            scores[2] / top,
            scores[3] / top,
            len({hit.procedure.field for hit in hits[:4]}),
            *words_speak,
        ],
        dtype=np.float64,
    )
