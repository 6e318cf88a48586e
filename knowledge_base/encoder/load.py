"""Load a sentence-transformers model and encode questions and passages with it.

The project's own model lies in `knowledge_base/encoder/model` and needs no network. Any other
model folder or hub name may be set (`MOTCUA_ENCODER`); those that want a prefix before questions
and passages, or segmented words, are known by name.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge_base.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["MODEL_FOLDER", "Encoder", "SentenceEncoder", "load_encoder"]

MODEL_FOLDER = Path(__file__).parent / "model"

_PREFIXES = (
    # intfloat/multilingual-e5-*: model card, «query: » and «passage: ».
    ("e5", "query: ", "passage: "),
)
_SEGMENTED = ("vietnamese-bi-encoder", "phobert", "sup-simcse-vietnamese", "vietnamese-sbert")


class Encoder(Protocol):
    """Turns texts into unit vectors, one row a text (float32, shape n × d)."""

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode what citizens ask."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode what is searched."""
        ...


class SentenceEncoder:
    """A sentence-transformers model with its prefixes and word segmentation."""

    def __init__(
        self,
        model: SentenceTransformer,
        *,
        question_prefix: str = "",
        passage_prefix: str = "",
        segmented: bool = False,
    ) -> None:
        """Wrap a loaded `model`."""
        self._model = model
        self._question_prefix = question_prefix
        self._passage_prefix = passage_prefix
        self._segmented = segmented

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode what citizens ask; unit vectors, shape n × d."""
        return self._encode([self._question_prefix + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode what is searched; unit vectors, shape n × d."""
        return self._encode([self._passage_prefix + text for text in texts])

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self._segmented:
            from underthesea import word_tokenize

            texts = [word_tokenize(text, format="text") for text in texts]
        vectors: Any = self._model.encode(
            list(texts),
            batch_size=512,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)


def load_encoder(name: str | None = None) -> SentenceEncoder:
    """Load the project's own model, or the folder or hub model called `name`.

    A folder (also the default) is loaded without touching the network.

    Raises:
        EncoderError: the folder is missing or is no sentence-transformers model.
    """
    target = name or str(MODEL_FOLDER)
    local = Path(target).is_dir()
    if not name and not local:
        raise EncoderError(f"Thiếu mô hình ở {MODEL_FOLDER}; chạy «motcua train encoder»")
    if local:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(target, device="cpu", local_files_only=local)
    except Exception as error:  # the library raises many kinds for a folder it cannot read
        raise EncoderError(f"Không nạp được mô hình {target!r}: {error}") from error
    model.float()
    lowered = target.lower()
    question, passage = next(
        ((q, p) for word, q, p in _PREFIXES if word in Path(lowered).name), ("", "")
    )
    segmented = any(word in lowered for word in _SEGMENTED)
    return SentenceEncoder(
        model, question_prefix=question, passage_prefix=passage, segmented=segmented
    )
