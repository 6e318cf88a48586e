"""Blocks made from the parts of a procedure. Nothing is added and nothing is shortened."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge_base.answer.blocks import (
    Block,
    Checklist,
    ChecklistEntry,
    Fact,
    Facts,
    FormBlock,
    Paragraph,
    SourceNote,
    Steps,
    Warn,
)
from knowledge_base.answer.texts import Texts
from knowledge_base.forms import FormLibrary
from knowledge_base.procedure import (
    Channel,
    FormReference,
    Procedure,
    ProcessingTime,
    Requirement,
    RequirementGroup,
    Source,
    SourceKind,
    Step,
)
from knowledge_base.situation import Condition

__all__ = ["ProcedureParts"]

_STEP_NUMBER = re.compile(r"^\W*Bước\s*\d+\s*[:.)–-]?\s*", re.I)
_FORM_WORDS = re.compile(r"tờ khai|theo mẫu|mẫu (?:số|đơn)|^\W*(?:đơn|phiếu|giấy) đề nghị", re.I)
_GROUP_HEADING = re.compile(
    r"\W*(?:(?:\d+|[a-zđ]|[ivx]+)[.)/]\s*)?(?:lưu ý|(?:các )?thành phần hồ sơ"
    r"|(?:các )?(?:giấy tờ|chứng từ) (?:phải )?(?:nộp|xuất trình))(?:,? (?:bao )?gồm(?: có)?)?\W*",
    re.I,
)


class ProcedureParts:
    """Builds blocks from procedures with the fixed texts around the facts."""

    def __init__(self, texts: Texts, forms: FormLibrary | None = None) -> None:
        """Take the fixed texts, and the forms that a procedure's forms are looked up in."""
        self._texts = texts
        self._forms = forms

    def documents(self, procedure: Procedure) -> list[Block]:
        """Papers to hand in, papers to show, notes folded; cases as their own lists."""
        blocks: list[Block] = []
        if any(r.when for r in procedure.requirements):
            blocks.append(Paragraph(text=self._texts.phrases["own_case"]))
        for title, entries, collapsed in self._lists(procedure):
            blocks.append(Checklist(title=title, entries=entries, collapsed=collapsed))
        raw = procedure.raw.get("thanh_phan_ho_so", "").strip("- \n")
        if raw:
            blocks.append(self._original(raw))
        return blocks

    def _lists(self, procedure: Procedure) -> list[tuple[str, list[ChecklistEntry], bool]]:
        labels = self._texts.labels
        named: dict[tuple[str, bool], list[ChecklistEntry]] = {}
        for requirement in procedure.requirements:
            note = requirement.group == RequirementGroup.NOTE
            title = labels["notes"] if note else labels[str(requirement.group)]
            case = requirement.case or ""
            if case and not _says_group(case):
                title = f"{title}. {case}" if note else labels["case"].format(case=case)
            entry = self._entry(procedure, requirement)
            named.setdefault((title, note), []).append(entry)
        ordered = sorted(named.items(), key=lambda item: item[0][1])
        return [(title, entries, note) for (title, note), entries in ordered]

    def _entry(self, procedure: Procedure, requirement: Requirement) -> ChecklistEntry:
        phrases = self._texts.phrases
        notes: list[str] = []
        if requirement.when is not None:
            condition = self.condition(procedure, requirement.when)
            notes.append(phrases["only_if"].format(text=condition))
        if requirement.why:
            notes.append(phrases["why"].format(text=requirement.why))
        if requirement.get_from:
            notes.append(phrases["get_from"].format(text=requirement.get_from))
        if requirement.may_be_waived:
            notes.append(phrases["waived"].format(text=requirement.may_be_waived))
        return ChecklistEntry(
            text=requirement.name.lstrip("-+• ").strip() or requirement.name,
            quantity=self.quantity(requirement.originals, requirement.copies),
            note="\n".join(notes) or None,
            procedure_code=requirement.get_from_code,
            maybe=requirement.may_be_waived is not None,
        )

    def quantity(self, originals: int | None, copies: int | None) -> str | None:
        """«1 bản chính, 2 bản sao», or None where no count is given."""
        phrases = self._texts.phrases
        counts = [
            phrases[word].format(count=count)
            for word, count in (("original", originals), ("copy", copies))
            if count
        ]
        return ", ".join(counts) or None

    def condition(self, procedure: Procedure, condition: Condition) -> str:
        """Say a condition in the words of the options it names."""
        questions = {question.id: question for question in procedure.questions}
        alternatives = []
        for alternative in condition.root:
            parts = []
            for identifier, options in alternative.items():
                question = questions[identifier]
                named = [option.label for option in question.options if option.id in options]
                parts.append(" hoặc ".join(named))
            alternatives.append("; ".join(parts))
        return " – hoặc – ".join(alternatives)

    def fee(self, procedure: Procedure) -> list[Block]:
        """The fee of every channel, word for word; channels that agree stand together."""
        fees = [self._fee(channel) for channel in procedure.channels]
        rows = self._by_channel(procedure, procedure.channels, fees)
        blocks: list[Block] = [Facts(title=self._texts.labels["fee"], rows=rows)] if rows else []
        if any(_contradictory(channel.fee) for channel in procedure.channels):
            blocks.append(Warn(text=self._texts.phrases["contradictory_fee"]))
        return blocks + self._channel_notes(procedure)

    def time(self, procedure: Procedure) -> list[Block]:
        """The time limit of every channel; channels that agree stand together."""
        values = [self._time(channel.time) for channel in procedure.channels]
        rows = self._by_channel(procedure, procedure.channels, values)
        blocks: list[Block] = [Facts(title=self._texts.labels["time"], rows=rows)] if rows else []
        return blocks + self._channel_notes(procedure)

    def _by_channel(
        self, procedure: Procedure, channels: Sequence[Channel], values: Sequence[str]
    ) -> list[Fact]:
        """One row a value, labelled with every channel that has it."""
        grouped: dict[str, list[str]] = {}
        for channel, value in zip(channels, values, strict=True):
            name = self._texts.channels[str(channel.channel)]
            if channel.when is not None:
                name = f"{name} ({self.condition(procedure, channel.when)})"
            names = grouped.setdefault(value, [])
            if name not in names:
                names.append(name)
        return [Fact(label=", ".join(names), value=value) for value, names in grouped.items()]

    def _fee(self, channel: Channel) -> str:
        return channel.fee or self._texts.phrases["no_fee"]

    def _time(self, time: ProcessingTime) -> str:
        phrases = self._texts.phrases
        if time.quantity is None:
            return time.note or phrases["no_time"]
        quantity = f"{time.quantity:g}".replace(".", ",")
        if time.unit is None:
            value = phrases["no_unit"].format(quantity=quantity)
        else:
            value = f"{quantity} {self._texts.units[str(time.unit)]}"
        return f"{value}. {time.note}" if time.note else value

    def _channel_notes(self, procedure: Procedure) -> list[Block]:
        noted = [channel for channel in procedure.channels if channel.note]
        unique = self._by_channel(procedure, noted, [channel.note or "" for channel in noted])
        blocks: list[Block] = []
        if unique:
            collapsed = sum(len(row.value) for row in unique) > 400
            blocks.append(Facts(title=self._texts.labels["note"], rows=unique, collapsed=collapsed))
        raw = procedure.raw.get("cach_thuc_thuc_hien", "").strip()
        if raw:
            blocks.append(self._original(raw))
        return blocks

    def where(self, procedure: Procedure) -> list[Block]:
        """Receiving offices, the level, the ways to file."""
        labels, texts = self._texts.labels, self._texts
        rows = [
            Fact(label=office.name, value=office.note or texts.levels[str(office.level)])
            for office in procedure.offices
        ]
        if procedure.levels:
            named = ", ".join(texts.levels[str(level)] for level in procedure.levels)
            rows.append(Fact(label=labels["level"], value=named))
        rows += [Fact(label=labels["agency"], value=agency) for agency in procedure.agencies]
        kinds = list(dict.fromkeys(texts.channels[str(c.channel)] for c in procedure.channels))
        if kinds:
            rows.append(Fact(label=labels["channel"], value="; ".join(kinds)))
        blocks: list[Block] = []
        if not procedure.offices:
            blocks.append(Paragraph(text=texts.phrases["where_default"]))
        blocks.append(Facts(title=labels["office"], rows=rows))
        return blocks + self._channel_notes(procedure)

    def steps(self, procedure: Procedure) -> list[Block]:
        """The steps in order, or the original text where it is not divided into steps."""
        entries = [self._step(procedure, step) for step in procedure.steps]
        if entries:
            return [Steps(title=self._texts.labels["steps"], entries=entries)]
        raw = procedure.raw.get("trinh_tu_thuc_hien", "").strip()
        return [self._original(raw, collapsed=len(raw) > 900)] if raw else []

    def _step(self, procedure: Procedure, step: Step) -> str:
        phrases = self._texts.phrases
        # The list numbers its entries itself: «1. Bước 1: …» would count twice.
        text = _STEP_NUMBER.sub("", step.text) or step.text
        if step.who:
            text = phrases["who"].format(who=step.who, text=text)
        if step.when is None:
            return text
        condition = self.condition(procedure, step.when)
        return phrases["step_only_if"].format(condition=condition, text=text)

    def forms(self, procedure: Procedure) -> list[Block]:
        """Every form that the requirements or the procedure name."""
        references = [
            (requirement.name, requirement.form or FormReference(name=requirement.name))
            for requirement in procedure.requirements
            if requirement.form is not None or _names_form(requirement)
        ] + [(form.name, form) for form in procedure.forms]
        blocks: list[Block] = []
        for name, form in references:
            detail = ", ".join(part for part in (form.number, form.issued_by, form.file) if part)
            text = (form.name if form.file is None else name).lstrip("-+• ")
            found = self._forms.of_reference(procedure.code, form) if self._forms else None
            block = FormBlock(
                name=text,
                detail=detail or None,
                href=procedure.online_url,
                form_id=found.id if found else None,
            )
            if block not in blocks:
                blocks.append(block)
        return blocks

    def eligibility(self, procedure: Procedure) -> list[Block]:
        """Who may file, when it is needed and when not, and the conditions."""
        labels = self._texts.labels
        blocks: list[Block] = []
        for label, lines in (
            ("needed", procedure.needed_when),
            ("not_needed", procedure.not_needed_when),
            ("conditions", procedure.conditions),
        ):
            if lines:
                blocks.append(
                    Facts(title=labels[label], rows=[Fact(label="", value=x) for x in lines])
                )
        if procedure.audience:
            row = Fact(label=labels["audience"], value="; ".join(procedure.audience))
            blocks.append(Facts(rows=[row]))
        return blocks

    def legal_basis(self, procedure: Procedure) -> list[Block]:
        """Numbers and titles of the legal documents."""
        rows = [Fact(label=d.number, value=d.title or "") for d in procedure.legal_basis]
        blocks: list[Block] = (
            [Facts(title=self._texts.labels["legal_basis"], rows=rows)] if rows else []
        )
        raw = procedure.raw.get("can_cu_phap_ly", "").strip()
        return [*blocks, self._original(raw)] if raw else blocks

    def online(self, procedure: Procedure) -> list[Block]:
        """Whether it can be filed online, how far, and where."""
        kinds = {str(channel.channel) for channel in procedure.channels}
        labels = self._texts.labels
        rows = [
            Fact(
                label=labels["online"],
                value="Có" if "online" in kinds else "Bản công bố không có hình thức này",
            )
        ]
        if "online" in kinds:
            rows.append(
                Fact(label=labels["note"], value=self._texts.online[str(procedure.online_service)])
            )
        others = [name for kind, name in self._texts.channels.items() if kind in kinds - {"online"}]
        if others:
            rows.append(Fact(label=labels["channel"], value="; ".join(others)))
        return [Facts(rows=rows), *self._channel_notes(procedure)] if procedure.channels else []

    def results(self, procedure: Procedure) -> list[Block]:
        """What one receives in the end."""
        rows = [Fact(label="", value=result.name) for result in procedure.results]
        return [Facts(title=self._texts.labels["results"], rows=rows)] if rows else []

    def next(self, procedure: Procedure) -> list[Block]:
        """What often comes next, and why."""
        rows = [Fact(label=link.code, value=link.why) for link in procedure.next]
        return [Facts(title=self._texts.labels["next"], rows=rows)] if rows else []

    def validity(self, procedure: Procedure, today: object) -> list[Block]:
        """A warning where the facts end on a known day, or a change is announced."""
        blocks: list[Block] = []
        if procedure.valid_to is not None:
            expired = str(today) > procedure.valid_to.isoformat()
            phrase = self._texts.phrases["expired" if expired else "expires"]
            blocks.append(Warn(text=phrase.format(date=f"{procedure.valid_to:%d/%m/%Y}")))
        if procedure.validity_note:
            blocks.append(Warn(text=procedure.validity_note))
        return blocks

    def source(self, source: Source) -> SourceNote:
        """The source in words: which data, which decision, checked when."""
        phrases = self._texts.phrases
        kind = {
            SourceKind.GUIDANCE: phrases["source_guidance"],
            SourceKind.NATIONAL: phrases["source_national"],
            SourceKind.LIST: source.note or phrases["source_list"],
            SourceKind.INDEX: phrases["source_index"],
        }[source.kind]
        parts = [kind]
        if source.decision:
            parts.append(phrases["source_decision"].format(decision=source.decision))
        if source.checked_on:
            parts.append(phrases["checked_on"].format(date=f"{source.checked_on:%d/%m/%Y}"))
        else:
            parts.append(phrases["unchecked"])
        return SourceNote(text=", ".join(parts), url=source.url, checked_on=source.checked_on)

    def _original(self, text: str, *, collapsed: bool = True) -> Block:
        label = self._texts.labels["original_text"]
        rows = [Fact(label="", value=line.strip()) for line in text.split("\n") if line.strip()]
        return Facts(title=label, rows=rows, collapsed=collapsed)


def _names_form(requirement: Requirement) -> bool:
    """Tell whether a paper is a form to fill, by its words («tờ khai», «theo Mẫu số …»)."""
    return requirement.group != RequirementGroup.NOTE and bool(_FORM_WORDS.search(requirement.name))


def _says_group(case: str) -> bool:
    """Tell whether a heading of the original only says «phải nộp» or «xuất trình»."""
    return bool(_GROUP_HEADING.fullmatch(case))


def _contradictory(fee: str | None) -> bool:
    """«Miễn phí» as headline, and an amount or a rule in brackets behind it."""
    if not fee or not fee.startswith("Miễn phí") or len(fee) < 12:
        return False
    bracket = fee[len("Miễn phí") :].strip("() .").lower()
    return bracket not in {"", "không", "không có", "không quy định", "không thu phí"}
