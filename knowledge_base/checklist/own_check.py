"""The citizen ticks what is at hand: what is missing, what to ask about, what is not needed."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from knowledge_base.checklist.personal_list import Item, PersonalList

__all__ = ["OwnCheck", "Readiness", "own_check"]


class Readiness(StrEnum):
    """Whether one may go and file."""

    READY = "ready"
    ASK_FIRST = "ask_first"
    MISSING = "missing"
    NO_LIST = "no_list"


@dataclass(frozen=True)
class OwnCheck:
    """What the ticks say.

    `missing` are certain papers that are not at hand. `waivable` are such papers that may not have
    to be handed in, and `ask_again` papers that only some cases need: both are to be asked about.
    `superfluous` are papers at hand that this case does not need.
    """

    readiness: Readiness
    held: tuple[Item, ...]
    missing: tuple[Item, ...]
    waivable: tuple[Item, ...]
    ask_again: tuple[Item, ...]
    superfluous: tuple[Item, ...]

    @property
    def ready(self) -> bool:
        """Whether no certain paper is missing."""
        return self.readiness in (Readiness.READY, Readiness.ASK_FIRST)


def own_check(personal_list: PersonalList, have: Set[str]) -> OwnCheck:
    """Compare the list with the ids of the papers at hand; unknown ids are ignored."""
    lacking = [item for item in personal_list.needed if item.id not in have]
    missing = tuple(item for item in lacking if item.may_be_waived is None)
    waivable = tuple(item for item in lacking if item.may_be_waived is not None)
    ask_again = tuple(item for item in personal_list.maybe if item.id not in have)
    listed = (*personal_list.needed, *personal_list.maybe)
    return OwnCheck(
        readiness=_readiness(personal_list, missing, (*waivable, *ask_again)),
        held=tuple(item for item in listed if item.id in have),
        missing=missing,
        waivable=waivable,
        ask_again=ask_again,
        superfluous=tuple(item for item in personal_list.not_needed if item.id in have),
    )


def _readiness(
    personal_list: PersonalList, missing: tuple[Item, ...], doubtful: tuple[Item, ...]
) -> Readiness:
    if not personal_list.needed and not personal_list.maybe:
        return Readiness.NO_LIST
    if missing:
        return Readiness.MISSING
    return Readiness.ASK_FIRST if doubtful else Readiness.READY
