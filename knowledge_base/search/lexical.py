"""BM25 over one field, scores brought between 0 and 1.

A score is divided by what a document could reach at most for the question (the sum of the
question's inverse document frequencies; a word the field has never seen counts as the rarest), so
that scores of different questions and fields can be compared and added.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from knowledge_base.text import bigrams, fold, has_diacritics, words

__all__ = ["FieldIndex", "field_tokens", "question_tokens"]


def field_tokens(text: str) -> list[str]:
    """Tokens of normalised `text`: folded words and pairs, and the words with their accents."""
    accented = words(text)
    folded = [fold(word) for word in accented]
    marked = [f"={word}" for word in accented if has_diacritics(word)]
    return [*folded, *bigrams(folded), *marked]


def question_tokens(text: str) -> list[str]:
    """Tokens of a question; one without accents asks for folded words alone."""
    return list(dict.fromkeys(field_tokens(text)))


class FieldIndex:
    """BM25 over documents that each belong to one procedure; a procedure takes its best one."""

    def __init__(
        self, documents: Sequence[Sequence[str]], owners: Sequence[int], size: int
    ) -> None:
        """Index `documents`; `owners` (ascending) gives the procedure number of each."""
        self._size = size
        self._owners = np.asarray(owners, dtype=np.int64)
        self._unique, self._starts = np.unique(self._owners, return_index=True)
        self._bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.6)
        if any(documents):  # of documents without words there is no average length
            self._bm25.index([list(document) for document in documents], show_progress=False)
        frequency: dict[str, int] = {}
        for document in documents:
            for token in set(document):
                frequency[token] = frequency.get(token, 0) + 1
        count = len(documents)
        self._idf = {
            token: math.log(1 + (count - df + 0.5) / (df + 0.5)) for token, df in frequency.items()
        }
        self._rarest = math.log(1 + (count + 0.5) / 0.5)

    def document_scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Scores of every document, 0 to 1."""
        known = [token for token in tokens if token in self._idf]
        if not known:
            return np.zeros(len(self._owners), dtype=np.float32)
        reachable = sum(self._idf.get(token, self._rarest) for token in tokens)
        scores: NDArray[np.float32] = self._bm25.get_scores(known)
        return scores / np.float32(reachable)

    def scores(
        self, tokens: Sequence[str], *, without: NDArray[np.int64] | None = None
    ) -> NDArray[np.float32]:
        """Scores of every procedure, leaving the documents numbered in `without` aside."""
        documents = self.document_scores(tokens)
        if without is not None:
            documents[without] = 0.0
        return self.best(documents)

    def best(self, documents: NDArray[np.float32]) -> NDArray[np.float32]:
        """The best document score of every procedure (0 for one without documents)."""
        result = np.zeros(self._size, dtype=np.float32)
        if len(self._unique):
            result[self._unique] = np.maximum.reduceat(documents, self._starts)
        return result
