"""Train the project's encoder: static token embeddings, contrastive, on one CPU core or two.

The model is a `StaticEmbedding` of sentence-transformers (a mean of token vectors): it loads in
milliseconds and encodes a question in well under one. It is trained with in-batch negatives
(MultipleNegativesRankingLoss, Henderson et al. 2017), one source a batch, part of the questions
written without accents or in teencode. Batches of one field make siblings the negatives.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from knowledge_base.encoder.noise import Typist
from knowledge_base.encoder.pairs import Pair
from knowledge_base.text import fold

__all__ = ["TrainingPlan", "train_encoder"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TrainingPlan:
    """Sizes and seeds of a training; the defaults made the model of the repository."""

    vocabulary: int = 30_000
    dimensions: int = 256
    batch: int = 1024
    small_batch: int = 256
    general_epochs: int = 4
    question_epochs: int = 6
    learning_rate: float = 0.02
    scale: float = 20.0
    folded: float = 0.3
    seed: int = 7


def train_encoder(
    general: Sequence[Sequence[Pair]],
    questions: Sequence[Sequence[Pair]],
    typist: Typist,
    folder: Path,
    plan: TrainingPlan | None = None,
) -> SentenceTransformer:
    """Train on `general` sources first, then on `questions` (one group a field); save to `folder`.

    Weights are stored in half precision, half the size on disk; search casts them back.
    """
    plan = plan or TrainingPlan()
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    tokenizer = _train_tokenizer(_texts([*general, *questions]), plan)
    weights = torch.empty(tokenizer.get_vocab_size(), plan.dimensions).normal_(0, 0.1)
    embedding = StaticEmbedding(tokenizer, embedding_weights=weights)
    model: Any = SentenceTransformer(modules=[embedding], device="cpu")
    stages: list[tuple[int, Callable[[], Iterator[list[Pair]]]]] = [
        (plan.general_epochs, lambda: _general_batches(general, plan, chance)),
        (plan.question_epochs, lambda: _question_batches(general, questions, plan, chance)),
    ]
    for epochs, batches in stages:
        _run(model, typist, plan, [list(batches()) for _ in range(epochs)])
    model.half()
    folder.mkdir(parents=True, exist_ok=True)
    model.save(str(folder), create_model_card=False)
    trained: SentenceTransformer = model.float()
    return trained


def _texts(groups: Iterable[Sequence[Pair]]) -> Iterator[str]:
    for group in groups:
        for number, (question, passage) in enumerate(group):
            yield question
            yield passage
            if number % 3 == 0:
                yield fold(question)


def _train_tokenizer(texts: Iterator[str], plan: TrainingPlan) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Metaspace(), pre_tokenizers.Punctuation()]
    )
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.BpeTrainer(
        vocab_size=plan.vocabulary,
        min_frequency=3,
        special_tokens=["[UNK]"],
        show_progress=False,
        limit_alphabet=400,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def _general_batches(
    sources: Sequence[Sequence[Pair]], plan: TrainingPlan, chance: random.Random
) -> Iterator[list[Pair]]:
    """Batches of one source each, in random order."""
    batches = [batch for source in sources for batch in _chunks(source, plan.batch, chance)]
    chance.shuffle(batches)
    yield from batches


def _question_batches(
    general: Sequence[Sequence[Pair]],
    groups: Sequence[Sequence[Pair]],
    plan: TrainingPlan,
    chance: random.Random,
) -> Iterator[list[Pair]]:
    """Batches within a field and across fields, with some general ones against forgetting."""
    batches = [batch for group in groups for batch in _chunks(group, plan.small_batch, chance)]
    everything = [pair for group in groups for pair in group]
    batches += _chunks(everything, plan.batch, chance)
    kept = [batch for source in general for batch in _chunks(source, plan.batch, chance)]
    chance.shuffle(kept)
    batches += kept[: len(batches) // 4]
    chance.shuffle(batches)
    yield from batches


def _chunks(pairs: Sequence[Pair], size: int, chance: random.Random) -> list[list[Pair]]:
    """Shuffle and cut into batches in which no passage stands twice (a false negative)."""
    shuffled = list(pairs)
    chance.shuffle(shuffled)
    batches: list[list[Pair]] = []
    for start in range(0, len(shuffled), size):
        unique = {
            passage: (question, passage) for question, passage in shuffled[start : start + size]
        }
        if len(unique) > 1:
            batches.append(list(unique.values()))
    return batches


def _run(
    model: SentenceTransformer,
    typist: Typist,
    plan: TrainingPlan,
    epochs: Sequence[Sequence[Sequence[Pair]]],
) -> None:
    loss = MultipleNegativesRankingLoss(model, scale=plan.scale)
    total = sum(len(batches) for batches in epochs)
    optimiser = torch.optim.Adam(model.parameters(), lr=plan.learning_rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: max(0.0, min(1.0, (step + 1) / 50, (total - step) / total))
    )
    for number, batches in enumerate(epochs, start=1):
        running = 0.0
        for batch in batches:
            features: list[Any] = [
                model.preprocess([typist.write(question) for question, _ in batch]),
                model.preprocess([passage for _, passage in batch]),
            ]
            value = loss(features, None)
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
            schedule.step()
            running += value.item()
        logger.info("epoch %d: %d batches, loss %.3f", number, len(batches), running / len(batches))
