"""A sentence encoder without a model: words hashed into vectors, the same on every machine."""

import zlib

import numpy as np

from knowledge_base.text import bigrams, fold, words


class HashingEncoder:
    """Texts that share words, with or without their accents, have near vectors."""

    def __init__(self, dimensions=256):
        self._dimensions = dimensions

    def encode_questions(self, texts):
        return np.stack([self._encode(text) for text in texts])

    def encode_passages(self, texts):
        return self.encode_questions(texts)

    def _encode(self, text):
        folded = [fold(word) for word in words(text)]
        vector = np.zeros(self._dimensions, dtype=np.float32)
        for token in [*folded, *bigrams(folded)]:
            vector[zlib.crc32(token.encode()) % self._dimensions] += 1
        return vector / np.float32(max(np.linalg.norm(vector), 1e-9))
