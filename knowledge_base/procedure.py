"""A procedure (thủ tục hành chính) as the catalogue holds it.

The parts follow Nghị định 63/2010/NĐ-CP, article 8.2: name, order of steps, ways to file,
dossier, time limit, who may file, agency, result, and, where there are any, forms, conditions and
fees. `Procedure` is what any source may give; `Guidance` is a file written by the project, which
must give all that a citizen needs.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from knowledge_base.situation import Condition, Identifier, Question

__all__ = [
    "Channel",
    "ChannelKind",
    "Detail",
    "Difference",
    "FormReference",
    "Guidance",
    "LegalDocument",
    "Level",
    "Link",
    "Office",
    "OnlineService",
    "Procedure",
    "ProcessingTime",
    "Requirement",
    "RequirementGroup",
    "Result",
    "Source",
    "SourceKind",
    "Step",
    "TimeUnit",
]


def _clean(value: Any) -> Any:
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1), BeforeValidator(_clean)]
Code = Annotated[str, Field(pattern=r"^[A-Z0-9][\w.\-]{2,40}$")]
"""A procedure code: nationally `1.001193`; local lists have codes of other shapes."""


class Part(BaseModel):
    """Base of every part: frozen, and nothing unknown is accepted."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Level(StrEnum):
    """Cấp thực hiện: who handles the dossier."""

    COMMUNE = "commune"
    PROVINCE = "province"
    MINISTRY = "ministry"
    OTHER = "other"


class ChannelKind(StrEnum):
    """Hình thức nộp."""

    ONLINE = "online"
    POST = "post"
    COUNTER = "counter"


class TimeUnit(StrEnum):
    """Unit of a time limit; a limit published without a unit has none."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    MONTH = "month"


class RequirementGroup(StrEnum):
    """Whether a paper is handed in, shown, or only explained."""

    SUBMIT = "submit"
    SHOW = "show"
    NOTE = "note"


class SourceKind(StrEnum):
    """Where what the catalogue says of a procedure comes from."""

    GUIDANCE = "guidance"
    NATIONAL = "national"
    LIST = "list"
    INDEX = "index"


class Detail(StrEnum):
    """How much is known: everything, or little more than the name."""

    FULL = "full"
    BARE = "bare"


class ProcessingTime(Part):
    """Thời hạn giải quyết, as published; `unit` is None where none was published."""

    quantity: Annotated[float, Field(gt=0)] | None = None
    unit: TimeUnit | None = None
    note: Text | None = None


class Channel(Part):
    """One way to file, with its own time limit and fee (both may differ by channel)."""

    channel: ChannelKind
    time: ProcessingTime
    fee: Text | None = Field(
        default=None, description="Phí, lệ phí – nguyên văn, đủ các trường hợp miễn"
    )
    note: Text | None = None
    when: Condition | None = None


class FormReference(Part):
    """A form (mẫu đơn, tờ khai) named by a requirement: number and issuing text."""

    name: Text
    number: Text | None = None
    issued_by: Text | None = None
    file: Text | None = None


class Requirement(Part):
    """One paper of the dossier (thành phần hồ sơ)."""

    id: Identifier | None = None
    name: Text
    group: RequirementGroup = RequirementGroup.SUBMIT
    case: Text | None = Field(
        default=None, description="Tên trường hợp mà bản gốc xếp giấy tờ này vào"
    )
    originals: Annotated[int, Field(ge=0)] | None = None
    copies: Annotated[int, Field(ge=0)] | None = None
    form: FormReference | None = None
    when: Condition | None = None
    why: Text | None = None
    get_from: Text | None = None
    get_from_code: Code | None = None
    may_be_waived: Text | None = Field(
        default=None, description="Vì sao có thể không phải nộp (NQ 66.7/2025/NQ-CP, điều 4)"
    )


class Step(Part):
    """One step: who does what."""

    who: Text | None = None
    text: Text
    when: Condition | None = None


class Office(Part):
    """Receiving office at one level, by kind; addresses belong to settings, not here."""

    level: Level
    name: Text
    note: Text | None = None


class OnlineService(StrEnum):
    """Whether the online service is complete (toàn trình), in part (một phần), or there is none."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    UNKNOWN = "unknown"


class Result(Part):
    """Kết quả, with its national result code where there is one."""

    name: Text
    code: Text | None = None


class LegalDocument(Part):
    """Căn cứ pháp lý: number of the document and its title."""

    number: Text
    title: Text | None = None


class Link(Part):
    """A procedure that often comes next, or that another one needs, and why."""

    code: Code
    why: Text


class Difference(Part):
    """A stated, reasoned difference between a guidance file and the national record."""

    field: Text
    reason: Text


class Source(Part):
    """Where a statement comes from and when it was checked."""

    kind: SourceKind
    decision: Text | None = None
    url: Annotated[str, Field(pattern=r"^https://")] | None = None
    checked_on: date | None = None
    note: Text | None = None


class Procedure(Part):
    """Everything the catalogue knows about one procedure."""

    code: Code
    name: Text
    official_name: Text
    field: Text
    levels: list[Level] = []
    level_text: Text | None = None
    audience: list[Text] = []
    summary: Text | None = None
    needed_when: list[Text] = []
    not_needed_when: list[Text] = []
    questions: Annotated[list[Question], Field(max_length=5)] = []
    conditions: list[Text] = []
    requirements: list[Requirement] = []
    steps: list[Step] = []
    offices: list[Office] = []
    agencies: list[Text] = []
    channels: list[Channel] = []
    online_service: OnlineService = OnlineService.UNKNOWN
    online_url: Annotated[str, Field(pattern=r"^https://")] | None = None
    results: list[Result] = []
    legal_basis: list[LegalDocument] = []
    forms: list[FormReference] = []
    mistakes: list[Text] = []
    next: list[Link] = []
    differences: list[Difference] = []
    valid_from: date | None = None
    valid_to: date | None = None
    validity_note: Text | None = None
    provinces: list[Text] = []
    detail: Detail = Detail.FULL
    sources: Annotated[list[Source], Field(min_length=1)]
    raw: dict[str, str] = Field(default={}, description="Nguyên văn những phần chưa tách được")

    @property
    def source(self) -> Source:
        """The source that wins: the first."""
        return self.sources[0]


class Guidance(Procedure):
    """A guidance file: the parts a citizen needs are all there, and its conditions are sound."""

    levels: Annotated[list[Level], Field(min_length=1)]
    summary: Text
    needed_when: Annotated[list[Text], Field(min_length=1)]
    requirements: Annotated[list[Requirement], Field(min_length=1)]
    steps: Annotated[list[Step], Field(min_length=2)]
    offices: Annotated[list[Office], Field(min_length=1)]
    channels: Annotated[list[Channel], Field(min_length=1)]
    results: Annotated[list[Result], Field(min_length=1)]
    legal_basis: Annotated[list[LegalDocument], Field(min_length=1)]
    mistakes: Annotated[list[Text], Field(min_length=3, max_length=5)]

    @model_validator(mode="after")
    def _sound(self) -> Guidance:
        source = self.source
        if not (source.decision and source.url and source.checked_on):
            raise ValueError("sources: nguồn đầu tiên phải có decision, url và checked_on")
        if any(channel.fee is None for channel in self.channels):
            raise ValueError("channels: mỗi hình thức nộp phải ghi fee (nguyên văn)")
        ids = [requirement.id for requirement in self.requirements]
        if None in ids or len(set(ids)) != len(ids):
            raise ValueError("requirements: mỗi giấy tờ cần một id, không trùng nhau")
        self._check_conditions()
        return self

    def _conditions(self) -> list[tuple[str, Condition]]:
        """Every condition of the file with the place it stands at."""
        parts: list[tuple[str, Any]] = [
            *((f"requirements «{part.name}»", part) for part in self.requirements),
            *((f"steps «{part.text[:40]}»", part) for part in self.steps),
            *((f"channels «{part.channel}»", part) for part in self.channels),
            *((f"questions «{part.id}»", part) for part in self.questions),
        ]
        return [(place, part.when) for place, part in parts if part.when is not None]

    def _check_conditions(self) -> None:
        order = [question.id for question in self.questions]
        if len(set(order)) != len(order):
            raise ValueError("questions: hai câu hỏi trùng id")
        known = {(q.id, option.id) for q in self.questions for option in q.options}
        used: set[tuple[str, str]] = set()
        for place, condition in self._conditions():
            unknown = condition.references() - known
            if unknown:
                named = ", ".join(f"{question}: {option}" for question, option in sorted(unknown))
                raise ValueError(f"{place}: điều kiện nhắc tới lựa chọn không có: {named}")
            used |= condition.references()
        idle = [q for q in order if q not in {question for question, _ in used}]
        if idle:
            raise ValueError(f"questions: câu hỏi không làm thay đổi gì: {', '.join(idle)}")
        for position, question in enumerate(self.questions):
            later = {q for q, _ in question.when.references()} if question.when else set()
            if later & set(order[position:]):
                raise ValueError(f"questions «{question.id}»: chỉ được dựa vào câu hỏi đứng trước")
