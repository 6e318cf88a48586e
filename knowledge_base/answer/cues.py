"""Words that show which aspects a message asks, weighed together with the intent classifier.

«lệ phí bao nhiêu và mất mấy ngày» asks two things; the classifier names one. Of a long story what
is said last is asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from knowledge_base.answer.aspect import Aspect
from knowledge_base.text import Lexicon, fold, has_diacritics, load_lexicon, normalise

__all__ = ["CUES_FILE", "AspectCues", "CueWeights", "load_cues"]

CUES_FILE = Path(__file__).parent / "cues.yml"
_MOST = 3
_GAP = r"(?:\w+\s+){0,3}?"


class CueWeights(BaseModel):
    """How words and the classifier's chances are added, on the scale of logarithms."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    named: float = 1.0
    last: float = 1.0
    floor: float = Field(default=0.02, gt=0)
    overview: float = Field(default=0.1, gt=0, le=1)


class AspectCues:
    """Finds aspects by their words."""

    def __init__(
        self,
        cues: Mapping[Aspect, Sequence[str]],
        *,
        lexicon: Lexicon | None = None,
        weights: CueWeights | None = None,
        extra: Sequence[Aspect] = tuple(Aspect),
        tail_words: int = 30,
    ) -> None:
        """Take the words of every aspect, with their accents; «…» stands for up to three words.

        `extra` may be answered beside what is asked, if the last `tail_words` name them.
        """
        self._patterns = {aspect: _pattern(words) for aspect, words in cues.items()}
        self._folded = {
            aspect: _pattern([fold(word) for word in words]) for aspect, words in cues.items()
        }
        self._lexicon = lexicon
        self._weights = weights or CueWeights()
        self._extra = frozenset(extra)
        self._tail_words = tail_words

    def find(self, message: str) -> list[Aspect]:
        """Aspects named in `message`, in the order in which they are first named."""
        spans = self._spans(self._read(message))
        return sorted(spans, key=lambda aspect: spans[aspect][0])

    def choose(self, message: str, chances: Mapping[Aspect, float]) -> Aspect | None:
        """The aspect that words and the classifier's `chances` speak for; None without either."""
        spans = self._spans(self._read(message))
        if not spans and not chances:
            return None
        last = max((end for _, end in spans.values()), default=-1)

        def total(aspect: Aspect) -> float:
            chance = max(chances.get(aspect, 0.0), self._weights.floor)
            if aspect == Aspect.OVERVIEW and spans and aspect not in spans:
                chance = min(chance, self._weights.overview)
            score = math.log(chance)
            if aspect in spans:
                score += self._weights.named
                score += self._weights.last if spans[aspect][1] == last else 0.0
            return score

        return max([*chances, *(a for a in spans if a not in chances)], key=total)

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
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def load_cues(path: Path = CUES_FILE) -> AspectCues:
    """Read the words of every aspect and their weights.

    Raises:
        ValueError: an aspect or a weight is unknown, naming it.
    """
    data = yaml.safe_load(path.read_text("utf-8"))
    words = {Aspect(key): [normalise(w) for w in found] for key, found in data["words"].items()}
    return AspectCues(
        words,
        lexicon=load_lexicon(),
        weights=CueWeights.model_validate(data["weights"]),
        extra=[Aspect(name) for name in data["extra"]],
        tail_words=int(data["tail_words"]),
    )
