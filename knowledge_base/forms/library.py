"""The forms of the library: read from their folders, found by id, number, name or procedure.

A field may say `use: <name>` to take over a field of `common_fields.yml`; what it says itself
wins. So a name, an address or an identity number is explained in the same words in every form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from knowledge_base.errors import FileProblem
from knowledge_base.form_of_address import FormOfAddress
from knowledge_base.forms.errors import (
    FormFileError,
    UnknownExampleError,
    UnknownFormError,
)
from knowledge_base.forms.model import Example, ExampleKind, Form
from knowledge_base.procedure import FormReference
from knowledge_base.yaml_file import YamlFile

__all__ = [
    "FORMS_FOLDER",
    "FormLibrary",
    "find_example",
    "load_form",
    "load_forms",
    "shipped_forms",
]

FORMS_FOLDER = Path(__file__).parent
COMMON_FIELDS = "common_fields.yml"
_LEAST_RIGHT_EXAMPLES = 2


class FormLibrary:
    """All forms, in the order of their ids."""

    def __init__(self, forms: list[Form]) -> None:
        self._forms = {form.id: form for form in sorted(forms, key=lambda form: form.id)}

    def __iter__(self) -> Iterator[Form]:
        return iter(self._forms.values())

    def __len__(self) -> int:
        return len(self._forms)

    def get(self, name: str) -> Form:
        """The form of this id, number or name, in any case.

        Raises:
            UnknownFormError: there is none, or the number alone names more than one.
        """
        if name in self._forms:
            return self._forms[name]
        wanted = name.strip().casefold()
        found = [
            form
            for form in self
            if wanted in (form.id, form.name.casefold(), (form.number or "").casefold())
        ]
        if len(found) != 1:
            raise UnknownFormError(name, list(self._forms))
        return found[0]

    def find(self, form_id: str) -> Form | None:
        """The form of exactly this id, or None."""
        return self._forms.get(form_id)

    def addressed(self, address: FormOfAddress) -> FormLibrary:
        """The same forms, explained to people who are addressed with `address`."""
        return FormLibrary([address.throughout(form, besides=("examples",)) for form in self])

    def for_procedure(self, code: str) -> list[Form]:
        """The forms that a procedure uses."""
        return [form for form in self if code in form.procedures]

    def of_reference(self, code: str, reference: FormReference) -> Form | None:
        """The form that a paper of the procedure `code` names, or None.

        Both the name and the number must fit: «Mẫu số 01» alone is the number of hundreds of forms.
        """
        name = reference.name.casefold()
        for form in self.for_procedure(code):
            if form.name.casefold() == name and _same_number(form.number, reference.number):
                return form
        return None


def _same_number(ours: str | None, named: str | None) -> bool:
    """Tell whether one number stands in the other: «Mẫu ĐKX11/79» names «ĐKX11»."""
    if ours is None or named is None:
        return True
    short, long = sorted((ours.casefold(), named.casefold()), key=len)
    return bool(re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long))


def find_example(form: Form, name: str) -> Example:
    """The example of this id.

    Raises:
        UnknownExampleError: the form has none of this id.
    """
    for example in form.examples:
        if example.id == name:
            return example
    raise UnknownExampleError(form.id, name, [example.id for example in form.examples])


@cache
def shipped_forms() -> FormLibrary:
    """The forms of the repository, read once; nothing of them ever changes.

    Raises:
        FormFileError: with the faults of all wrong files together.
    """
    return load_forms()


def load_forms(folder: Path = FORMS_FOLDER) -> FormLibrary:
    """Read every form below `folder`.

    Raises:
        FormFileError: with the faults of all wrong files together.
    """
    forms: list[Form] = []
    problems: list[FileProblem] = []
    for path in sorted(folder.glob("*/form.yml")):
        try:
            forms.append(load_form(path.parent, folder / COMMON_FIELDS))
        except FormFileError as error:
            problems += error.problems
    if problems:
        raise FormFileError(problems)
    return FormLibrary(forms)


def load_form(folder: Path, common_fields: Path = FORMS_FOLDER / COMMON_FIELDS) -> Form:
    """Read the form of one folder: `form.yml` and `examples.yml`.

    Raises:
        FormFileError: with every fault found in a file, each with its line.
    """
    document = _read(folder / "form.yml")
    data = _with_common_fields(document, _read(common_fields).data)
    form = document.validate(Form, data)
    if form.id != folder.name:
        raise FormFileError([document.problem(["id"], f"phải trùng tên thư mục {folder.name}")])
    examples = _read(folder / "examples.yml")
    return _with_examples(form, examples)


def _read(path: Path) -> YamlFile:
    return YamlFile(path, FormFileError, "docs/forms.md")


def _with_examples(form: Form, document: YamlFile) -> Form:
    parts = _with_likenesses(document)
    examples = document.validate(list[Example], parts)
    loaded = document.validate(Form, {**dict(form), "examples": examples})
    ids = [example.id for example in examples]
    right = [example for example in examples if example.kind == ExampleKind.RIGHT]
    problems = []
    if len(set(ids)) != len(ids):
        problems.append(document.problem([], "hai ví dụ trùng id"))
    if len(right) < _LEAST_RIGHT_EXAMPLES or len(right) == len(examples):
        problems.append(document.problem([], "cần ít nhất hai ví dụ đúng và một ví dụ sai"))
    if problems:
        raise FormFileError(problems)
    return loaded


def _with_likenesses(document: YamlFile) -> list[Any]:
    """The examples, each with the values of the earlier one that it is `like`."""
    parts = document.data if isinstance(document.data, list) else []
    seen: dict[str, dict[str, Any]] = {}
    for number, part in enumerate(parts):
        if not isinstance(part, dict) or not isinstance(part.get("values", {}), dict):
            continue
        like, without = part.pop("like", None), part.pop("without", [])
        if like is not None and like not in seen:
            problem = document.problem([number, "like"], f"không có ví dụ «{like}» đứng trước")
            raise FormFileError([problem])
        values = {**seen.get(like or "", {}), **part.get("values", {})}
        part["values"] = {name: value for name, value in values.items() if name not in without}
        seen[str(part.get("id"))] = part["values"]
    return parts


def _with_common_fields(document: YamlFile, common: dict[str, Any]) -> Any:
    """The data of the form, each field that says `use` with what it takes over."""
    data = document.data
    sections = data.get("sections") if isinstance(data, dict) else None
    for number, section in enumerate(sections if isinstance(sections, list) else []):
        fields = section.get("fields") if isinstance(section, dict) else None
        if not isinstance(fields, list):
            continue
        for position, field in enumerate(fields):
            if not isinstance(field, dict) or "use" not in field:
                continue
            name = field.pop("use")
            if name not in common:
                place = ["sections", number, "fields", position, "use"]
                raise FormFileError([document.problem(place, f"không có mục chung «{name}»")])
            fields[position] = {**common[name], **field}
    return data
