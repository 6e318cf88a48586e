"""The citizen's situation: the questions a procedure asks, and conditions on their answers.

A condition is data, not code: a mapping from question id to the option ids that satisfy it
(all keys must hold), or a list of such mappings (one of them must hold). A question without an
answer, or answered «Tôi không rõ», leaves the condition open: see `Verdict.MAYBE`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    RootModel,
    field_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

__all__ = ["UNKNOWN", "Condition", "Option", "Question", "Verdict"]

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]

UNKNOWN = "unknown"
"""The answer «Tôi không rõ», offered with every question; never written in a file."""


class Verdict(StrEnum):
    """Whether a condition holds for the answers given so far."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Option(BaseModel):
    """One answer a citizen may choose."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Identifier
    label: Annotated[str, Field(min_length=1, max_length=160)]


class Question(BaseModel):
    """One question about the citizen's case, with two to six answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Identifier
    ask: Annotated[str, Field(min_length=5, max_length=200)]
    help: str | None = None
    options: Annotated[list[Option], Field(min_length=2, max_length=6)]
    when: Condition | None = None

    @field_validator("options")
    @classmethod
    def _options_differ(cls, options: list[Option]) -> list[Option]:
        ids = [option.id for option in options]
        if len(set(ids)) != len(ids):
            raise ValueError("hai lựa chọn trùng mã (id)")
        if UNKNOWN in ids:
            raise ValueError("«unknown» được thêm tự động, không ghi trong tệp")
        return options


class Condition(RootModel[list[dict[Identifier, list[Identifier]]]]):
    """When something applies: one of several conjunctions of «question: option(s)»."""

    model_config = ConfigDict(frozen=True)

    @field_validator("root", mode="before")
    @classmethod
    def _normalise(cls, value: Any) -> Any:
        alternatives = value if isinstance(value, list) else [value]
        return [
            {
                question: [options] if isinstance(options, str) else options
                for question, options in alternative.items()
            }
            if isinstance(alternative, Mapping)
            else alternative
            for alternative in alternatives
        ]

    @field_validator("root")
    @classmethod
    def _not_empty(cls, value: list[dict[str, list[str]]]) -> list[dict[str, list[str]]]:
        if not value or not all(value) or not all(all(a.values()) for a in value):
            raise ValueError("điều kiện rỗng; ghi «câu_hỏi: lựa_chọn»")
        return value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A file may write a single option, and a single conjunction, without a list around it."""
        reference = handler(core_schema)
        schema = handler.resolve_ref_schema(reference)
        conjunction = schema.pop("items")
        conjunction["patternProperties"] = {
            pattern: {"anyOf": [options["items"], options]}
            for pattern, options in conjunction["patternProperties"].items()
        }
        del schema["type"]
        schema["anyOf"] = [conjunction, {"type": "array", "items": conjunction}]
        return reference

    def verdict(self, answers: Mapping[str, str]) -> Verdict:
        """Tell whether the condition holds for `answers` (question id → option id)."""
        results = [_conjunction(alternative, answers) for alternative in self.root]
        if Verdict.YES in results:
            return Verdict.YES
        return Verdict.MAYBE if Verdict.MAYBE in results else Verdict.NO

    def references(self) -> set[tuple[str, str]]:
        """Every (question id, option id) that the condition names."""
        return {
            (question, option)
            for alternative in self.root
            for question, options in alternative.items()
            for option in options
        }


def _conjunction(alternative: Mapping[str, list[str]], answers: Mapping[str, str]) -> Verdict:
    verdict = Verdict.YES
    for question, options in alternative.items():
        answer = answers.get(question, UNKNOWN)
        if answer == UNKNOWN:
            verdict = Verdict.MAYBE
        elif answer not in options:
            return Verdict.NO
    return verdict
