"""What each part of the search is worth: the same questions with one part left out at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from knowledge_base.catalogue import Catalogue
from knowledge_base.encoder import Encoder
from knowledge_base.evaluation.metrics import summarise
from knowledge_base.evaluation.questions import AMBIGUOUS, LabelledQuestion
from knowledge_base.evaluation.search import evaluate_search
from knowledge_base.questions import load_questions
from knowledge_base.search import SearchConfig, SearchEngine, build_search_engine
from knowledge_base.search.hit import FEATURES
from knowledge_base.text import fold, load_lexicon
from knowledge_base.text.lexicon import LEXICON_FOLDER

__all__ = ["AblationRow", "ablate", "as_markdown"]

_MEANING = ("name_meaning", "question_meaning")
_PRIORS = ("guidance", "level", "person")


@dataclass(frozen=True)
class AblationRow:
    """One variant: recall@1, recall@5 and mrr@10 as typed, recall@1 with all accents stripped."""

    name: str
    recall_1: float
    recall_5: float
    mrr: float
    stripped_1: float


def ablate(
    catalogue: Catalogue, encoder: Encoder, questions: Sequence[LabelledQuestion]
) -> Iterator[AblationRow]:
    """Yield the whole search, then each variant; a variant that indexes anew takes seconds."""
    asked = [question for question in questions if question.gold and question.ask != AMBIGUOUS]
    whole = build_search_engine(catalogue, encoder)
    config = whole.config
    yield _measure("toàn bộ", whole, asked)
    for name, features in _groups():
        weights = config.weights | dict.fromkeys(features, 0.0)
        yield _measure(name, whole.with_config(config.with_weights(weights)), asked)
    for name, build in _rebuilt(catalogue, encoder, config):
        yield _measure(name, build(), asked)


def _groups() -> Iterator[tuple[str, Sequence[str]]]:
    for feature in FEATURES:
        yield f"bỏ {feature}", (feature,)
    yield "bỏ bộ mã hóa câu", _MEANING
    yield "bỏ các ưu tiên", _PRIORS
    yield "chỉ BM25", (*_MEANING, *_PRIORS)


def _rebuilt(
    catalogue: Catalogue, encoder: Encoder, config: SearchConfig
) -> Iterator[tuple[str, Callable[[], SearchEngine]]]:
    """Variants with an index of their own."""
    as_typed = config.model_copy(update={"accents_beam": 0})
    one_piece = config.long_messages.model_copy(update={"parts_share": 0.0})
    in_one = config.model_copy(update={"long_messages": one_piece})
    yield (
        "bỏ câu hỏi của người dân",
        lambda: build_search_engine(catalogue, encoder, questions={}),
    )
    yield "không thêm lại dấu", lambda: build_search_engine(catalogue, encoder, config=as_typed)
    yield (
        "không chia câu chuyện dài",
        lambda: build_search_engine(catalogue, encoder, config=in_one),
    )
    lists = sorted(path.stem for path in LEXICON_FOLDER.glob("*.tsv"))
    for names in [*([name] for name in lists), lists]:
        label = "bỏ cả từ điển" if names is lists else f"bỏ từ điển {names[0]}"
        yield label, lambda names=names: _without_lists(catalogue, encoder, names)  # type: ignore[misc]


def _without_lists(catalogue: Catalogue, encoder: Encoder, names: Sequence[str]) -> SearchEngine:
    return build_search_engine(
        catalogue, encoder, questions=load_questions(), lexicon=load_lexicon(without=names)
    )


def _measure(name: str, engine: SearchEngine, questions: Sequence[LabelledQuestion]) -> AblationRow:
    typed = summarise(evaluate_search(engine, questions))["overall"]
    stripped = [question.model_copy(update={"text": fold(question.text)}) for question in questions]
    bare = summarise(evaluate_search(engine, stripped))["overall"]
    return AblationRow(
        name, typed["recall@1"], typed["recall@5"], typed["mrr@10"], bare["recall@1"]
    )


def as_markdown(rows: Sequence[AblationRow]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| phần bỏ đi | recall@1 | recall@5 | mrr@10 | recall@1 khi mọi câu mất dấu |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {row.name} | {row.recall_1:.3f} | {row.recall_5:.3f} | {row.mrr:.3f} "
        f"| {row.stripped_1:.3f} |"
        for row in rows
    ]
    return "\n".join(lines)
