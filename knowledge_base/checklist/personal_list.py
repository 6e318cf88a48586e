"""The personal list: what one citizen needs for one procedure, after the questions."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.procedure import Channel, FormReference, RequirementGroup, Step

__all__ = [
    "Item",
    "ListedChannel",
    "ListedStep",
    "PersonalList",
    "Progress",
    "Said",
]


@dataclass(frozen=True)
class Progress:
    """The question that comes now is `number` of `total`; after the last, `number > total`."""

    number: int
    total: int

    @property
    def finished(self) -> bool:
        """Whether no question is left."""
        return self.number > self.total


@dataclass(frozen=True)
class Said:
    """A question and what the citizen answered, in words; `option` is None for «Tôi không rõ»."""

    question: str
    answer: str
    question_id: str
    option: str | None


@dataclass(frozen=True)
class Item:
    """One paper of the list.

    `only_if` says in words when a paper of `maybe` is needed; `get_from_name` is the name of the
    procedure that gives a missing paper; `may_be_waived` says why it may not have to be handed in.
    """

    id: str
    name: str
    group: RequirementGroup
    originals: int | None = None
    copies: int | None = None
    case: str | None = None
    form: FormReference | None = None
    why: str | None = None
    get_from: str | None = None
    get_from_code: str | None = None
    get_from_name: str | None = None
    may_be_waived: str | None = None
    only_if: str | None = None


@dataclass(frozen=True)
class ListedStep:
    """A step of this case; `only_if` is set where an unknown answer decides it."""

    step: Step
    only_if: str | None = None


@dataclass(frozen=True)
class ListedChannel:
    """A way to file in this case; `only_if` is set where an unknown answer decides it."""

    channel: Channel
    only_if: str | None = None


@dataclass(frozen=True)
class PersonalList:
    """Papers, ways and steps of one case.

    `needed` are certain, `maybe` depend on an answer that is not known, `not_needed` belong to
    other cases, `notes` explain. `remark` is set when there is no paper at all, and says so;
    `original_text` is what the published record says of papers without dividing them.
    """

    procedure_code: str
    procedure_name: str
    said: tuple[Said, ...]
    needed: tuple[Item, ...]
    maybe: tuple[Item, ...]
    not_needed: tuple[Item, ...]
    notes: tuple[Item, ...]
    steps: tuple[ListedStep, ...]
    channels: tuple[ListedChannel, ...]
    remark: str | None = None
    original_text: str | None = None

    @property
    def submit(self) -> tuple[Item, ...]:
        """The certain papers to hand in."""
        return tuple(item for item in self.needed if item.group == RequirementGroup.SUBMIT)

    @property
    def show(self) -> tuple[Item, ...]:
        """The certain papers only to show."""
        return tuple(item for item in self.needed if item.group == RequirementGroup.SHOW)

    @property
    def unsure(self) -> tuple[Said, ...]:
        """The questions answered «Tôi không rõ»."""
        return tuple(said for said in self.said if said.option is None)

    def item(self, identifier: str) -> Item | None:
        """The paper with this id, from any part of the list."""
        papers = (*self.needed, *self.maybe, *self.not_needed, *self.notes)
        return next((item for item in papers if item.id == identifier), None)
