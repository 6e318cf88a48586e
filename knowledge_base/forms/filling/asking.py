"""Whether a message asks something, while the value of a field is waited for.

A value taken for a question would go on to the bot; a question taken for a value is seen at once
and corrected. So what may be a value is one, and a name needs more than a question's ending.
"""

from __future__ import annotations

import re

from knowledge_base.forms.filling.phrases import Phrase, words
from knowledge_base.forms.model import FieldType

__all__ = ["FREE_TYPES", "asks_or_requests", "may_be_asked_instead"]

FREE_TYPES = frozenset({FieldType.TEXT, FieldType.NAME, FieldType.ADDRESS})
"""What may hold almost any words, so that a check says little of what a message is."""

_LONGEST_QUESTION = 30
_LONGEST_NAME = 5
_SHORT, _LAST_WORDS = 12, 6


def asks_or_requests(message: str) -> bool:
    """Whether a message sounds like a question or a request to somebody."""
    phrase = Phrase(message)
    return (
        _is_marked(message)
        or phrase.holds(words()["asking"])
        or phrase.begins(words()["elsewhere"])
        or _ends_as_question(phrase)
    )


def may_be_asked_instead(kind: FieldType, message: str) -> bool:
    """Whether a message that a field of free words could hold is a question or a request."""
    if _is_marked(message):
        return True
    count = len(message.split())
    if count > _LONGEST_QUESTION:
        return False
    phrase = Phrase(message)
    if kind == FieldType.NAME and (message.istitle() or message.isupper()):
        return False
    # «ở đâu» may stand anywhere in a long request; a question says it near its end.
    telling = phrase if count <= _SHORT else Phrase(" ".join(message.split()[-_LAST_WORDS:]))
    if telling.holds(words()["asking"]) or phrase.begins(words()["elsewhere"]):
        return True
    # «nguyễn thị sao» ends like a question, and is a name.
    if kind == FieldType.NAME and count <= _LONGEST_NAME:
        return False
    return count > 2 and _ends_as_question(phrase)


def _is_marked(message: str) -> bool:
    return message.rstrip().endswith("?")


def _ends_as_question(phrase: Phrase) -> bool:
    """«… giấy tờ gì ạ», «… nộp chỗ nào vậy», «có phải … không»."""
    core = phrase.without_trailing(words()["trailing"])
    if core.ends(words()["ending"]):
        return not core.holds(words()["telling_before"])
    opener = "|".join(re.escape(core.like(one)) for one in words()["yes_no_opening"])
    closer = "|".join(re.escape(core.like(one)) for one in words()["yes_no_ending"])
    return bool(re.search(rf"\b(?:{opener})\b.*\b(?:{closer})$", core.text))
