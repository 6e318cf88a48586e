"""One screen of the page on which a form is filled in: what it sends, and what comes next.

A screen sends every answer so far as `g.<question>`, the question it shows as `at`, what was
typed as `value`, and the pressed button as `do`. Everything is checked again: nothing that a
browser sends is trusted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from knowledge_base.form_of_address import FormOfAddress
from knowledge_base.forms.filling import Draft, Said, Step, Wish, take_step
from knowledge_base.forms.model import Form

__all__ = ["GIVEN", "Screen", "read_screen", "take_screen"]

GIVEN = "g."
_EDIT = "edit:"
_WISHES = {
    "next": Wish.VALUE,
    "skip": Wish.SKIP,
    "skip_section": Wish.SKIP_SECTION,
    "unknown": Wish.UNKNOWN,
    "back": Wish.BACK,
    "keep": Wish.KEEP,
    "rest": Wish.MAKE,
}


@dataclass(frozen=True)
class Screen:
    """The step that led here, and what was typed where it was refused."""

    step: Step
    typed: str = ""

    @classmethod
    def first(cls, form: Form, address: FormOfAddress) -> Screen:
        """The first question of a form, to be asked with `address`."""
        return cls(Step(Draft(form, address=address)))

    @property
    def draft(self) -> Draft:
        """The form so far."""
        return self.step.draft


def read_screen(form: Form, sent: Mapping[str, str], today: date, address: FormOfAddress) -> Screen:
    """The screen that a browser sent its answer from."""
    given = {
        name.removeprefix(GIVEN): text for name, text in sent.items() if name.startswith(GIVEN)
    }
    return Screen(Step(Draft.read(form, given, sent.get("reopened"), today, address)))


def take_screen(screen: Screen, sent: Mapping[str, str], today: date) -> Screen:
    """The screen that follows the pressed button."""
    draft, wish, typed = screen.draft, sent.get("do", "next"), sent.get("value", "")
    if wish.startswith(_EDIT):
        return Screen(take_step(draft, Said(Wish.CORRECT, "", (wish.removeprefix(_EDIT),)), today))
    understood = _WISHES.get(wish)
    # An answer to another question than the open one comes from a page of the past.
    if understood is None or draft.open is None or sent.get("at") != draft.open.key:
        back = understood == Wish.BACK
        return Screen(take_step(draft, Said(Wish.BACK), today)) if back else screen
    step = take_step(draft, Said(understood, typed), today)
    return Screen(step, typed if step.refused else "")
