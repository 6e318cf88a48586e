"""The registers that the rules go by: dead law, abolished units, state-held papers, place names."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from knowledge_base.audit.errors import AuditDataError

__all__ = [
    "AbolishedUnit",
    "LegalRegister",
    "PlaceName",
    "PlaceRegister",
    "RepealedText",
    "StateHeldPaper",
    "StateHeldRegister",
    "TemporaryText",
    "UnitRegister",
    "load_legal_register",
    "load_place_register",
    "load_state_held_register",
    "load_unit_register",
]

_FOLDER = Path(__file__).parent / "data"
_T = TypeVar("_T")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)", re.I)


class _InContext(_Entry):
    """Names that are wrong but in some contexts."""

    allowed_before: list[str]
    allowed_after: list[str]

    @cached_property
    def before(self) -> re.Pattern[str]:
        """Contexts before the name that make it right."""
        return re.compile("|".join(f"(?:{p})$" for p in self.allowed_before) or r"(?!)", re.I)

    @cached_property
    def after(self) -> re.Pattern[str]:
        """Contexts behind the name that make it right."""
        return _any_of(self.allowed_after)


class RepealedText(_Entry):
    """A legal text that is no longer in force from `dead_from`."""

    number: str
    title: str
    dead_from: date
    replaced_by: list[str]
    source: str
    note: str | None = None


class TemporaryText(_Entry):
    """A legal text that says itself until when it is in force."""

    number: str
    title: str
    last_day: date
    source: str


class LegalRegister(_Entry):
    """Texts that are dead and texts that will be."""

    repealed: list[RepealedText]
    temporary: list[TemporaryText]
    history: list[str]

    @cached_property
    def history_words(self) -> re.Pattern[str]:
        """Words before a number that speak of it as past («thay thế», «bãi bỏ»)."""
        return re.compile(rf"(?:{'|'.join(self.history)})[^.;\n]{{0,80}}$", re.I)


class AbolishedUnit(_Entry):
    """A kind of unit, or an agency, that no longer exists."""

    id: str
    name: str
    keywords: list[str]
    pattern: str
    since: date
    now: str
    source: str
    case_sensitive: bool = False

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern of its names."""
        return re.compile(self.pattern, 0 if self.case_sensitive else re.I)


class UnitRegister(_InContext):
    """Abolished units, and the contexts in which an old name stands by right."""

    units: list[AbolishedUnit]


class StateHeldPaper(_Entry):
    """A paper that data of the state replaces."""

    id: str
    name: str
    pattern: str
    database: str


class StateHeldRegister(_Entry):
    """The papers, how a row begins that asks for one, and what excuses asking."""

    papers: list[StateHeldPaper]
    lead: str
    excuses: list[str]
    foreign: str

    @cached_property
    def patterns(self) -> list[tuple[StateHeldPaper, re.Pattern[str]]]:
        """Each paper with the pattern of a row that asks for it first."""
        return [(p, re.compile(f"{self.lead}(?:{p.pattern})", re.I)) for p in self.papers]

    @cached_property
    def excused(self) -> re.Pattern[str]:
        """Words of a row that say when the paper is not needed, or that it is not the state's."""
        return _any_of(self.excuses)


class PlaceName(_Entry):
    """A province whose name or kind has changed."""

    name: str
    now: str
    since: date
    source: str
    kept: bool = False
    """The name lives on: only «tỉnh» before it is wrong."""


class PlaceRegister(_InContext):
    """Province names of the past."""

    places: list[PlaceName]


def _load(path: Path, model: type[_T]) -> _T:
    try:
        data: Any = yaml.safe_load(path.read_text("utf-8"))
        return TypeAdapter(model).validate_python(data)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise AuditDataError(f"{path}: {error}") from error


def load_legal_register(path: Path = _FOLDER / "legal_texts.yml") -> LegalRegister:
    """Read the register of dead and temporary law.

    Raises:
        AuditDataError: the file is not as expected.
    """
    return _load(path, LegalRegister)


def load_unit_register(path: Path = _FOLDER / "abolished_units.yml") -> UnitRegister:
    """Read the register of abolished units.

    Raises:
        AuditDataError: the file is not as expected.
    """
    return _load(path, UnitRegister)


def load_state_held_register(path: Path = _FOLDER / "state_held_papers.yml") -> StateHeldRegister:
    """Read the register of papers that the state holds.

    Raises:
        AuditDataError: the file is not as expected.
    """
    return _load(path, StateHeldRegister)


def load_place_register(path: Path = _FOLDER / "place_names.yml") -> PlaceRegister:
    """Read the register of province names of the past.

    Raises:
        AuditDataError: the file is not as expected.
    """
    return _load(path, PlaceRegister)
