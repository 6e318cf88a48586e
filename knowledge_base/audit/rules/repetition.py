"""A10, second part: words, phrases, sentences, rows or whole parts that are written twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from knowledge_base.audit.finding import Fault
from knowledge_base.audit.record_text import excerpt, one_line, steps_text
from knowledge_base.audit.settings import Repetition
from knowledge_base.procedure import Procedure, RequirementGroup

__all__ = ["Repetitions"]

_SENTENCE_END = re.compile(r"\n|(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ])")
_WORD = re.compile(r"\w+")
_LONGEST_PHRASE = 12


class Repetitions:
    """Finds what is said twice by mistake; an enumeration («hoặc … hoặc …») is none."""

    def __init__(self, settings: Repetition) -> None:
        """Take the word lists and the sizes."""
        self._settings = settings
        self._word = re.compile(rf"(?<!\w)({'|'.join(settings.doubled_words)}) +\1(?!\w)", re.I)
        self._linking = re.compile(rf"\b(?:{'|'.join(settings.linking_words)})\b", re.I)
        self._actor = re.compile(rf"(?:{'|'.join(settings.actors)})\s*$", re.I)

    def in_text(self, field: str, text: str) -> Iterator[Fault]:
        """Yield at most one doubled phrase, one doubled word and one repeated sentence."""
        yield from self._doubled_phrase(field, text)
        match = self._word.search(text)
        if match:
            words = excerpt(text, match.start(), match.end())
            yield Fault("doubled_word", field, words, {"phrase": match[1]})
        sentences = [one_line(s).strip(" -–+*;.,") for s in _SENTENCE_END.split(text)]
        sentences = [sentence for sentence in sentences if sentence]
        for first, second in zip(sentences, sentences[1:], strict=False):
            if first.lower() == second.lower() and self._is_long(first):
                yield Fault("repeated_sentence", field, excerpt(first, 0, 0, around=160))
                return

    def _is_long(self, sentence: str) -> bool:
        return len(sentence.split()) >= self._settings.sentence_words

    def _doubled_phrase(self, field: str, text: str) -> Iterator[Fault]:
        """Two to twelve words, then the same again: on one line, in the same letters."""
        for start, middle, end in _doubled(text):
            phrase, before = text[start:middle].rstrip(), text[max(0, start - 30) : start]
            if self._linking.search(phrase) or self._actor.search(before):
                continue
            odd = phrase.isupper() or before.endswith(("/", "-", "."))
            if not odd and all(len(word) > 1 and word.isalpha() for word in phrase.split()):
                yield Fault("doubled_phrase", field, excerpt(text, start, end), {"phrase": phrase})
                return

    def in_record(self, record: Procedure) -> Iterator[Fault]:
        """Yield a part copied twice and the first paper listed twice in one case."""
        steps = one_line(steps_text(record))
        half = len(steps) // 2
        long_enough = len(steps.split()) >= 2 * self._settings.part_words
        if long_enough and steps[:half].strip() == steps[half:].strip():
            yield Fault("repeated_part", "steps", excerpt(steps, 0, 0, around=160))
        rows = [row for row in record.requirements if row.group is not RequirementGroup.NOTE]
        counts = Counter((row.case, row.form, repr(row.when), one_line(row.name)) for row in rows)
        for (*_, name), count in counts.items():
            if count > 1 and self._is_long(name):
                text = excerpt(name, 0, 0, around=160)
                yield Fault("repeated_row", "requirements", text, {"count": str(count)})
                return


def _doubled(text: str) -> Iterator[tuple[int, int, int]]:
    """Where a phrase begins that stands twice in a row, where it begins again, where it ends."""
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [text[start:end] for start, end in spans]
    last_seen: dict[str, int] = {}
    for place, word in enumerate(words):
        before = last_seen.get(word, -1)
        last_seen[word] = place
        size = place - before
        if (
            before < 0
            or not 1 < size <= _LONGEST_PHRASE
            or words[before:place] != words[place : place + size]
        ):
            continue
        start, middle, end = spans[before][0], spans[place][0], spans[place + size - 1][1]
        if not re.search(r"[^\w ]|  ", text[start:end]):
            yield start, middle, end
