"""What the first message already says about the case, so that it need not be asked again.

Only what is said plainly counts: a meaning that belongs to some options of a question and not to
the others («bị mất»), or the question's own words said with «đã» or «chưa». A message that fits
several options narrows the question to them; one that fits all, or none, changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge_base.checklist.replies import denies, is_yes_no
from knowledge_base.checklist.words import Feature, Vocabulary, vocabulary_for
from knowledge_base.procedure import Procedure
from knowledge_base.situation import Question
from knowledge_base.text import normalise

__all__ = ["Prefill", "prefill"]

_BRACKETS = re.compile(r"\([^)]*\)")
_PREDICATE = re.compile(r"\b(?:đã|có|từng)\s+(.+?)\s+(?:chưa|không)\s*\?$")


@dataclass(frozen=True)
class Prefill:
    """Answers that were given, and for other questions the options that are still open."""

    answers: dict[str, str]
    narrowed: dict[str, tuple[str, ...]]


def prefill(procedure: Procedure, message: str) -> Prefill:
    """Read from `message` the answers it already gives to the questions of `procedure`."""
    vocabulary = vocabulary_for(message)
    named = {f.name for f in vocabulary.features(f"{procedure.name}. {procedure.official_name}")}
    said = {
        feature
        for feature in vocabulary.features(message)
        if feature.denied or feature.name not in named
    }
    answers: dict[str, str] = {}
    narrowed: dict[str, tuple[str, ...]] = {}
    whether = _asks_whether(message, vocabulary)
    for question in procedure.questions:
        allowed = _by_predicate(question, said, vocabulary) or _by_meaning(
            question, said, vocabulary, whether
        )
        if len(allowed) == 1:
            answers[question.id] = allowed[0]
        elif 1 < len(allowed) < len(question.options):
            narrowed[question.id] = tuple(allowed)
    return Prefill(answers, narrowed)


def _by_predicate(question: Question, said: Iterable[Feature], vocabulary: Vocabulary) -> list[str]:
    """«chưa đăng ký kết hôn» for «Cha mẹ của bé đã đăng ký kết hôn chưa?»."""
    match = _PREDICATE.search(normalise(question.ask))
    if match is None or not is_yes_no(question):
        return []
    asked = vocabulary.features(match[1])
    needed = {f.name for f in asked if f.is_meaning} or {f.name for f in asked}
    found = [[f for f in said if f.name == name] for name in needed]
    if not all(found) or (len(needed) == 1 and not next(iter(needed)).startswith("<")):
        return []
    features = [feature for group in found for feature in group]
    if all(feature.denied for feature in features):
        return [option.id for option in question.options if denies(option)]
    if all(feature.asserted and not feature.denied for feature in features):
        return [option.id for option in question.options if not denies(option)]
    return []


def _by_meaning(
    question: Question, said: Iterable[Feature], vocabulary: Vocabulary, whether: bool
) -> list[str]:
    """The options that share a telling meaning with the message, where others do not."""
    if whether:
        return []
    asked = {feature.name for feature in vocabulary.features(question.ask)}
    meant = {f.name for f in _meant(said) if not f.vague} & vocabulary.telling - asked
    labels = {
        option.id: {f.name for f in _meant(vocabulary.features(_BRACKETS.sub(" ", option.label)))}
        for option in question.options
    }
    told = {name for name in meant if any(name in label for label in labels.values())}
    allowed = [identifier for identifier, label in labels.items() if told and told <= label]
    return [] if _speaks_of_others(question, allowed, said, vocabulary) else allowed


def _speaks_of_others(
    question: Question, allowed: list[str], said: Iterable[Feature], vocabulary: Vocabulary
) -> bool:
    """Tell whether the message names a thing that only ruled out options have («tem»)."""
    words = {option.id: vocabulary.features(option.label) for option in question.options}
    of_allowed = {f.name for key in allowed for f in words[key]}
    of_others = {f.name for key, features in words.items() if key not in allowed for f in features}
    return any(feature.name in of_others - of_allowed for feature in said)


def _asks_whether(message: str, vocabulary: Vocabulary) -> bool:
    """«làm online được không» asks about a way, and does not choose it."""
    tokens = vocabulary.without_politeness(vocabulary.tokens(message))
    asked = bool(tokens) and tokens[-1] in vocabulary.negators
    return asked or vocabulary.says("asks_whether", tokens)


def _meant(features: Iterable[Feature]) -> list[Feature]:
    return [feature for feature in features if feature.is_meaning and not feature.denied]
