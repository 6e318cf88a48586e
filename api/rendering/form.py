"""The pages of the form library: the list, and one form with its fields and examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.rendering.html import HtmlRenderer
from knowledge_base.forms import Example, ExampleKind, Form, FormLibrary
from knowledge_base.forms.rendering import Line, Sheet, example_sheet
from knowledge_base.procedure import Procedure
from knowledge_base.text import fold

__all__ = ["FormAddresses", "FormRenderer"]

FindProcedure = Callable[[str], Procedure | None]


@dataclass(frozen=True)
class FormAddresses:
    """Where the pages and files of a form are, as patterns of `{form}`, `{number}`, `{kind}`.

    `fill` is the page on which the form is filled in step by step, or None where there is none.
    """

    page: str
    blank: str
    example: str
    fill: str | None = None


@dataclass(frozen=True)
class ShownExample:
    """An example on the page, with its number in the address (from 1)."""

    number: int
    example: Example
    sheet: Sheet

    @property
    def wrong(self) -> bool:
        """Whether it shows what not to do."""
        return self.example.kind == ExampleKind.WRONG

    @property
    def lines(self) -> list[Line]:
        """The fields that say something: filled in, noted, or wrong."""
        return [
            line
            for line in self.sheet.lines.values()
            if line.value or line.rows or line.note or line.fault
        ]


@dataclass(frozen=True)
class FormGroup:
    """Forms of one field (lĩnh vực)."""

    field: str
    forms: list[Form]


class FormRenderer:
    """Renders the list of forms and the page of one form."""

    def __init__(
        self, html: HtmlRenderer, addresses: FormAddresses, today: Callable[[], date]
    ) -> None:
        """Take the renderer whose templates are shared, where things are, and a clock."""
        self._environment = html.create_environment()
        self._environment.globals |= {"addresses": addresses}
        self._today = today

    def render_list(self, library: FormLibrary, search: str, find: FindProcedure) -> str:
        """Render the forms that hold every word of `search`, grouped by field."""
        shown = [form for form in library if _holds(form, search, find)]
        template = self._environment.get_template("forms.html")
        return template.render(
            groups=_grouped(shown, find), count=len(shown), total=len(library), search=search
        )

    def render_form(self, form: Form, find: FindProcedure) -> str:
        """Render the page of one form."""
        today = self._today()
        shown = [
            ShownExample(number, example, example_sheet(form, example, today=today))
            for number, example in enumerate(form.examples, 1)
        ]
        return self._environment.get_template("form.html").render(
            form=form,
            examples=[item for item in shown if not item.wrong],
            wrong_examples=[item for item in shown if item.wrong],
            sections=[section for section in form.sections if _fillable(section.fields)],
            by_hand=[field for field in form.fields if not field.type.fillable],
            procedures=_procedures(form, find),
            expired=form.valid_to is not None and form.valid_to < today,
        )

    def render_message(self, name: str) -> str:
        """Render a page of a few fixed sentences: `unknown`, `too_many`, `not_made`."""
        return self._environment.get_template("form_message.html").render(name=name)


def _fillable(fields: Sequence[Any]) -> bool:
    return any(field.type.fillable for field in fields)


def _procedures(form: Form, find: FindProcedure) -> list[Procedure]:
    found = [find(code) for code in form.procedures]
    return [procedure for procedure in found if procedure is not None]


def _holds(form: Form, search: str, find: FindProcedure) -> bool:
    """Tell whether the form's own words, or its procedures', hold every word of the search."""
    names = [procedure.name for procedure in _procedures(form, find)]
    text = " ".join([form.id, form.name, form.number or "", form.issued_by, *names])
    folded = fold(text.lower())
    return all(word in folded for word in fold(search.lower()).split())


def _grouped(forms: Sequence[Form], find: FindProcedure) -> list[FormGroup]:
    groups: dict[str, list[Form]] = {}
    for form in forms:
        known = _procedures(form, find)
        groups.setdefault(known[0].field if known else "", []).append(form)
    ordered = sorted(groups.items(), key=lambda item: (not item[0], fold(item[0].lower())))
    return [
        FormGroup(field, sorted(members, key=lambda form: fold(form.name.lower())))
        for field, members in ordered
    ]
