"""What a conversation remembers, read from and written to Rasa's slots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from knowledge_base.answer.aspect import Aspect

__all__ = ["Memory"]


@dataclass(frozen=True)
class Memory:
    """The procedure spoken of, the aspect asked, and the choices on offer."""

    procedure_code: str | None = None
    aspect: Aspect = Aspect.OVERVIEW
    candidates: tuple[str, ...] = ()
    candidate_kind: str | None = None

    @classmethod
    def from_slots(cls, slots: dict[str, Any]) -> Memory:
        """Read the slots; what is no longer valid is forgotten."""
        aspect = slots.get("aspect")
        return cls(
            procedure_code=slots.get("procedure_code"),
            aspect=Aspect(aspect) if aspect in set(Aspect) else Aspect.OVERVIEW,
            candidates=tuple(slots.get("candidates") or ()),
            candidate_kind=slots.get("candidate_kind"),
        )

    def events(self) -> list[EventType]:
        """The events that make Rasa remember this."""
        return [
            SlotSet("procedure_code", self.procedure_code),
            SlotSet("aspect", str(self.aspect)),
            SlotSet("candidates", list(self.candidates)),
            SlotSet("candidate_kind", self.candidate_kind),
        ]
