"""The texts of explanations, from a file that people who are no programmers may edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dossiers.errors import DossierDataError
from dossiers.status import Status

__all__ = ["TEXTS_FILE", "AnswerText", "ExplanationTexts", "load_texts"]

TEXTS_FILE = Path(__file__).parent / "explain.yml"
_BY_STATUS = ("headlines", "holders", "next_steps")
_BY_NAME = ("labels", "values", "warnings", "asks")


@dataclass(frozen=True)
class AnswerText:
    """What is said where no dossier is shown."""

    headline: str
    next_steps: tuple[str, ...]


@dataclass(frozen=True)
class ExplanationTexts:
    """All texts; places in braces are filled in when they are used."""

    headlines: Mapping[Status, str]
    holders: Mapping[Status, str]
    next_steps: Mapping[Status, tuple[str, ...]]
    labels: Mapping[str, str]
    values: Mapping[str, str]
    warnings: Mapping[str, str]
    asks: Mapping[str, str]
    answers: Mapping[str, AnswerText]


def load_texts(path: Path = TEXTS_FILE) -> ExplanationTexts:
    """Read the texts.

    Raises:
        DossierDataError: a section or the text of a status is missing.
    """
    data = yaml.safe_load(path.read_text("utf-8"))
    wanted = {*_BY_STATUS, *_BY_NAME, "answers"}
    if not isinstance(data, dict) or set(data) != wanted:
        raise DossierDataError(f"{path}: cần đúng các mục {', '.join(sorted(wanted))}")
    for section in _BY_STATUS:
        if set(data[section]) != {int(status) for status in Status}:
            raise DossierDataError(f"{path}: {section}: cần đủ các trạng thái 1 đến 10")
    answers = {
        name: AnswerText(answer["headline"], tuple(answer["next_steps"]))
        for name, answer in data["answers"].items()
    }
    steps = {Status(number): tuple(said) for number, said in data["next_steps"].items()}
    return ExplanationTexts(
        headlines=_statuses(data["headlines"]),
        holders=_statuses(data["holders"]),
        next_steps=steps,
        answers=answers,
        **{section: dict(data[section]) for section in _BY_NAME},
    )


def _statuses(section: Mapping[int, Any]) -> dict[Status, str]:
    return {Status(number): str(text) for number, text in section.items()}
