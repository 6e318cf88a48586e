"""What single words and pairs of words say of a message: a learned weight each, added up."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from knowledge_base.text import fold, normalise, words

__all__ = ["WordModel", "ngrams"]


class WordModel(BaseModel):
    """Log odds that a message is of a kind, by its words without diacritics; «^» is its start."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float = 0.0
    weights: dict[str, float] = {}

    def score(self, message: str) -> float:
        """The log odds for `message`: above 0 it is rather of that kind."""
        return self.intercept + sum(self.weights.get(gram, 0.0) for gram in ngrams(message))


def ngrams(message: str) -> set[str]:
    """The words and pairs of words of `message`, without diacritics; «^» stands at the start."""
    said = ["^", *words(fold(normalise(message)))]
    return {*said, *(" ".join(pair) for pair in zip(said, said[1:], strict=False))}
