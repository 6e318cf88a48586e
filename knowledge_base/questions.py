"""How citizens ask: phrasings by procedure code, written by the project.

Each file `questions/<field>.yml` has `field` and `questions` (code → list of phrasings), also for
procedures without a guidance file.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import yaml

from knowledge_base.errors import LexiconError

__all__ = [
    "CONVERSATIONS_FILE",
    "QUESTIONS_FOLDER",
    "load_ambiguous",
    "load_follow_ups",
    "load_off_topic",
    "load_questions",
]

QUESTIONS_FOLDER = Path(__file__).parent / "questions"
CONVERSATIONS_FILE = QUESTIONS_FOLDER / "calibration" / "conversations.jsonl"
"""Labelled conversations of the project's own, in the form of `knowledge_base.evaluation`."""


def load_questions(folder: Path = QUESTIONS_FOLDER) -> dict[str, list[str]]:
    """Return the phrasings of every file, by code, in the order they stand.

    Raises:
        LexiconError: a file is not of the form, naming file and code.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    questions: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        data = yaml.load(path.read_text("utf-8"), Loader=loader)
        if not isinstance(data, dict) or not isinstance(data.get("questions"), dict):
            raise LexiconError(f"{path}: cần «questions: mã: - câu hỏi»")
        for code, phrasings in data["questions"].items():
            if not isinstance(phrasings, list) or not all(isinstance(p, str) for p in phrasings):
                raise LexiconError(f"{path}: {code}: cần một danh sách câu hỏi")
            known = questions.setdefault(str(code), [])
            known += [unicodedata.normalize("NFC", phrasing).strip() for phrasing in phrasings]
    return questions


def load_off_topic(folder: Path = QUESTIONS_FOLDER) -> list[str]:
    """Return the messages of `calibration/off_topic.yml`: they ask for no procedure at all."""
    data = yaml.safe_load((folder / "calibration" / "off_topic.yml").read_text("utf-8"))
    return [unicodedata.normalize("NFC", text) for text in data["questions"]]


def load_follow_ups(folder: Path = QUESTIONS_FOLDER) -> list[str]:
    """Return the messages of `calibration/follow_ups.yml`: they ask on about what was spoken of."""
    data = yaml.safe_load((folder / "calibration" / "follow_ups.yml").read_text("utf-8"))
    return [unicodedata.normalize("NFC", text) for text in data["questions"]]


def load_ambiguous(folder: Path = QUESTIONS_FOLDER) -> list[tuple[str, list[str]]]:
    """Return the vague messages of `calibration/ambiguous.yml` with the codes that would fit."""
    data = yaml.safe_load((folder / "calibration" / "ambiguous.yml").read_text("utf-8"))
    return [
        (unicodedata.normalize("NFC", entry["text"]), list(entry["codes"]))
        for entry in data["questions"]
    ]
