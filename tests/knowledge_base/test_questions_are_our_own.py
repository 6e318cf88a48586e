"""No labelled question, and no close copy of one, stands among the project's own phrasings.

What is measured on the labelled questions would mean nothing otherwise. Compared by the ratio of
matching characters of the folded words.
"""

from __future__ import annotations

import difflib
import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

import bot
from knowledge_base.evaluation.dialogues import EXAM_FILE, read_labelled_dialogues
from knowledge_base.questions import (
    CONVERSATIONS_FILE,
    load_ambiguous,
    load_follow_ups,
    load_off_topic,
    load_questions,
)
from knowledge_base.text import fold, normalise, words

CLOSE = 0.86
SHORTEST = 12
"""Below so many characters two people write the same by chance («cảm ơn em»)."""
SHORTEST_TURN = 28
"""The same within a conversation («có làm trên mạng được không»)."""


def folded(text):
    return " ".join(words(fold(normalise(text))))


def examples_of_the_bot():
    folder = Path(bot.__file__).parent / "data" / "nlu"
    blocks = [b for p in sorted(folder.glob("*.yml")) for b in yaml.safe_load(p.read_text())["nlu"]]
    return [line.removeprefix("- ") for block in blocks for line in block["examples"].splitlines()]


def labelled_texts(shared_data):
    questions = (shared_data / "questions_dev.jsonl").read_text("utf-8").splitlines()
    asked = [folded(json.loads(line)["text"]) for line in questions]
    turns = [folded(text) for text in turns_of(shared_data / "dialogues_dev.jsonl")]
    return [text for text in asked if len(text) >= SHORTEST] + [
        text for text in turns if len(text) >= SHORTEST_TURN
    ]


def turns_of(path):
    return [turn.user for dialogue in read_labelled_dialogues(path) for turn in dialogue.turns]


@pytest.mark.slow
def test_no_labelled_question_stands_among_our_phrasings(shared_data):
    ours = [p for phrasings in load_questions().values() for p in phrasings]
    ours += load_off_topic() + load_follow_ups() + [text for text, _ in load_ambiguous()]
    ours += examples_of_the_bot() + turns_of(CONVERSATIONS_FILE) + turns_of(EXAM_FILE)
    keys = sorted({folded(text) for text in ours})
    by_word = defaultdict(set)
    for number, key in enumerate(keys):
        for word in set(key.split()):
            by_word[word].add(number)
    copies = []
    for asked in labelled_texts(shared_data):
        shared = Counter(n for word in set(asked.split()) for n in by_word[word])
        for number, _ in shared.most_common(60):
            if difflib.SequenceMatcher(None, asked, keys[number]).ratio() >= CLOSE:
                copies.append((asked, keys[number]))
    assert copies == []


def test_nothing_is_learned_from_the_exam():
    learned = {p for phrasings in load_questions().values() for p in phrasings}
    learned |= {*turns_of(CONVERSATIONS_FILE), *examples_of_the_bot()}
    known = {folded(text) for text in learned}
    # Short follow-ups («mất mấy ngày») are said alike by everybody.
    long_enough = [text for text in turns_of(EXAM_FILE) if len(folded(text)) >= SHORTEST_TURN]
    assert len(long_enough) > 200
    assert [text for text in long_enough if folded(text) in known] == []
