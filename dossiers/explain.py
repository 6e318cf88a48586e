"""Explain a dossier in plain words: where it stands, what that means, what to do next.

Only what the view may show is said. Channels turn the result into their own form; nothing here
knows of any. A late dossier without apology brings up the right to one (Mẫu 04, Thông tư
03/2025/TT-VPCP); «đã xử lý xong» is never made to sound like «đã trả kết quả».
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.clock import Clock, in_vietnam, system_clock
from dossiers.codes import CodeHint
from dossiers.disclosure import CodeFacts, LookUp
from dossiers.explanation_texts import ExplanationTexts
from dossiers.status import ClockState, Status
from dossiers.timeliness import Timeliness
from dossiers.view import DossierView, Tier
from knowledge_base.calendar import Calendar, MissingYearError

__all__ = ["Explainer", "Explanation", "Fact"]

_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_SOON = 1


@dataclass(frozen=True)
class Fact:
    """One labelled fact."""

    label: str
    value: str


@dataclass(frozen=True)
class Explanation:
    """What is said of one look-up; `history` holds the steps, oldest first."""

    headline: str
    facts: tuple[Fact, ...] = ()
    next_steps: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    history: tuple[Fact, ...] = ()


class Explainer:
    """Explains look-ups; `contact` is whom to ask, in words that fit after «hỏi»."""

    def __init__(
        self,
        calendar: Calendar,
        texts: ExplanationTexts,
        *,
        contact: str = "bộ phận một cửa nơi nộp hồ sơ",
        clock: Clock = system_clock,
    ) -> None:
        self._calendar = calendar
        self._texts = texts
        self._contact = contact
        self._clock = clock

    def explain(self, look_up: LookUp) -> Explanation:
        """Explain how a look-up ended."""
        if look_up.view is not None:
            return self.explain_view(look_up.view, look_up.facts)
        answer = self._texts.answers[look_up.outcome]
        moment = _moment(look_up.retry_at) if look_up.retry_at else ""
        said = {"code": look_up.facts.code, "contact": self._contact, "moment": moment}
        return Explanation(
            headline=answer.headline.format(**said),
            facts=self._code_facts(look_up.facts),
            next_steps=tuple(step.format(**said) for step in answer.next_steps),
            warnings=self._code_warnings(look_up.facts),
        )

    def explain_view(self, view: DossierView, code: CodeFacts | None = None) -> Explanation:
        """Explain what may be seen of a dossier."""
        return Explanation(
            headline=self._texts.headlines[view.status].format(code=view.code),
            facts=(*self._standing(view), *self._due(view), *self._owners(view), *self._age(view)),
            next_steps=self._next_steps(view),
            warnings=(*self._warnings(view), *(self._code_warnings(code) if code else ())),
            history=_history(view),
        )

    def _next_steps(self, view: DossierView) -> tuple[str, ...]:
        steps = list(self._texts.next_steps[view.status])
        asks = self._texts.asks
        if view.timeliness is Timeliness.RUNNING_LATE:
            # The first step says to wait for a date that has gone by.
            steps[0] = asks["new_date" if view.has_apology else "late"]
        elif _misses_apology(view):
            steps.append(asks["late"])
        if view.tier is Tier.CODE:
            steps.append(asks["proof"])
        place = view.collect_at or self._texts.values["default_place"]
        return tuple(step.format(place=place, contact=self._contact) for step in steps)

    def _standing(self, view: DossierView) -> list[Fact]:
        """Where it stands, who holds it, what it is about."""
        procedure = view.procedure_name
        if procedure and view.procedure_code:
            procedure = f"{procedure} ({view.procedure_code})"
        return self._facts(
            status=view.status.label,
            meaning=view.status.meaning,
            holder=self._holder(view),
            procedure=procedure,
            field=view.field_name,
            receiving=view.agency_receiving,
            deciding=view.agency_deciding,
        )

    def _holder(self, view: DossierView) -> str:
        if view.status is Status.FINISHED and view.collect_at:
            return view.collect_at
        if view.status is Status.RECEIVED and view.agency_receiving:
            return view.agency_receiving
        units = [step.unit for step in view.steps if step.unit and step.status is view.status]
        if view.status is Status.PROCESSING:
            return (units[-1] if units else view.agency_deciding) or self._texts.holders[
                view.status
            ]
        return self._texts.holders[view.status]

    def _due(self, view: DossierView) -> list[Fact]:
        """Due date, what is left of it, and whether it was kept."""
        over = view.status.clock is ClockState.STOPPED
        expected = not over and self._provisional(view) is not None
        due_label = "due_provisional" if expected else "due"
        facts = self._facts(received=_moment(view.received_at))
        if view.status.clock is not ClockState.PAUSED:
            facts += self._facts(**{due_label: _day(view.due_at)})
        facts += self._facts(kept=self._kept(view))
        days = self._days_left(view)
        if view.timeliness is Timeliness.RUNNING_ON_TIME and days is not None:
            values = self._texts.values
            facts += self._facts(left=values["left"].format(days=days) if days else values["today"])
        if view.has_apology or _misses_apology(view):
            said = "apology_yes" if view.has_apology else "apology_no"
            facts += self._facts(apology=self._texts.values[said])
        if view.apology:
            facts += self._facts(new_due=_day(view.apology.due_after))
        return facts

    def _kept(self, view: DossierView) -> str | None:
        if view.timeliness in (None, Timeliness.UNKNOWN):
            return None
        if view.timeliness is Timeliness.RUNNING_LATE:
            days = self._days_late(view)
            return self._texts.values["late" if days else "late_plain"].format(days=days)
        said = {
            Timeliness.NOT_STARTED: "not_started",
            Timeliness.PAUSED: "paused",
            Timeliness.RUNNING_ON_TIME: "on_time",
        }
        return self._texts.values[said.get(view.timeliness, str(view.timeliness))]

    def _owners(self, view: DossierView) -> list[Fact]:
        """What only the owner sees: missing papers, money, where to collect."""
        facts = []
        if view.status is Status.SUPPLEMENT_REQUESTED and view.supplement:
            for item in view.supplement.items:
                facts += self._facts(missing=item)
        for payment in view.payments:
            amount = f"{payment.amount:,}".replace(",", ".")
            state = self._texts.values[payment.state]
            facts += self._facts(payment=f"{payment.name}: {amount} đồng ({state})")
        if not view.status.is_terminal:
            facts += self._facts(collect=view.collect_at)
        return facts

    def _age(self, view: DossierView) -> list[Fact]:
        moment = _moment(view.updated_at)
        said = self._texts.values["updated"].format(moment=moment, source=view.source)
        return self._facts(updated=said)

    def _warnings(self, view: DossierView) -> list[str]:
        warnings, texts = [], self._texts.warnings
        if view.timeliness is Timeliness.RUNNING_LATE:
            warnings.append(texts["late"])
        if _misses_apology(view):
            warnings.append(texts["late_officer" if view.tier is Tier.OFFICER else "apology"])
        days = self._days_left(view)
        if view.timeliness is Timeliness.RUNNING_ON_TIME and days is not None and days <= _SOON:
            warnings.append(texts["soon"])
        if view.status is Status.FINISHED:
            warnings.append(texts["not_returned"])
        why = self._provisional(view)
        if why is not None and view.status.clock is ClockState.RUNNING:
            warnings.append(texts["provisional" if why else "provisional_plain"].format(why=why))
        if view.is_stale:
            moment = _moment(view.updated_at)
            warnings.append(texts["stale"].format(source=view.source, moment=moment))
        for problem in view.record.problems if view.record else ():
            warnings.append(texts["problem"].format(message=problem.message))
        return warnings

    def _provisional(self, view: DossierView) -> str | None:
        """Return why the due date is only expected («» where nobody said), or None."""
        if view.due_at is None:
            return None
        try:
            first, last = in_vietnam(self._clock()).date(), in_vietnam(view.due_at).date()
            why = self._calendar.why_provisional(first, last)
        except MissingYearError:
            why = ""  # a year without a calendar: nothing can be promised
        return why if why is not None or not view.due_provisional else ""

    def _days_left(self, view: DossierView) -> int | None:
        return self._days_between(self._clock(), view.due_at)

    def _days_late(self, view: DossierView) -> int | None:
        return self._days_between(view.due_at, self._clock())

    def _days_between(self, start: datetime | None, end: datetime | None) -> int | None:
        if start is None or end is None:
            return None
        days = in_vietnam(start).date(), in_vietnam(end).date()
        try:
            return self._calendar.working_days_between(*days)
        except MissingYearError:
            return None

    def _code_facts(self, code: CodeFacts) -> tuple[Fact, ...]:
        return tuple(
            self._facts(code=code.code, code_agency=code.agency, code_date=f"{code.date:%d/%m/%Y}")
        )

    def _code_warnings(self, code: CodeFacts) -> tuple[str, ...]:
        texts = self._texts.warnings
        said = {"date": f"{code.date:%d/%m/%Y}", "code": code.code}
        hints: list[CodeHint | str] = [*code.hints]
        if not code.is_confirmed:
            hints.insert(0, "unconfirmed")
        return tuple(texts[hint].format(**said) for hint in hints)

    def _facts(self, **values: str | None) -> list[Fact]:
        return [Fact(self._texts.labels[name], value) for name, value in values.items() if value]


def _misses_apology(view: DossierView) -> bool:
    late = view.timeliness is not None and view.timeliness.is_late
    open_ = view.status in (Status.RECEIVED, Status.PROCESSING, Status.FINISHED)
    return late and open_ and not view.has_apology


def _history(view: DossierView) -> tuple[Fact, ...]:
    facts = []
    for step in view.steps:
        said = [step.unit, step.status.label if step.status else None]
        facts.append(Fact(_moment(step.at) or "", " – ".join(part for part in said if part)))
    return tuple(facts)


def _day(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    moment = in_vietnam(moment)
    at = f"{moment:%H:%M}, " if (moment.hour, moment.minute) != (0, 0) else ""
    return f"{at}{_WEEKDAYS[moment.weekday()]}, {moment:%d/%m/%Y}"


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else f"{in_vietnam(moment):%H:%M ngày %d/%m/%Y}"
