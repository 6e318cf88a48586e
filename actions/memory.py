"""What a conversation remembers, read from and written to Rasa's slots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from rasa_sdk.events import EventType, SlotSet

from knowledge_base.answer.aspect import Aspect
from knowledge_base.search import MOST_SAID

__all__ = ["Case", "DossierTalk", "Memory"]


Stage = Literal["asking", "listed", "checking"]
_MOST_RECENT = 4
_LONGEST_SAID = 300
_STAGES: tuple[Stage, ...] = ("asking", "listed", "checking")


@dataclass(frozen=True)
class Case:
    """A checklist under way: its procedure, the answers given, the options still open.

    It is asking its questions, has given the list, or waits for the papers that are at hand.
    """

    procedure_code: str
    answers: dict[str, str] = field(default_factory=dict)
    narrowed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asked_again: bool = False
    stage: Stage = "asking"

    @classmethod
    def from_slot(cls, value: Any) -> Case | None:
        """Read the slot; anything but what `to_slot` wrote is forgotten."""
        if not isinstance(value, dict) or "procedure_code" not in value:
            return None
        return cls(
            procedure_code=str(value["procedure_code"]),
            answers=dict(value.get("answers") or {}),
            narrowed={key: tuple(ids) for key, ids in (value.get("narrowed") or {}).items()},
            asked_again=bool(value.get("asked_again")),
            stage=_stage(value.get("stage")),
        )

    def to_slot(self) -> dict[str, Any]:
        """The slot's value: JSON only."""
        return {
            "procedure_code": self.procedure_code,
            "answers": self.answers,
            "narrowed": {key: list(ids) for key, ids in self.narrowed.items()},
            "asked_again": self.asked_again,
            "stage": self.stage,
        }


DossierStage = Literal["proof", "proved", "consent"]
_DOSSIER_STAGES: tuple[DossierStage, ...] = ("proof", "proved", "consent")


@dataclass(frozen=True)
class DossierTalk:
    """A look-up under way: its code, and what of it is open.

    It waits for a proof (and was `reminded` of it after an interruption), was proved, or waits for
    consent to be told of news. The proof itself is never kept.
    """

    code: str
    stage: DossierStage
    reminded: bool = False

    @classmethod
    def from_slot(cls, value: Any) -> DossierTalk | None:
        """Read the slot; anything but what `to_slot` wrote is forgotten."""
        if not isinstance(value, dict) or "code" not in value:
            return None
        stages = [stage for stage in _DOSSIER_STAGES if stage == value.get("stage")]
        return cls(str(value["code"]), stages[0], bool(value.get("reminded"))) if stages else None

    def to_slot(self) -> dict[str, Any]:
        """The slot's value: JSON only."""
        return {"code": self.code, "stage": self.stage, "reminded": self.reminded}


def _stage(value: Any) -> Stage:
    return next((stage for stage in _STAGES if stage == value), "asking")


@dataclass(frozen=True)
class Memory:
    """The procedure spoken of, the aspect asked, the choices on offer, what is under way.

    `misses` counts the messages in a row that could not be answered; `recent` are the procedures
    spoken of before this one, the latest first; `said` the latest messages that were answered with
    a procedure or asked back about, the latest last. They are those of the conversation, and go
    when it goes.
    """

    procedure_code: str | None = None
    aspect: Aspect = Aspect.OVERVIEW
    candidates: tuple[str, ...] = ()
    candidate_kind: str | None = None
    case: Case | None = None
    dossier: DossierTalk | None = None
    misses: int = 0
    recent: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    @classmethod
    def from_slots(cls, slots: dict[str, Any]) -> Memory:
        """Read the slots; what is no longer valid is forgotten."""
        aspect = slots.get("aspect")
        return cls(
            procedure_code=slots.get("procedure_code"),
            aspect=Aspect(aspect) if aspect in set(Aspect) else Aspect.OVERVIEW,
            candidates=tuple(slots.get("candidates") or ()),
            candidate_kind=slots.get("candidate_kind"),
            case=Case.from_slot(slots.get("case")),
            dossier=DossierTalk.from_slot(slots.get("dossier")),
            misses=int(slots.get("misses") or 0),
            recent=tuple(slots.get("recent") or ()),
            said=tuple(slots.get("said") or ()),
        )

    def after(self, before: Memory) -> Memory:
        """The same, with what was spoken of and said `before` it."""
        spoken = [before.procedure_code, *before.recent]
        codes = dict.fromkeys(code for code in spoken if code and code != self.procedure_code)
        return replace(self, recent=tuple(codes)[:_MOST_RECENT], said=before.said)

    def remembering(self, message: str) -> Memory:
        """The same, with what was said just now: the latest messages are read together."""
        return replace(self, said=(*self.said, message[:_LONGEST_SAID])[-MOST_SAID:])

    def offering(self, messages: Sequence[str]) -> Memory:
        """Remember the messages on offer, for a number to choose one; what waits already stays."""
        waits = self.case is not None and self.case.stage != "listed"
        if waits or self.candidate_kind not in (None, "message"):
            return self
        return replace(
            self, candidates=tuple(messages), candidate_kind="message" if messages else None
        )

    def events(self) -> list[EventType]:
        """The events that make Rasa remember this."""
        return [
            SlotSet("procedure_code", self.procedure_code),
            SlotSet("aspect", str(self.aspect)),
            SlotSet("candidates", list(self.candidates)),
            SlotSet("candidate_kind", self.candidate_kind),
            SlotSet("case", self.case.to_slot() if self.case else None),
            SlotSet("dossier", self.dossier.to_slot() if self.dossier else None),
            SlotSet("misses", self.misses),
            SlotSet("recent", list(self.recent)),
            SlotSet("said", list(self.said)),
        ]
