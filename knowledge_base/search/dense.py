"""Dense retrieval: vectors of texts in a FAISS index, the best text counts for its procedure."""

from __future__ import annotations

from collections.abc import Sequence

import faiss
import numpy as np
from numpy.typing import NDArray

__all__ = ["VectorIndex"]


class VectorIndex:
    """Inner products of unit vectors (cosines), by procedure."""

    def __init__(self, vectors: NDArray[np.float32], owners: Sequence[int], size: int) -> None:
        """Index `vectors` (n × d, unit length); `owners` gives the procedure number of each."""
        self._owners = np.asarray(owners, dtype=np.int64)
        self._size = size
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)

    def scores(
        self, question: NDArray[np.float32], *, without: NDArray[np.int64] | None = None
    ) -> NDArray[np.float32]:
        """Best cosine of every procedure with `question` (shape d), not below 0."""
        similarities, numbers = self._index.search(question[None, :], min(400, len(self._owners)))
        values, found = similarities[0], numbers[0]
        if without is not None:
            kept = ~np.isin(found, without)
            values, found = values[kept], found[kept]
        result = np.zeros(self._size, dtype=np.float32)
        np.maximum.at(result, self._owners[found], values)
        return result
