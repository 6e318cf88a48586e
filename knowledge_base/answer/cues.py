"""Words that show which aspects a message asks, beside the one that the intent names.

«lệ phí bao nhiêu và mất mấy ngày» asks two things; the intent classifier names one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from knowledge_base.answer.aspect import Aspect
from knowledge_base.text import fold, has_diacritics, normalise

__all__ = ["CUES_FILE", "AspectCues", "load_cues"]

CUES_FILE = Path(__file__).parent / "cues.yml"
_MOST = 3


class AspectCues:
    """Finds aspects by their words."""

    def __init__(self, cues: Mapping[Aspect, Sequence[str]]) -> None:
        """Take the words of every aspect, with their accents."""
        self._patterns = {aspect: _pattern(words) for aspect, words in cues.items()}
        self._folded = {
            aspect: _pattern([fold(word) for word in words]) for aspect, words in cues.items()
        }

    def find(self, message: str) -> list[Aspect]:
        """Aspects named in `message`, in the order in which they are named."""
        text = normalise(message)
        patterns = self._patterns if has_diacritics(text) else self._folded
        found = {
            aspect: match.start()
            for aspect, pattern in patterns.items()
            if (match := pattern.search(text))
        }
        return sorted(found, key=lambda aspect: found[aspect])

    def asked(self, message: str, intended: Aspect) -> list[Aspect]:
        """The intended aspect first, then others that the message names as well."""
        others = [aspect for aspect in self.find(message) if aspect != intended]
        return [intended, *others][:_MOST]


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


def load_cues(path: Path = CUES_FILE) -> AspectCues:
    """Read the words of every aspect."""
    data = yaml.safe_load(path.read_text("utf-8"))
    return AspectCues({Aspect(key): [normalise(w) for w in words] for key, words in data.items()})
