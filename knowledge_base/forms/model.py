"""A form (mẫu đơn, tờ khai) as the library holds it: fields, help, and worked examples.

What a form asks is data of `form.yml`; what is taught with it is data of `examples.yml`. Nothing
here claims an official layout: see `Field.layout_checked` and `Form.mark`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field as Constraint
from pydantic import model_validator

from knowledge_base.procedure import Code, Part, Text
from knowledge_base.situation import Identifier

__all__ = [
    "AddressKind",
    "Check",
    "CheckKind",
    "Column",
    "Entry",
    "Example",
    "ExampleKind",
    "ExpectedFault",
    "Field",
    "FieldType",
    "Form",
    "FormId",
    "Rows",
    "Rules",
    "Section",
    "Value",
]

FormId = Annotated[str, Constraint(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Rows = list[dict[str, str]]
Value = str | Rows
"""What a field holds: one line of text, or the rows of a table."""

REFERENCE_MARK = "bản tham khảo – đối chiếu mẫu chính thức"


class FieldType(StrEnum):
    """What may be written in a field. Declarations and signatures are never filled."""

    TEXT = "text"
    NAME = "name"
    DATE = "date"
    DATE_WORDS = "date_words"
    IDENTITY_NUMBER = "identity_number"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    CHOICE = "choice"
    NUMBER = "number"
    MONEY = "money"
    TABLE = "table"
    DECLARATION = "declaration"
    SIGNATURE = "signature"

    @property
    def fillable(self) -> bool:
        """Whether anything but the person's own hand may fill it."""
        return self not in (FieldType.DECLARATION, FieldType.SIGNATURE)


class AddressKind(StrEnum):
    """Which addresses a field takes.

    Since 01/07/2025 there are two levels, without districts (Nghị quyết 1658/NQ-UBTVQH15 for
    Bắc Ninh); a place registered before keeps its old name.
    """

    NEW = "new"
    FORMER = "former"


class Rules(Part):
    """What the value of a field must satisfy beyond its type."""

    max_length: Annotated[int, Constraint(ge=1, le=2000)] | None = None
    minimum: int | None = None
    maximum: int | None = None
    past: bool = False
    year_allowed: bool = False
    address: AddressKind = AddressKind.NEW
    pattern: Text | None = None
    pattern_help: Text | None = None
    max_rows: Annotated[int, Constraint(ge=1, le=50)] = 10


class Entry(Part):
    """What a field and a column of a table share."""

    id: Identifier
    label: Text
    type: FieldType
    required: bool = False
    explain: Text | None = None
    options: list[Text] = []
    rules: Rules = Rules()

    @model_validator(mode="after")
    def _choices(self) -> Entry:
        if (self.type == FieldType.CHOICE) != bool(self.options):
            raise ValueError(f"mục «{self.id}»: options dùng cho, và chỉ cho, type: choice")
        return self


class Column(Entry):
    """One column of a table."""


class Field(Entry):
    """One field of a form, with the help that goes with it."""

    explain: Text
    find: Text | None = Constraint(default=None, description="Tìm nội dung này ở đâu")
    mistakes: list[Text] = []
    required_when: dict[Identifier, list[Text]] = {}
    words_of: Identifier | None = None
    columns: list[Column] = []
    layout_checked: bool = Constraint(
        default=False,
        description="Tên mục có trong nguồn nêu ở basis; không phải là đã thấy mẫu in",
    )

    @model_validator(mode="after")
    def _shape(self) -> Field:
        if (self.type == FieldType.DATE_WORDS) != (self.words_of is not None):
            raise ValueError(f"mục «{self.id}»: words_of đi cùng type: date_words")
        if (self.type == FieldType.TABLE) != bool(self.columns):
            raise ValueError(f"mục «{self.id}»: columns đi cùng type: table")
        if self.required and not self.type.fillable:
            raise ValueError(f"mục «{self.id}»: cam đoan, chữ ký không thể là mục bắt buộc điền")
        return self


class Section(Part):
    """A group of fields under one heading."""

    title: Text
    note: Text | None = None
    fields: Annotated[list[Field], Constraint(min_length=1)]


class CheckKind(StrEnum):
    """What several fields must satisfy together."""

    ORDER = "order"
    ANY_OF = "any_of"
    DIFFERENT = "different"


class Check(Part):
    """A rule over several fields: dates in order, one of them given, or values that differ."""

    kind: CheckKind
    fields: Annotated[list[Identifier], Constraint(min_length=2)]
    message: Text


class ExampleKind(StrEnum):
    """A form filled as it should be, or with a mistake to learn from."""

    RIGHT = "right"
    WRONG = "wrong"


class ExpectedFault(Part):
    """What the check must say of a wrong example."""

    field: Identifier
    message: Text


class Example(Part):
    """A worked example with invented people (see the package for the scheme of numbers)."""

    id: FormId
    kind: ExampleKind = ExampleKind.RIGHT
    title: Text
    situation: Text
    values: dict[Identifier, Text | list[dict[Identifier, Text]]]
    notes: dict[Identifier, Text] = {}
    faults: list[ExpectedFault] = []
    explanation: Text | None = None

    @model_validator(mode="after")
    def _teaches(self) -> Example:
        if (self.kind == ExampleKind.WRONG) != bool(self.faults and self.explanation):
            raise ValueError(f"ví dụ «{self.id}»: ví dụ sai cần faults và explanation")
        return self


class Form(Part):
    """One form: where it comes from, what it asks, how it is filled."""

    id: FormId
    name: Text
    number: Text | None = None
    issued_by: Text
    valid_from: date | None = None
    valid_to: date | None = None
    validity_note: Text | None = None
    procedures: Annotated[list[Code], Constraint(min_length=1)]
    official_url: Annotated[str, Constraint(pattern=r"^https://")]
    checked_on: date
    mark: Literal["bản tham khảo – đối chiếu mẫu chính thức"]
    basis: Text = Constraint(description="Danh sách mục này lấy từ đâu, điều gì chưa đối chiếu")
    before_filling: list[Text] = []
    sections: Annotated[list[Section], Constraint(min_length=1)]
    checks: list[Check] = []
    examples: list[Example] = []

    @property
    def fields(self) -> list[Field]:
        """Every field in the order it is printed."""
        return [field for section in self.sections for field in section.fields]

    def label_of(self, field: Field) -> str:
        """The label of a field, with its section where two fields are labelled alike."""
        if [other.label for other in self.fields].count(field.label) == 1:
            return field.label
        section = next(section for section in self.sections if field in section.fields)
        return f"{section.title} – {field.label}"

    @property
    def unchecked(self) -> list[Field]:
        """The fields that were not found in a source that was read."""
        return [field for field in self.fields if not field.layout_checked]

    @model_validator(mode="after")
    def _sound(self) -> Form:
        ids = [field.id for field in self.fields]
        if len(set(ids)) != len(ids):
            twice = sorted({name for name in ids if ids.count(name) > 1})
            raise ValueError(f"sections: mục trùng id: {', '.join(twice)}")
        known = {field.id: field for field in self.fields}
        for field in self.fields:
            if field.words_of and known.get(field.words_of, field).type != FieldType.DATE:
                raise ValueError(f"sections: «{field.id}» phải đọc từ một mục ngày (words_of)")
            _only_known(f"sections: «{field.id}» required_when", field.required_when, known)
        for check in self.checks:
            _only_known("checks", check.fields, known)
        for example in self.examples:
            place = f"examples «{example.id}»"
            named = [*example.values, *example.notes, *(f.field for f in example.faults)]
            _only_known(place, named, known)
        return self


def _only_known(place: str, named: object, known: dict[str, Field]) -> None:
    assert isinstance(named, dict | list)
    strange = [name for name in named if name not in known]
    if strange:
        raise ValueError(f"{place}: nhắc tới mục không có: {', '.join(strange)}")
