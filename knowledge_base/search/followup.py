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
from knowledge_base.search.family import choose_in_family
from knowledge_base.search.hit import Hit
from knowledge_base.text import fold, has_diacritics, normalise, words

__all__ = ["Reading", "content_words", "read_message"]

# «tách xong rồi sang tên…», «mở rồi thì khai thuế…»: what was done, and what comes after it.
_DONE = re.compile(
    r"((?:\w+\s+){0,6}?(?:xong|rồi|roi))\s+(?:(?:rồi|roi|xuôi|thì|thi|mà|ma|là|la)\s+)*(.*\w.*)$"
)
_CODE = re.compile(r"(?<![\w.-])[1-9]\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.H\d{2})?(?![\w-])")


@dataclass(frozen=True)
class Reading:
    """What a message is about, whether the conversation was needed, and whether it is a guess."""

    decision: Decision
    from_context: bool = False
    guessed: bool = False


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
    content = content_words(engine, corrected)
    if offered:
        current = _chosen(engine, corrected, content, offered) or offered[0]
    if current is not None and not content:
        return Reading(_answer(current), from_context=True, guessed=bool(offered))
    decision = engine.decide(corrected)
    if current is None:
        return Reading(decision)
    if corrected != message and not offered:
        return _corrected(engine, corrected, current, len(content), decision)
    after = _what_comes_after(message, current)
    if after and content_words(engine, after):
        return Reading(_answer(_next_step(engine, after, current)), from_context=True)
    return _with_context(engine, corrected, current, len(content), decision)


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
    engine: SearchEngine, message: str, current: Procedure, content: int, decision: Decision
) -> Reading:
    """Choose between a new topic, a sibling of the current procedure, and the procedure itself."""
    if content > engine.config.follow_up.long_message:
        return Reading(decision)
    meant, chance = choose_in_family(engine, message, current, content)
    if _is_new_topic(engine, message, current, content, decision):
        near = meant != current and _as_near(engine, message, meant, decision.hits[0].procedure)
        return Reading(_answer(meant), from_context=True) if near else Reading(decision)
    hits = [hit.procedure for hit in decision.hits]
    siblings = [procedure for procedure in hits if procedure.field == current.field]
    doubtful = meant == current and chance < engine.config.follow_up.sure_to_stay
    if siblings and current not in hits and (doubtful or decision.verdict == Verdict.ANSWER):
        return Reading(_answer(siblings[0]), from_context=True)
    return Reading(_answer(meant), from_context=True)


def _next_step(engine: SearchEngine, after: str, current: Procedure) -> Procedure:
    """What fits `after` best, alone and behind the name of the procedure that is done."""
    together = f"{current.name} {after}"
    hits = [*engine.search(after, limit=30), *engine.search(together, limit=30)]
    codes = list(dict.fromkeys(hit.procedure.code for hit in hits))
    alone, behind = engine.scores(after, codes), engine.scores(together, codes)
    totals = {code: a + b for code, a, b in zip(codes, alone, behind, strict=True)}
    totals.pop(current.code, None)
    return engine.catalogue.get(max(totals, key=lambda code: totals[code]))


def _is_new_topic(
    engine: SearchEngine, message: str, current: Procedure, content: int, decision: Decision
) -> bool:
    config = engine.config.follow_up
    if decision.verdict == Verdict.ANSWER:
        return content >= config.clear_from or decision.off_topic < config.new_topic_below
    if decision.verdict == Verdict.REFUSE or content < config.vague_from:
        return False
    if current in [hit.procedure for hit in decision.hits]:
        return False
    best, now = engine.scores(message, [decision.hits[0].procedure.code, current.code])
    return best - now >= config.vague_lead


def _as_near(engine: SearchEngine, message: str, sibling: Procedure, best: Procedure) -> bool:
    """Tell whether a sibling fits nearly as well as the best one, which is of another field."""
    if sibling.field == best.field:
        return sibling == best
    scores = engine.scores(message, [sibling.code, best.code])
    return scores[0] >= engine.config.follow_up.sibling_share * scores[1]


def _corrected(
    engine: SearchEngine, message: str, denied: Procedure, content: int, decision: Decision
) -> Reading:
    """What «không phải, …» means instead: never again the procedure that was denied."""
    if decision.verdict == Verdict.REFUSE:
        meant, _ = choose_in_family(engine, message, denied, content, moves=True)
        return Reading(_answer(meant), from_context=True)
    others = tuple(hit for hit in decision.hits if hit.procedure != denied)
    if len(others) > 1:
        return Reading(Decision(decision.verdict, others, decision.off_topic, decision.ambiguous))
    found = others or engine.search(message, limit=2)
    return Reading(_answer(next(hit.procedure for hit in found if hit.procedure != denied)))


def _what_comes_after(message: str, current: Procedure) -> str | None:
    """The part behind what is done, where that is «xong» or the current procedure itself."""
    match = _DONE.match(normalise(message))
    if match is None:
        return None
    done, after = match.groups()
    *_, verb, end = ["", *words(fold(done))]
    if end == "xong" or verb in words(fold(normalise(current.name))):
        return str(after)
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


def content_words(engine: SearchEngine, message: str) -> list[str]:
    """Words that say something of a procedure: no fillers, no asides, none that only point back."""
    topic = engine.read(message)
    if topic.only_fillers:
        return []
    config = engine.config.follow_up
    if has_diacritics(topic.text):
        rest = config.aside_pattern.sub(" ", topic.topic)
        return [word for word in words(rest) if word not in config.pointing]
    rest = config.aside_folded.sub(" ", topic.topic)
    return [word for word in words(rest) if word not in config.pointing_folded]


def _answer(procedure: Procedure) -> Decision:
    return Decision(Verdict.ANSWER, (Hit(procedure=procedure, score=1.0, evidence={}),))
