"""Words that show which aspects a message asks.

«lệ phí bao nhiêu và mất mấy ngày» asks two things; the classifier names one. Which one comes first
is weighed in `aspect_model.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from knowledge_base.answer.aspect import Aspect
from knowledge_base.text import Lexicon, fold, has_diacritics, load_lexicon, normalise

__all__ = ["CUES_FILE", "AspectCues", "load_cues"]

CUES_FILE = Path(__file__).parent / "cues.yml"
_MOST = 3
_GAP = r"(?:\w+\s+){0,3}?"


class AspectCues:
    """Finds aspects by their words."""

    def __init__(
        self,
        cues: Mapping[Aspect, Sequence[str]],
        *,
        lexicon: Lexicon | None = None,
        questions: Sequence[str] = (),
        extra: Sequence[Aspect] = tuple(Aspect),
        tail_words: int = 30,
    ) -> None:
        """Take the words of every aspect, with their accents; «…» stands for up to three words.

        `questions` are words with which one asks anything at all.
        `extra` may be answered beside what is asked, if the last `tail_words` name them.
        """
        self._patterns = {aspect: _pattern(words) for aspect, words in cues.items()}
        self._folded = {
            aspect: _pattern([fold(word) for word in words]) for aspect, words in cues.items()
        }
        self._lexicon = lexicon
        self._questions = _pattern(questions)
        self._folded_questions = _pattern([fold(word) for word in questions])
        self._extra = frozenset(extra)
        self._tail_words = tail_words

    def find(self, message: str) -> list[Aspect]:
        """Aspects named in `message`, in the order in which they are first named."""
        spans = self._spans(self._read(message))
        return sorted(spans, key=lambda aspect: spans[aspect][0])

    def named(self, message: str) -> dict[Aspect, tuple[int, int]]:
        """Where in the message, as it is read, each aspect is first named and last named."""
        return self._spans(self._read(message))

    def asks(self, message: str) -> bool:
        """Tell whether `message` asks anything at all, or only tells something."""
        text = self._read(message)
        questions = self._questions if has_diacritics(text) else self._folded_questions
        return "?" in message or bool(questions.search(text))

    def asked(self, message: str, intended: Aspect) -> list[Aspect]:
        """The intended aspect first, then others that the end of the message names as well."""
        tail = " ".join(self._read(message).split()[-self._tail_words :])
        spans = self._spans(tail)
        named = [a for a in spans if a != intended and a in self._extra]
        others = sorted(named, key=lambda aspect: spans[aspect][0])
        return [intended, *others][:_MOST]

    def _read(self, message: str) -> str:
        """The message written out; one typed without diacritics stays so («onl» → «truc tuyen»)."""
        text = self._lexicon.rewrite(message) if self._lexicon else normalise(message)
        return text if has_diacritics(normalise(message)) else fold(text)

    def _spans(self, text: str) -> dict[Aspect, tuple[int, int]]:
        """Where each aspect is first named begins, and where it is last named ends."""
        patterns = self._patterns if has_diacritics(text) else self._folded
        found = [
            (aspect, *match.span())
            for aspect, pattern in patterns.items()
            for match in pattern.finditer(text)
        ]
        spans: dict[Aspect, tuple[int, int]] = {}
        for aspect, start, end in sorted(found, key=lambda item: item[1]):
            # «điều kiện thế nào» asks for conditions: the «thế nào» within asks nothing of its own.
            inside = any(a <= start and end <= b and b - a > end - start for _, a, b in found)
            if not inside:
                first = spans.get(aspect, (start, end))[0]
                spans[aspect] = (first, end)
        return spans


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    parts = [_GAP.join(re.escape(part) for part in word.split("… ")) for word in ordered]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)")


def load_cues(path: Path = CUES_FILE) -> AspectCues:
    """Read the words of every aspect.

    Raises:
        ValueError: an aspect is unknown, naming it.
    """
    data = yaml.safe_load(path.read_text("utf-8"))
    words = {Aspect(key): [normalise(w) for w in found] for key, found in data["words"].items()}
    return AspectCues(
        words,
        lexicon=load_lexicon(),
        questions=[normalise(word) for word in data["questions"]],
        extra=[Aspect(name) for name in data["extra"]],
        tail_words=int(data["tail_words"]),
    )
