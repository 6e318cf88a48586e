"""A life event: an occasion in a citizen's life, and the procedures it brings, in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Annotated

from pydantic import Field, model_validator

from knowledge_base.procedure import Code, Part, Text
from knowledge_base.situation import Identifier

__all__ = ["EventStep", "LifeEvent"]


class EventStep(Part):
    """One procedure of the journey.

    An `optional` step concerns only the cases that `only_if` names. `depends_on` names earlier
    steps that come first, where they concern the case at all.
    """

    id: Identifier
    code: Code
    why: Text
    when: Text | None = None
    only_if: Text | None = None
    optional: bool = False
    depends_on: list[Identifier] = []

    @model_validator(mode="after")
    def _says_whom_it_concerns(self) -> EventStep:
        if self.optional and self.only_if is None:
            raise ValueError(f"steps «{self.id}»: việc không bắt buộc phải ghi «only_if»")
        if self.only_if is not None and not self.optional:
            raise ValueError(f"steps «{self.id}»: có «only_if» thì ghi «optional: true»")
        return self


class LifeEvent(Part):
    """An event, how people speak of it, and its steps.

    In a phrase `a/b` stands for either word, `[a/b]` for either or none, and `_` joins the words of
    one. A message that holds one of `unless` asks for one procedure, not for the event.
    """

    id: Identifier
    title: Text
    intro: Annotated[list[Text], Field(min_length=1)]
    phrases: Annotated[list[Text], Field(min_length=6)]
    unless: list[Text] = []
    steps: Annotated[list[EventStep], Field(min_length=1)]

    def spoken(self) -> list[str]:
        """Every phrase written out."""
        return [spoken for phrase in self.phrases for spoken in _written_out(phrase)]

    @property
    def main_steps(self) -> list[EventStep]:
        """The steps that concern every case."""
        return [step for step in self.steps if not step.optional]

    @model_validator(mode="after")
    def _steps_are_in_order(self) -> LifeEvent:
        earlier: set[str] = set()
        for step in self.steps:
            if step.id in earlier:
                raise ValueError(f"steps «{step.id}»: trùng id")
            late = [name for name in step.depends_on if name not in earlier]
            if late:
                named = ", ".join(late)
                raise ValueError(
                    f"steps «{step.id}»: chỉ dựa vào việc đứng trước, không phải {named}"
                )
            earlier.add(step.id)
        return self


def _written_out(phrase: str) -> Iterator[str]:
    choices = []
    for word in phrase.split():
        optional = word.startswith("[") and word.endswith("]")
        choices.append([*word.strip("[]").split("/"), *([""] if optional else [])])
    for chosen in product(*choices):
        yield " ".join(word.replace("_", " ") for word in chosen if word)
