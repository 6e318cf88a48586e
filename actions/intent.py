"""What the classifier made of a message: the intent, how sure it is, and what else it may ask."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasa_sdk import Tracker

from knowledge_base.answer.aspect import Aspect

__all__ = ["Intent"]

_PREFIX = "ask_"
_TASK_ASPECTS = {
    "checklist": Aspect.DOCUMENTS,
    "fill_form": Aspect.FORM,
    "find_office": Aspect.WHERE,
    "life_event": Aspect.STEPS,
}


@dataclass(frozen=True)
class Intent:
    """The classifier's reading of one message."""

    name: str
    confidence: float
    ranking: tuple[tuple[str, float], ...] = field(default=())

    @classmethod
    def of(cls, tracker: Tracker) -> Intent:
        """Read the intent of the latest message; the fallback gives way to what was nearest."""
        message = tracker.latest_message
        ranking = tuple(
            (str(item.get("name")), float(item.get("confidence") or 0.0))
            for item in message.get("intent_ranking") or []
            if item.get("name") != "nlu_fallback"
        )
        intent = message.get("intent") or {}
        name = str(intent.get("name") or "nlu_fallback")
        confidence = float(intent.get("confidence") or 0.0)
        if name == "nlu_fallback" and ranking:
            name, confidence = ranking[0]
        return cls(name, confidence, ranking)

    @property
    def aspect(self) -> Aspect | None:
        """The aspect asked: the intent's own, else that of the likeliest question kind."""
        if self.name.startswith(_PREFIX):
            return Aspect(self.name.removeprefix(_PREFIX))
        if self.name in _TASK_ASPECTS:
            return _TASK_ASPECTS[self.name]
        kinds = [name for name, _ in self.ranking if name.startswith(_PREFIX)]
        return Aspect(kinds[0].removeprefix(_PREFIX)) if kinds else None

    @property
    def chances(self) -> dict[Aspect, float]:
        """How likely each aspect is asked, tasks counted with the aspect they are about."""
        chances: dict[Aspect, float] = {}
        for name, chance in self.ranking or ((self.name, self.confidence),):
            aspect = _TASK_ASPECTS.get(name)
            if name.startswith(_PREFIX):
                aspect = Aspect(name.removeprefix(_PREFIX))
            if aspect is not None:
                chances[aspect] = chances.get(aspect, 0.0) + chance
        return chances

    @property
    def question_chance(self) -> float:
        """How likely the message asks about a procedure at all."""
        return sum(self.chances.values())

    @property
    def is_question(self) -> bool:
        """Whether the intent itself asks about a procedure."""
        return self.name.startswith(_PREFIX) or self.name in _TASK_ASPECTS
