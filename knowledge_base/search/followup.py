"""Read a message in its conversation: the same procedure, a sibling, or a new topic?

«thế lệ phí bao nhiêu» keeps the procedure; «nếu bị mất thì sao» moves to a sibling; «còn làm hộ
chiếu thì sao» starts a new topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge_base.procedure import Procedure
from knowledge_base.search.decision import Decision, Verdict
from knowledge_base.search.engine import SearchEngine
from knowledge_base.search.hit import Hit
from knowledge_base.text import fold, has_diacritics, normalise, words

__all__ = ["Reading", "read_message"]

_CODE = re.compile(r"(?<![\w.-])[1-9]\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.H\d{2})?(?![\w-])")


@dataclass(frozen=True)
class Reading:
    """What a message is about, and whether the conversation was needed to know it."""

    decision: Decision
    from_context: bool = False


def read_message(
    engine: SearchEngine,
    message: str,
    current: Procedure | None,
    offered: Sequence[Procedure] = (),
) -> Reading:
    """Decide about `message`.

    `current` is the procedure spoken of before; `offered` are the choices that were asked back with
    and not yet answered: the words of the message may choose one, and if it says nothing of its own
    the nearest is taken.
    """
    named = _named_by_code(engine, message)
    if named is not None:
        return Reading(_answer(named))
    corrected = _without_correction(engine, message)
    content = _content_words(engine, corrected)
    if offered:
        current = _chosen(engine, corrected, content, offered) or offered[0]
    if current is not None and not content:
        return Reading(_answer(current), from_context=True)
    decision = engine.decide(corrected)
    if current is None:
        return Reading(decision)
    if corrected != message and decision.verdict != Verdict.REFUSE:
        return Reading(decision)
    return _with_context(engine, corrected, current, content, decision)


def _chosen(
    engine: SearchEngine, message: str, content: Sequence[str], offered: Sequence[Procedure]
) -> Procedure | None:
    """The one of the offered procedures that the words of `message` clearly fit best."""
    if not content:
        return None
    scores = engine.scores(message, [procedure.code for procedure in offered])
    ordered = sorted(range(len(offered)), key=lambda number: -scores[number])
    if len(ordered) > 1:
        lead = scores[ordered[0]] - scores[ordered[1]]
        if lead < engine.config.follow_up.choice_lead:
            return None
    return offered[ordered[0]]


def _with_context(
    engine: SearchEngine,
    message: str,
    current: Procedure,
    content: list[str],
    decision: Decision,
) -> Reading:
    config = engine.config.follow_up
    if len(content) > config.long_message:
        return Reading(decision)
    sibling = _sibling(engine, message, current)
    if sibling is not None:
        return Reading(_answer(sibling), from_context=True)
    clear = decision.verdict == Verdict.ANSWER or len(content) >= config.vague_from
    if clear and decision.off_topic < config.new_topic_below:
        return Reading(decision)
    return Reading(_answer(current), from_context=True)


def _sibling(engine: SearchEngine, message: str, current: Procedure) -> Procedure | None:
    """The procedure of the same field that fits the message clearly better than the current one.

    The message is read with the name of the current procedure and alone; either may show it.
    """
    config = engine.config.follow_up
    together = f"{current.name} {message}"
    for text, lead in ((together, config.sibling_lead), (message, config.sibling_lead_alone)):
        best = next(
            (h for h in engine.search(text, limit=30) if h.procedure.field == current.field), None
        )
        if best is None or best.procedure.code == current.code:
            continue
        if best.score - engine.scores(text, [current.code])[0] >= lead:
            return best.procedure
    return None


def _without_correction(engine: SearchEngine, message: str) -> str:
    """Drop «không phải, tôi hỏi …» from the start: what follows is asked instead."""
    text = normalise(message)
    folded = fold(text)
    for opening in engine.config.follow_up.corrections:
        start = opening if has_diacritics(text) else fold(opening)
        haystack = text if has_diacritics(text) else folded
        if haystack.startswith(start) and not haystack[len(start) : len(start) + 1].isalnum():
            rest = text[len(start) :].strip(" ,.;:-")
            return _without_correction(engine, rest) if rest else message
    return message


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
