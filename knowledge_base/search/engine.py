"""The search engine: evidence for every procedure, fused into one score, best first."""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge_base.catalogue import Catalogue
from knowledge_base.encoder import Encoder
from knowledge_base.procedure import Level, Procedure, SourceKind
from knowledge_base.questions import load_off_topic, load_questions
from knowledge_base.search.accents import AccentRestorer
from knowledge_base.search.config import PersonWords, SearchConfig, load_search_config
from knowledge_base.search.context_model import ContextModel, load_context_model
from knowledge_base.search.decision import (
    Decider,
    Decision,
    DecisionModels,
    load_decision_models,
)
from knowledge_base.search.dense import VectorIndex
from knowledge_base.search.hit import FEATURES, Hit
from knowledge_base.search.lexical import FieldIndex, field_tokens, question_tokens
from knowledge_base.search.signals import read_signals
from knowledge_base.search.topic import Topic, TopicReader
from knowledge_base.search.two_meanings import DeathSpeller
from knowledge_base.text import Lexicon, has_diacritics, load_lexicon, normalise

__all__ = ["SearchEngine", "build_search_engine"]

_LEVEL_PRIOR = {Level.COMMUNE: 1.0, Level.OTHER: 0.7, Level.PROVINCE: 0.6, Level.MINISTRY: 0.0}
_CENTRAL = re.compile(r"cấp trung ương|cấp bộ|tại cục ", re.I)


class SearchEngine:
    """Searches one catalogue; immutable and safe to share between threads."""

    def __init__(
        self,
        catalogue: Catalogue,
        questions: Mapping[str, Sequence[str]],
        lexicon: Lexicon,
        encoder: Encoder,
        config: SearchConfig,
        models: DecisionModels,
        off_topic: Sequence[str],
        context: ContextModel,
    ) -> None:
        """Index names, citizens' questions and bodies; `off_topic` ask for no procedure.

        `context` is for the readers of conversations (`followup.py`); the search does without.
        """
        self.config = config
        self.context = context
        self._models = models
        self._decider = Decider(models, config.decision)
        self.catalogue = catalogue
        self._procedures = list(catalogue)
        self._numbers = {p.code: number for number, p in enumerate(self._procedures)}
        self._encoder = encoder
        size = len(self._procedures)
        names = [normalise(f"{p.name} {p.field}") for p in self._procedures]
        asked = [
            (number, lexicon.rewrite(question))
            for number, procedure in enumerate(self._procedures)
            for question in questions.get(procedure.code, ())
        ]
        self.question_owners = [number for number, _ in asked] or [0]
        self.question_texts = [text for _, text in asked] or [""]
        asked_well = [text for text in self.question_texts if has_diacritics(text)]
        written = [*names, *asked_well, *config.fillers]
        accents = AccentRestorer(written, config.accents_beam) if config.accents_beam else None
        self._topics = TopicReader(
            lexicon, config.fillers, accents, config.long_messages, DeathSpeller(config.death)
        )
        joined: list[list[str]] = [[] for _ in range(size)]
        for number, text in asked:
            joined[number] += field_tokens(text)
        topics = [field_tokens(name) + tokens for name, tokens in zip(names, joined, strict=True)]
        bodies = [_body(p, config.body_characters) for p in self._procedures]
        every = range(size)
        self._topic_words = FieldIndex(topics, every, size)
        self._bodies = FieldIndex([field_tokens(body) for body in bodies], every, size)
        self._name_vectors = VectorIndex(
            encoder.encode_passages([normalise(p.name) for p in self._procedures]), every, size
        )
        self._question_vectors = VectorIndex(
            encoder.encode_passages(self.question_texts), self.question_owners, size
        )
        self._off_topic = encoder.encode_passages([lexicon.rewrite(t) for t in off_topic] or [""])
        fields: dict[str, list[int]] = {}
        for number, procedure in enumerate(self._procedures):
            fields.setdefault(procedure.field, []).append(number)
        self._of_field = {field: np.array(numbers) for field, numbers in fields.items()}
        self._guidance = np.array(
            [p.source.kind == SourceKind.GUIDANCE for p in self._procedures], dtype=np.float32
        )
        self._levels = np.array([_level_prior(p) for p in self._procedures], dtype=np.float32)
        self._persons = _Persons(config.person, self._procedures)

    def with_config(self, config: SearchConfig) -> SearchEngine:
        """The same indexes with other weights and thresholds; what is indexed stays."""
        engine = copy.copy(self)
        engine.config = config
        engine._decider = Decider(self._models, config.decision)
        return engine

    @functools.lru_cache(maxsize=16)  # noqa: B019 (one engine a process; a message is read thrice)
    def read(self, message: str) -> Topic:
        """Return what `message` is about, as the search sees it."""
        return self._topics.read(message)

    def evidence(
        self, topic: Topic, *, without: NDArray[np.int64] | None = None
    ) -> dict[str, NDArray[np.float32]]:
        """Evidence of every feature for every procedure, shape n each.

        Of a story it is that of the whole, with some of the mean of its parts: no one part says it
        all, and in the whole what matters is diluted. `without` numbers the citizens' questions to
        leave aside (to learn from them honestly).
        """
        whole = self._evidence(topic, without)
        if not topic.parts:
            return whole
        share = np.float32(self.config.long_messages.parts_share)
        parts = [self._evidence(part, without) for part in topic.parts]
        return {
            name: (1 - share) * scores + share * np.mean([part[name] for part in parts], axis=0)
            for name, scores in whole.items()
        }

    def _evidence(
        self, topic: Topic, without: NDArray[np.int64] | None
    ) -> dict[str, NDArray[np.float32]]:
        vector = self._vector(topic.topic)
        return {
            "topic_words": self._topic_scores(topic),
            "body_words": self._bodies.scores(question_tokens(topic.topic)),
            "name_meaning": self._name_vectors.scores(vector),
            "question_meaning": self._question_vectors.scores(vector, without=without),
            "guidance": self._guidance,
            "level": self._levels,
            "person": self._persons.scores(topic.text),
        }

    @functools.lru_cache(maxsize=16)  # noqa: B019 (one engine a process; a message is sought thrice)
    def _weighed(self, topic: Topic) -> tuple[dict[str, NDArray[np.float32]], NDArray[np.float32]]:
        """The evidence for `topic` and the fused scores; nobody may write into them."""
        evidence = self.evidence(topic)
        return evidence, self._fuse(evidence)

    def _topic_scores(self, topic: Topic) -> NDArray[np.float32]:
        """Words in name and phrasings; the lexicon's synonyms count less than what was typed."""
        scores = self._topic_words.scores(question_tokens(topic.topic))
        weight = np.float32(self.config.expansion_weight)
        for phrase in topic.expansions if weight else ():
            scores = np.maximum(scores, weight * self._topic_words.scores(question_tokens(phrase)))
        return scores

    def decide(self, message: str) -> Decision:
        """Search for `message` and decide: answer, ask back, or refuse."""
        hits = self.search(message, limit=self.config.decision.choices)
        return self._decider.decide(hits, self.signals(message, hits), message)

    def signals(
        self, message: str, hits: Sequence[Hit], *, without: int | None = None
    ) -> NDArray[np.float64]:
        """The signals of a search; `without` leaves one off-topic message aside (to learn)."""
        topic = self.read(message)
        similarities: NDArray[np.float32] = self._off_topic @ self._vector(topic.topic)
        if without is not None:
            similarities = np.delete(similarities, without)
        models = self._models
        words_speak = models.off_topic_words.score(message), models.ambiguous_words.score(message)
        return read_signals(hits, topic, similarities, words_speak)

    @functools.lru_cache(maxsize=64)  # noqa: B019 (one engine a process; a message is read thrice)
    def _vector(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._encoder.encode_questions([text])[0]
        return vector

    def weigh(self, message: str) -> tuple[dict[str, NDArray[np.float32]], NDArray[np.float32]]:
        """Evidence by feature and fused scores for every procedure, by number; only to be read."""
        return self._weighed(self.read(message))

    def number(self, code: str) -> int:
        """The number of a procedure in the arrays of `weigh`."""
        return self._numbers[code]

    def procedure(self, number: int) -> Procedure:
        """The procedure with this number."""
        return self._procedures[number]

    def numbers_of_field(self, field: str) -> NDArray[np.int64]:
        """The numbers of the procedures of a field."""
        return self._of_field[field]

    def scores(self, message: str, codes: Sequence[str]) -> list[float]:
        """Return the fused scores of the procedures with these codes."""
        _, fused = self._weighed(self.read(message))
        return [float(fused[self._numbers[code]]) for code in codes]

    def _fuse(self, evidence: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float32]:
        fused = np.zeros(len(self._procedures), dtype=np.float32)
        for feature in FEATURES:
            fused += np.float32(self.config.weights[feature]) * evidence[feature]
        return fused

    def search(self, message: str, limit: int = 10) -> list[Hit]:
        """Return the `limit` procedures nearest to `message`, best first."""
        evidence, fused = self._weighed(self.read(message))
        count = min(limit, len(fused))
        best = np.argpartition(-fused, count - 1)[:count]
        best = best[np.argsort(-fused[best], kind="stable")]
        return [
            Hit(
                procedure=self._procedures[number],
                score=float(fused[number]),
                evidence={feature: float(evidence[feature][number]) for feature in FEATURES},
            )
            for number in best
        ]


class _Persons:
    """Whether question and procedure speak of the same kind of person (foreigner, firm, child)."""

    def __init__(self, kinds: Mapping[str, PersonWords], procedures: Sequence[Procedure]) -> None:
        self._kinds = tuple(kinds.values())
        names = [normalise(procedure.name) for procedure in procedures]
        self._named = np.array(
            [[kind.named_in(name) for name in names] for kind in self._kinds], dtype=np.float32
        )

    def scores(self, text: str) -> NDArray[np.float32]:
        """+1 for each kind both name, -1 for each that only the procedure names."""
        signs = np.array([1.0 if kind.named_in(text) else -1.0 for kind in self._kinds])
        result: NDArray[np.float32] = np.clip(signs @ self._named, -1, 1).astype(np.float32)
        return result


def _level_prior(procedure: Procedure) -> float:
    if _CENTRAL.search(procedure.name):
        return 0.0
    return max((_LEVEL_PRIOR[level] for level in procedure.levels), default=0.5)


def _body(procedure: Procedure, characters: int) -> str:
    parts = [
        procedure.summary or "",
        *procedure.needed_when,
        *(result.name for result in procedure.results),
        *(requirement.name for requirement in procedure.requirements),
        *procedure.conditions,
        *(step.text for step in procedure.steps),
        procedure.raw.get("trinh_tu_thuc_hien", ""),
    ]
    return normalise(" ".join(parts)[:characters])


def build_search_engine(
    catalogue: Catalogue,
    encoder: Encoder,
    *,
    questions: Mapping[str, Sequence[str]] | None = None,
    lexicon: Lexicon | None = None,
    config: SearchConfig | None = None,
) -> SearchEngine:
    """Build an engine over `catalogue` with the shipped questions, lexicon and learned models.

    Takes seconds for a few thousand procedures.
    """
    return SearchEngine(
        catalogue,
        load_questions() if questions is None else questions,
        lexicon or load_lexicon(),
        encoder,
        config or load_search_config(),
        load_decision_models(),
        load_off_topic(),
        load_context_model(),
    )
