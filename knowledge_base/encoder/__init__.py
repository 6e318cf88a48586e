"""The sentence encoder: loading one, and training the project's own."""

from knowledge_base.encoder.load import MODEL_FOLDER, Encoder, SentenceEncoder, load_encoder

__all__ = ["MODEL_FOLDER", "Encoder", "SentenceEncoder", "load_encoder"]
