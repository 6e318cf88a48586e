"""Read a message in its conversation: the same procedure, a sibling, or a new topic?

«thế lệ phí bao nhiêu» keeps the procedure; «nếu bị mất thì sao» moves to a sibling; «còn làm hộ
chiếu thì sao» starts a new topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge_base.procedure import Procedure
from knowledge_base.search.context import Conversation, choose_in_context
from knowledge_base.search.decision import Decision, Verdict
from knowledge_base.search.engine import SearchEngine
from knowledge_base.search.hit import Hit
from knowledge_base.text import fold, has_diacritics, normalise, words

__all__ = [
    "Reading",
    "Said",
    "content_words",
    "read_message",
    "what_is_said",
    "words_of_its_own",
]

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


@dataclass(frozen=True)
class Said:
    """What of a message is to be understood, and whether it began by denying («không phải, …»)."""

    text: str
    denied: bool = False


def read_message(
    engine: SearchEngine,
    message: str,
    current: Procedure | None,
    offered: Sequence[Procedure] = (),
    recent: Sequence[Procedure] = (),
    said: Sequence[str] = (),
) -> Reading:
    """Decide about `message`.

    `current` is the procedure spoken of before, `recent` those before it, `said` the messages
    before this one; `offered` are the choices that were asked back with and not yet answered: the
    words of the message may choose one, and if it says nothing of its own the nearest is taken.
    """
    named = _named_by_code(engine, message)
    if named is not None:
        return Reading(_answer(named))
    if offered:
        return _read_reply(engine, message, offered, said)
    if current is None:
        return Reading(engine.decide(_without_correction(engine, message)))
    here = what_is_said(engine, message, current)
    content = content_words(engine, here.text)
    if not content and not engine.context.points_back(here.text):
        return Reading(_answer(current), from_context=True)
    return _in_context(engine, here, len(content), Conversation(current, recent, said))


def what_is_said(engine: SearchEngine, message: str, current: Procedure) -> Said:
    """`message` without what it denies, and without what it says is done already."""
    corrected = _without_correction(engine, message)
    after = _what_comes_after(corrected, current)
    text = after if after and content_words(engine, after) else corrected
    return Said(text, corrected != message)


def _in_context(
    engine: SearchEngine, said: Said, content: int, conversation: Conversation
) -> Reading:
    """Choose among the procedure spoken of, its siblings, those before it, and a new topic."""
    limits = engine.config.follow_up
    decision = engine.decide(said.text)
    if decision.verdict == Verdict.REFUSE and content > limits.long_message:
        return Reading(decision)
    vague = decision.verdict != Verdict.ANSWER and content < limits.new_topic_from
    choice = choose_in_context(
        engine,
        engine.context,
        said.text,
        conversation,
        content,
        denied=said.denied,
        no_new_topic=vague,
    )
    meant = choice.procedure
    known = [conversation.current, *conversation.recent]
    if meant not in known and meant.field != conversation.current.field:
        found = [hit.procedure for hit in decision.hits]
        if decision.verdict == Verdict.ASK_BACK and meant in found:
            return Reading(decision)
        return Reading(_answer(meant), guessed=choice.chance < limits.sure_from)
    return Reading(_answer(meant), from_context=True, guessed=choice.chance < limits.sure_from)


def _read_reply(
    engine: SearchEngine, message: str, offered: Sequence[Procedure], said: Sequence[str]
) -> Reading:
    """Read the reply to «which one?»: one of the choices on offer, or something else in full."""
    corrected = _without_correction(engine, message)
    content = content_words(engine, corrected)
    if not content:
        return Reading(_answer(offered[0]), from_context=True, guessed=True)
    chosen = _chosen(engine, corrected, offered)
    conversation = Conversation(chosen or offered[0], offered, said)
    return _in_context(engine, Said(corrected), len(content), conversation)


def _chosen(engine: SearchEngine, message: str, offered: Sequence[Procedure]) -> Procedure | None:
    """The one of the offered procedures that the words of `message` clearly fit best."""
    scores = engine.scores(message, [procedure.code for procedure in offered])
    ordered = sorted(range(len(offered)), key=lambda number: -scores[number])
    if len(ordered) > 1:
        lead = scores[ordered[0]] - scores[ordered[1]]
        if lead < engine.config.follow_up.choice_lead:
            return None
    return offered[ordered[0]]


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


def words_of_its_own(engine: SearchEngine, message: str) -> list[str]:
    """The content words of `message` behind «không phải, tôi hỏi …»."""
    return content_words(engine, _without_correction(engine, message))


def _answer(procedure: Procedure) -> Decision:
    return Decision(Verdict.ANSWER, (Hit(procedure=procedure, score=1.0, evidence={}),))
