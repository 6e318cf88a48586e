import numpy as np
import pytest

from knowledge_base.encoder import SentenceEncoder, load, load_encoder
from knowledge_base.errors import EncoderError


class EchoModel:
    """Keeps the texts it was given and encodes each as its length."""

    def encode(self, texts, **settings):
        self.texts, self.settings = texts, settings
        return np.array([[float(len(text))] for text in texts])


def test_prefixes_stand_before_questions_and_passages():
    model = EchoModel()
    encoder = SentenceEncoder(model, question_prefix="hỏi: ", passage_prefix="đoạn: ")
    vectors = encoder.encode_questions(["a", "bc"])
    assert model.texts == ["hỏi: a", "hỏi: bc"]
    assert model.settings["normalize_embeddings"] is True
    encoder.encode_passages(["a"])
    assert model.texts == ["đoạn: a"]
    assert (vectors.dtype, vectors.shape) == (np.float32, (2, 1))


def test_words_are_joined_for_models_that_want_them_so():
    model = EchoModel()
    SentenceEncoder(model, segmented=True).encode_passages(["đăng ký kết hôn"])
    assert model.texts == ["đăng_ký kết_hôn"]


def test_a_missing_model_of_the_project_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(load, "MODEL_FOLDER", tmp_path / "model")
    with pytest.raises(EncoderError, match="chạy «motcua train encoder»"):
        load_encoder()
