"""Read a message in its conversation: the same procedure, a sibling, or a new topic?

«thế lệ phí bao nhiêu» keeps the procedure; «nếu bị mất thì sao» moves to a sibling; «còn làm hộ
chiếu thì sao» starts a new topic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge_base.procedure import Procedure
from knowledge_base.search.decision import Decision, Verdict
from knowledge_base.search.engine import SearchEngine
from knowledge_base.search.hit import Hit
from knowledge_base.text import fold, words

__all__ = ["Reading", "read_message"]

_CODE = re.compile(r"(?<![\w.-])[1-9]\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.H\d{2})?(?![\w-])")


@dataclass(frozen=True)
class Reading:
    """What a message is about, and whether the conversation was needed to know it."""

    decision: Decision
    from_context: bool = False


def read_message(engine: SearchEngine, message: str, current: Procedure | None) -> Reading:
    """Decide about `message`, with the procedure spoken of before in `current`."""
    named = _named_by_code(engine, message)
    if named is not None:
        return Reading(_answer(named))
    content = _content_words(engine, message)
    if current is not None and not content:
        return Reading(_answer(current), from_context=True)
    decision = engine.decide(message)
    if current is None:
        return Reading(decision)
    alone = engine.search(message)
    return _with_context(engine, message, current, content, alone, decision)


def _with_context(
    engine: SearchEngine,
    message: str,
    current: Procedure,
    content: list[str],
    alone: list[Hit],
    decision: Decision,
) -> Reading:
    config = engine.config.follow_up
    if len(content) > config.long_message or (
        alone and alone[0].score >= config.clear_score and decision.verdict == Verdict.ANSWER
    ):
        return Reading(decision)
    together = engine.search(f"{current.name} {message}")
    best = together[0].procedure
    if best.code != current.code and best.field == current.field:
        rank = next((n for n, hit in enumerate(alone) if hit.procedure.code == best.code), None)
        if rank is not None and rank < config.sibling_rank:
            return Reading(_answer(best), from_context=True)
    if decision.verdict == Verdict.ANSWER and alone[0].score >= config.switch_score:
        return Reading(decision)
    return Reading(_answer(current), from_context=True)


def _named_by_code(engine: SearchEngine, message: str) -> Procedure | None:
    for match in _CODE.finditer(message):
        procedure = engine.catalogue.find(match[0])
        if procedure is not None:
            return procedure
    return None


def _content_words(engine: SearchEngine, message: str) -> list[str]:
    """Words that say something of a procedure: no fillers, no words that only point back."""
    topic = engine.read(message)
    if topic.only_fillers:
        return []
    pointing = engine.config.follow_up.pointing_folded
    return [word for word in words(topic.topic) if fold(word) not in pointing]


def _answer(procedure: Procedure) -> Decision:
    return Decision(Verdict.ANSWER, (Hit(procedure=procedure, score=1.0, evidence={}),))
