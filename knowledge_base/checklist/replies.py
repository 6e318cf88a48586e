"""Which option a free reply means: a number, an ordinal, the label's words, «rồi», «chưa».

Cautious: a reply that could mean two options means none, and the question is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge_base.checklist.words import Feature, Vocabulary, vocabulary_for
from knowledge_base.situation import UNKNOWN, Option, Question
from knowledge_base.text import fold, normalise

__all__ = ["narrow_reply", "read_reply"]

_NUMBERS = {
    "mot": 1, "nhat": 1, "dau": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5,
    "sau": 6, "bay": 7,
}  # fmt: skip
_LEADING = (
    r"(?:(?:em|toi|minh|bac|chau|con)\s+)?"
    r"(?:chon|lay|cai|so|dong|muc|cau|thu|y|truong hop|dap an|lua chon|option)"
)
_ENDING = r"\W*(?:nhe|nha|a|di|day|ay|do)?\W*"
_DIGIT = re.compile(rf"(?:{_LEADING}\s+)*([1-9])[.)]?{_ENDING}")
_WORD = re.compile(rf"(?:{_LEADING}\s+)+({'|'.join(_NUMBERS)})(?:\s+tien)?{_ENDING}")
_FIRST = re.compile(rf"(?:{_LEADING}\s+)*(?:dau tien|tren cung){_ENDING}")
_SEGMENT = re.compile(r"[,;:(]")
_YES_NO = re.compile(r"(?:chưa|không)\s*\?\s*$")
_LONGEST = 160
_LONGEST_UNKNOWN = 8
_ENOUGH = 0.5
_CLEARLY = 0.75
_BASE = 0.1


def read_reply(question: Question, message: str) -> str | None:
    """Return the option id that `message` means, `unknown` for «không rõ», or None.

    The options are numbered from 1; the number after the last is «Tôi không rõ».
    """
    text = normalise(message).strip(" .,!;:")
    vocabulary = vocabulary_for(message)
    tokens = vocabulary.without_politeness(vocabulary.label_tokens(text))
    if not tokens or len(text) > _LONGEST:
        return None
    if (labelled := _by_label(question, tokens, vocabulary)) is not None:
        return labelled
    if (position := _position(text)) is not None:
        return _at(question, position)
    if _says_unknown(question, vocabulary, vocabulary.tokens(text)):
        return UNKNOWN
    allowed = _allowed(question, text, vocabulary)
    return allowed[0] if len(allowed) == 1 else None


def narrow_reply(question: Question, message: str) -> list[str]:
    """The options that `message` leaves open, where it rules out some but not all others.

    «chưa» to «Đã đăng ký kết hôn chưa?» leaves the two options that begin with «Chưa».
    """
    text = normalise(message).strip(" .,!;:")
    if not text or len(text) > _LONGEST or read_reply(question, message) is not None:
        return []
    allowed = _allowed(question, text, vocabulary_for(message))
    return allowed if 1 < len(allowed) < len(question.options) else []


def _by_label(question: Question, tokens: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The option whose label is the reply, or the only one that begins with it up to a comma."""
    whole = [o.id for o in question.options if vocabulary.label_tokens(o.label) == tokens]
    if len(whole) == 1:
        return whole[0]
    first = [
        o.id
        for o in question.options
        if vocabulary.label_tokens(_SEGMENT.split(o.label)[0]) == tokens
    ]
    return first[0] if len(first) == 1 and first == _begun(question, tokens, vocabulary) else None


def _begun(question: Question, tokens: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """The options whose labels begin with the reply: «Đã ly hôn» may begin two."""
    count = len(tokens)
    return [o.id for o in question.options if vocabulary.label_tokens(o.label)[:count] == tokens]


def _position(text: str) -> int | None:
    folded = fold(text)
    if match := _DIGIT.fullmatch(folded):
        return int(match[1])
    if match := _WORD.fullmatch(folded):
        return _NUMBERS[match[1]]
    return 1 if _FIRST.fullmatch(folded) else None


def _at(question: Question, position: int) -> str | None:
    if position <= len(question.options):
        return question.options[position - 1].id
    return UNKNOWN if position == len(question.options) + 1 else None


def _says_unknown(question: Question, vocabulary: Vocabulary, tokens: Sequence[str]) -> bool:
    if len(tokens) > _LONGEST_UNKNOWN or not vocabulary.says("unknown", tokens):
        return False
    # «Bạn có biết … không?» – «không biết» is then an answer like any other.
    asks_knowledge = "có biết" in normalise(question.ask)
    return not asks_knowledge and not vocabulary.says("interrogatives", tokens)


def _allowed(question: Question, text: str, vocabulary: Vocabulary) -> list[str]:
    """The options that the words of the reply speak for; empty when they speak for none."""
    tokens = vocabulary.tokens(text)
    if is_yes_no(question):
        if vocabulary.says_only("yes", tokens):
            return _ids(option for option in question.options if not denies(option))
        if vocabulary.says_only("no", tokens):
            return _ids(option for option in question.options if denies(option))
    if "?" in text or vocabulary.says("interrogatives", tokens):
        return []
    begun = _begun(question, vocabulary.without_politeness(tokens), vocabulary)
    if len(begun) > 1:
        return begun
    said = vocabulary.features(text)
    named = _best(question.options, said, vocabulary)
    return named or _by_question(question, said, vocabulary)


def _best(options: Sequence[Option], said: frozenset[Feature], vocabulary: Vocabulary) -> list[str]:
    """The options whose labels share most with what was said."""
    labels = {option.id: vocabulary.features(option.label) for option in options}
    left = [option.id for option in options if not _contradicts(said, labels[option.id])]
    shared = {identifier: _shared(identifier, labels, said) for identifier in left}
    if max(shared.values(), default=0.0) >= _ENOUGH:
        scores = {key: shared[key] * (_BASE + _coverage(labels[key], said)) for key in left}
        top = max(scores.values())
        return [identifier for identifier in left if scores[identifier] > top * _CLEARLY]
    denied = any(feature.denied for feature in said)
    return left if denied and len(left) == 1 and len(options) == 2 else []


def _shared(
    identifier: str, labels: dict[str, frozenset[Feature]], said: frozenset[Feature]
) -> float:
    """Shared features, each worth less the more options have it; a meaning counts double."""
    score = 0.0
    for feature in said:
        having = [key for key, label in labels.items() if any(map(feature.agrees, label))]
        if identifier in having and len(having) < len(labels):
            score += (2 if feature.is_meaning else 1) / len(having)
    return score


def _coverage(label: frozenset[Feature], said: frozenset[Feature]) -> float:
    """How much of the label was said: «mẹ» is half of «Cha hoặc mẹ»."""
    return sum(any(map(feature.agrees, said)) for feature in label) / max(len(label), 1)


def _contradicts(said: frozenset[Feature], label: frozenset[Feature]) -> bool:
    """Tell whether one denies what the other says."""
    return any(
        feature.name == other.name and not any(map(feature.agrees, label))
        for feature in said
        for other in label
    )


def _by_question(question: Question, said: frozenset[Feature], vocabulary: Vocabulary) -> list[str]:
    """«có giấy báo tử», «không có giấy báo tử»: the words of a yes-or-no question repeated."""
    if not is_yes_no(question):
        return []
    asked = {feature.name for feature in vocabulary.features(question.ask)}
    repeated = [feature for feature in said if feature.name in asked]
    if repeated and all(feature.denied for feature in repeated):
        return _ids(option for option in question.options if denies(option))
    if any(feature.asserted and not feature.denied for feature in repeated):
        return _ids(option for option in question.options if not denies(option))
    return []


def is_yes_no(question: Question) -> bool:
    """Tell whether the question asks «… chưa?» or «… không?»."""
    return bool(_YES_NO.search(normalise(question.ask)))


def denies(option: Option) -> bool:
    """Tell whether the option answers «no»: its label begins with «Chưa» or «Không»."""
    return normalise(option.label).split()[0].strip(",.") in ("chưa", "không", "chẳng")


def _ids(options: Iterable[Option]) -> list[str]:
    return [option.id for option in options]
