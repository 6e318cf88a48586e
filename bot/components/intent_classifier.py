"""Tell what a Vietnamese message asks: TF-IDF of the whole message and of its last clause.

Words count without their accents, as half of the citizens type, and once more as they were typed:
who typed accents told «phí» from «phi».

What is asked often stands in the last clause («…, giờ làm lại ở đâu»), however long the story
before it. Vectors of unit length keep long stories from drowning it, which plain counts do not.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
import skops.io as skops
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline
from sklearn.svm import LinearSVC

from knowledge_base.text import normalise

_CLAUSE = re.compile(r"[,.;!?:\n]+|\b(?:thi|nhung|gio|nay|nen|ma)\b")
_FILE = "intents.skops"
_FOLDS = 3
_STORED = [
    "builtins.slice",
    "numpy.float64",
    "scipy.sparse._csr.csr_matrix",
    "sklearn.calibration._CalibratedClassifier",
    "sklearn.calibration._SigmoidCalibration",
]


def last_clause(text: str) -> str:
    """The last part of `text` (words without diacritics) that has two words or more."""
    parts = [part.strip() for part in _CLAUSE.split(text)]
    long_enough = [part for part in parts if len(part.split()) > 1]
    return long_enough[-1] if long_enough else text


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class VietnameseIntentClassifier(GraphComponent, IntentClassifier):
    """A linear support vector machine over TF-IDF vectors of the tokens, with honest chances.

    Its margins become probabilities by a sigmoid for each intent, fitted on messages held back
    (Platt, 1999).
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's default configuration."""
        return {
            # Inverse of the regularisation: larger fits the training data closer.
            "strength": 0.4,
            # Weight of the last clause beside the whole message.
            "last_clause_weight": 1.0,
            # Words and character n-grams seen less often are left out.
            "min_frequency": 3,
            # How many intents the ranking lists.
            "ranking_length": 10,
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Pipeline | None = None,
    ) -> None:
        """Take the configuration, where to store the model, and a trained one if there is."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VietnameseIntentClassifier:
        """Create an untrained component (see the base class)."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> VietnameseIntentClassifier:
        """Load a trained component; only types that this module stores are trusted."""
        with model_storage.read_from(resource) as folder:
            path = folder / _FILE
            model = skops.load(path, trusted=_STORED)
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model on the examples that have an intent, and store it."""
        examples = training_data.intent_examples
        intents = np.array([str(example.get(INTENT)) for example in examples])
        folds = min(_FOLDS, *Counter(intents.tolist()).values())
        self._model = self._pipeline(folds).fit(_columns(examples), intents)
        with self._model_storage.write_to(self._resource) as folder:
            skops.dump(self._model, folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of every message that has a text."""
        for message in messages:
            if message.get(TEXT) and self._model is not None:
                self._classify(message)
        return messages

    def guess(self, messages: list[Message]) -> list[str]:
        """The likeliest intent of every message, all at once; for measuring."""
        assert self._model is not None
        return [str(name) for name in self._model.predict(_columns(messages))]

    def chances(self, messages: list[Message]) -> list[dict[str, float]]:
        """For every message the likeliest intents and their chances, all at once."""
        assert self._model is not None
        rankings = map(self._ranking, self._model.predict_proba(_columns(messages)))
        return [{item["name"]: item["confidence"] for item in ranking} for ranking in rankings]

    def _classify(self, message: Message) -> None:
        assert self._model is not None
        ranking = self._ranking(self._model.predict_proba(_columns([message]))[0])
        message.set("intent", ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)

    def _ranking(self, chances: Any) -> list[dict[str, Any]]:
        """The likeliest intents of one row of chances, the likeliest first."""
        assert self._model is not None
        order = np.argsort(-chances)[: self._config["ranking_length"]]
        return [
            {"name": str(self._model.classes_[i]), "confidence": float(chances[i])} for i in order
        ]

    def _pipeline(self, folds: int) -> Pipeline:
        common = {
            "lowercase": False,
            "sublinear_tf": True,
            "min_df": self._config["min_frequency"],
            "token_pattern": r"(?u)\b\w+\b",
        }
        vectors = ColumnTransformer(
            [
                ("words", TfidfVectorizer(ngram_range=(1, 3), **common), 0),
                (
                    "characters",
                    TfidfVectorizer(
                        analyzer="char_wb",
                        ngram_range=(2, 5),
                        lowercase=False,
                        sublinear_tf=True,
                        min_df=self._config["min_frequency"],
                    ),
                    0,
                ),
                ("last_clause", TfidfVectorizer(ngram_range=(1, 4), **common), 1),
                ("typed", TfidfVectorizer(ngram_range=(1, 3), **common), 2),
            ],
            transformer_weights={"last_clause": self._config["last_clause_weight"]},
        )
        machine = CalibratedClassifierCV(
            LinearSVC(C=self._config["strength"]), cv=folds, ensemble=False
        )
        return Pipeline([("vectors", vectors), ("machine", machine)])


def _written(message: Message) -> str:
    """The message as the tokenizer wrote it out, with the punctuation that ends clauses."""
    text = str(message.get(TEXT))
    written: list[str] = []
    end = 0
    for token in message.get("text_tokens") or []:
        gap = text[end : token.start]
        if any(mark in gap for mark in ",.;!?:\n"):
            written.append(",")
        written.append(token.text)
        end = token.end
    return " ".join(written) or text


def _columns(messages: list[Message]) -> Any:
    """For each message: as written out, its last clause, and as typed."""
    written = [_written(message) for message in messages]
    typed = [normalise(str(message.get(TEXT))) for message in messages]
    rows = [[text, last_clause(text), raw] for text, raw in zip(written, typed, strict=True)]
    return np.array(rows, dtype=object)
