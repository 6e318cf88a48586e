"""Render the screens on which a form is filled in; no routes here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from api.form_filling.screen import GIVEN, Screen
from api.rendering.html import HtmlRenderer
from knowledge_base.forms.filling import Question, help_lines, phrase
from knowledge_base.forms.model import FieldType

__all__ = ["Control", "FormFillingRenderer"]

_LONG = 150


class Control(StrEnum):
    """How a question is answered on a page."""

    OPTIONS = "options"
    LINE = "line"
    LINES = "lines"


class FormFillingRenderer:
    """Renders screens within the pages of the site."""

    def __init__(self, pages: HtmlRenderer, today: Callable[[], date]) -> None:
        """Take the renderer of the site's pages and a clock."""
        self.address = pages.address
        self._texts = pages.texts
        self._environment = pages.create_environment()
        self._environment.globals |= {"phrase": self._phrase, "given_name": GIVEN}
        self.today = today

    def render_screen(self, screen: Screen, *, start: bool = False, fault: str = "") -> str:
        """Render one screen: a question, or the review where all are answered.

        `fault` names the text of what could not be done; `start` says how the page works.
        """
        draft = screen.draft
        faults = draft.answers(self.today()).faults if draft.open is None else ()
        return self._environment.get_template("form_filling.html").render(
            screen=screen,
            draft=draft,
            question=draft.open,
            start=start,
            fault=fault,
            control=_control(draft.open) if draft.open else None,
            keyboard=_keyboard(draft.open) if draft.open else None,
            help=_help(draft.open) if draft.open else [],
            missing=list(dict.fromkeys(f.label for f in faults if f.missing)),
            wrong=[f for f in faults if not f.missing],
        )

    def _phrase(self, name: str, **parts: object) -> str:
        return phrase(name, self.address, **parts)

    def render_unknown(self) -> str:
        """Render the page for a form that is not in the library."""
        return self._environment.get_template("form_filling_gone.html").render(name="unknown")

    def render_gone(self) -> str:
        """Render the page for a file that was fetched already, or too old."""
        return self._environment.get_template("form_filling_gone.html").render(name="gone")


def _control(question: Question) -> Control:
    if question.entry.options:
        return Control.OPTIONS
    long = (question.entry.rules.max_length or 0) > _LONG
    if question.entry.type == FieldType.ADDRESS or (long and question.entry.type == FieldType.TEXT):
        return Control.LINES
    return Control.LINE


def _keyboard(question: Question) -> str:
    """Which keys a phone should show."""
    return {
        FieldType.DATE: "numeric",
        FieldType.IDENTITY_NUMBER: "numeric",
        FieldType.PHONE: "tel",
        FieldType.NUMBER: "decimal",
        FieldType.MONEY: "numeric",
        FieldType.EMAIL: "email",
    }.get(question.entry.type, "text")


def _help(question: Question) -> list[str]:
    """The help that does not stand beside the question anyway."""
    explained = phrase("by_help", explain=question.explain)
    return [line for line in help_lines(question) if line != explained]
