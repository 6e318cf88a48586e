"""Read the event files, and say in Vietnamese where one is wrong."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.errors import FileProblem
from knowledge_base.life_events.errors import LifeEventError
from knowledge_base.life_events.model import LifeEvent
from knowledge_base.yaml_file import YamlFile

__all__ = ["EVENTS_FOLDER", "load_event", "load_events"]

EVENTS_FOLDER = Path(__file__).parent / "events"


def load_event(path: Path) -> LifeEvent:
    """Read one event file.

    Raises:
        LifeEventError: with every fault of the file.
    """
    file = YamlFile(path, LifeEventError, "docs/adding-a-procedure.md")
    event = file.validate(LifeEvent, file.data)
    if event.id != path.stem:
        raise LifeEventError([file.problem(["id"], f"id {event.id} khác tên tệp {path.name}")])
    return event


def load_events(folder: Path = EVENTS_FOLDER) -> list[LifeEvent]:
    """Read every event file of `folder`, in the order of their names.

    Raises:
        LifeEventError: with the faults of all wrong files together.
    """
    events: list[LifeEvent] = []
    problems: list[FileProblem] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            events.append(load_event(path))
        except LifeEventError as error:
            problems += error.problems
    if problems:
        raise LifeEventError(problems)
    return events
