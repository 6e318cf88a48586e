"""Life events: journeys over several procedures, written as data."""

from knowledge_base.life_events.errors import LifeEventError
from knowledge_base.life_events.finder import LifeEvents, load_life_events
from knowledge_base.life_events.loader import load_event, load_events
from knowledge_base.life_events.model import EventStep, LifeEvent

__all__ = [
    "EventStep",
    "LifeEvent",
    "LifeEventError",
    "LifeEvents",
    "load_event",
    "load_events",
    "load_life_events",
]
