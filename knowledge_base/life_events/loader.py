"""Read the event files, and say in Vietnamese where one is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge_base.life_events.errors import LifeEventError, LifeEventProblem
from knowledge_base.life_events.model import LifeEvent

__all__ = ["EVENTS_FOLDER", "load_event", "load_events"]

EVENTS_FOLDER = Path(__file__).parent / "events"

_MESSAGES = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "không có trường này",
    "string_type": "cần một đoạn chữ",
    "string_too_short": "không được để trống",
    "string_too_long": "dài quá {max_length} ký tự",
    "string_pattern_mismatch": "không đúng dạng {pattern}",
    "list_type": "cần một danh sách",
    "too_short": "cần ít nhất {min_length} mục, mới có {actual_length}",
    "bool_type": "chỉ ghi true hoặc false",
    "bool_parsing": "chỉ ghi true hoặc false",
    "model_type": "cần một nhóm «tên: giá trị»",
}


def load_event(path: Path) -> LifeEvent:
    """Read one event file.

    Raises:
        LifeEventError: with every fault of the file.
    """
    try:
        event = LifeEvent.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except UnicodeDecodeError as error:
        raise LifeEventError([LifeEventProblem(path, "tệp", "phải lưu bằng UTF-8")]) from error
    except yaml.YAMLError as error:
        message = f"không phải YAML hợp lệ ({error})"
        raise LifeEventError([LifeEventProblem(path, "YAML", message)]) from error
    except ValidationError as error:
        raise LifeEventError([_problem(path, fault) for fault in error.errors()]) from error
    if event.id != path.stem:
        message = f"id {event.id} khác tên tệp {path.name}"
        raise LifeEventError([LifeEventProblem(path, "id", message)])
    return event


def load_events(folder: Path = EVENTS_FOLDER) -> list[LifeEvent]:
    """Read every event file of `folder`, in the order of their names.

    Raises:
        LifeEventError: with the faults of all wrong files together.
    """
    events: list[LifeEvent] = []
    problems: list[LifeEventProblem] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            events.append(load_event(path))
        except LifeEventError as error:
            problems += error.problems
    if problems:
        raise LifeEventError(problems)
    return events


def _problem(path: Path, fault: Any) -> LifeEventProblem:
    template = _MESSAGES.get(fault["type"])
    context = fault.get("ctx", {})
    if template is not None:
        message = template.format(**context)
    elif "error" in context:
        message = str(context["error"])
    else:
        message = f"giá trị không dùng được ({fault['msg']})"
    return LifeEventProblem(path, ".".join(map(str, fault["loc"])) or "tệp", message)
