"""Life events: one Answer for several procedures in order."""

from __future__ import annotations

from actions.memory import Memory
from actions.services import Services
from knowledge_base.answer import Answer, Status
from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import Block, Choice, Heading, Paragraph, Steps
from knowledge_base.life_events import EventStep

__all__ = ["answer_life_event"]

_CHOICES = 4


def answer_life_event(services: Services, message: str) -> tuple[Answer, Memory] | None:
    """Answer a message that tells of a life event with its procedures; None for any other."""
    event = services.life_events.find(message)
    if event is None:
        return None
    blocks: list[Block] = [Heading(text=event.title)]
    blocks += [Paragraph(text=sentence) for sentence in event.intro]
    entries = [_entry(services, step) for step in event.steps]
    blocks.append(Steps(title=services.texts.labels["journey"], entries=entries))
    main = [step for step in event.main_steps if step.code in services.catalogue][:_CHOICES]
    names = [_name(services, step) for step in main]
    choices = [
        Choice(label=name, message=f"{name} ({step.code})")
        for name, step in zip(names, main, strict=True)
    ]
    answer = Answer(
        status=Status.ANSWERED_JOURNEY,
        blocks=blocks,
        choices=choices,
        metrics={"verdict": "answer", "codes": [step.code for step in event.steps]},
    )
    return answer, Memory(None, Aspect.OVERVIEW, tuple(step.code for step in main), "procedure")


def _name(services: Services, step: EventStep) -> str:
    procedure = services.catalogue.find(step.code)
    return procedure.name if procedure else step.code


def _entry(services: Services, step: EventStep) -> str:
    phrases = services.texts.phrases
    parts = [phrases["journey_step"].format(name=_name(services, step), why=step.why)]
    if step.when:
        parts.append(phrases["journey_when"].format(when=step.when))
    if step.only_if:
        parts.append(phrases["only_if"].format(text=step.only_if))
    if step.optional:
        parts.append(phrases["journey_optional"])
    return " ".join(parts)
