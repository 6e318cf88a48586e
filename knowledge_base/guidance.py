"""Guidance files: read one YAML file, and say in Vietnamese where it is wrong.

A file lies at `procedures/<field>/<code>.yml`. Every fault is reported with file, line, field and
what was expected, so that an editor who is no programmer can mend it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge_base.errors import GuidanceError, GuidanceProblem
from knowledge_base.procedure import Guidance

__all__ = ["PROCEDURES_FOLDER", "guidance_schema", "load_guidance", "load_guidance_folder"]

PROCEDURES_FOLDER = Path(__file__).parent / "procedures"

_MESSAGES = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "không có trường này trong mẫu; xem docs/adding-a-procedure.md",
    "string_type": "cần một đoạn chữ",
    "string_too_short": "không được để trống",
    "string_too_long": "dài quá {max_length} ký tự",
    "string_pattern_mismatch": "không đúng dạng {pattern}",
    "int_type": "cần một số nguyên",
    "int_parsing": "cần một số nguyên",
    "float_parsing": "cần một số",
    "float_type": "cần một số",
    "list_type": "cần một danh sách (mỗi dòng bắt đầu bằng dấu «-»)",
    "too_short": "cần ít nhất {min_length} mục, mới có {actual_length}",
    "too_long": "nhiều nhất {max_length} mục, đang có {actual_length}",
    "enum": "chỉ nhận một trong: {expected}",
    "date_from_datetime_parsing": "cần ngày dạng năm-tháng-ngày, ví dụ 2026-11-23",
    "date_type": "cần ngày dạng năm-tháng-ngày, ví dụ 2026-11-23",
    "date_parsing": "cần ngày dạng năm-tháng-ngày, ví dụ 2026-11-23",
    "model_type": "cần một nhóm «tên: giá trị»",
    "dict_type": "cần một nhóm «tên: giá trị»",
}


def load_guidance(path: Path) -> Guidance:
    """Read one guidance file.

    Raises:
        GuidanceError: with every fault of the file, each with its line.
    """
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = f"không phải YAML hợp lệ ({error.problem})"
        raise GuidanceError([GuidanceProblem(path, line, "YAML", message)]) from error
    except UnicodeDecodeError as error:
        raise GuidanceError([GuidanceProblem(path, 1, "tệp", "phải lưu bằng UTF-8")]) from error
    if not isinstance(root, yaml.MappingNode):
        problem = GuidanceProblem(path, 1, "tệp", "phải là một nhóm «tên: giá trị»")
        raise GuidanceError([problem])
    _reject_duplicate_keys(path, root)
    data = yaml.safe_load(path.read_text("utf-8"))
    try:
        guidance = Guidance.model_validate(data)
    except ValidationError as error:
        raise GuidanceError([_problem(path, root, e) for e in error.errors()]) from error
    if guidance.code != path.stem:
        problem = GuidanceProblem(path, 1, "code", f"mã {guidance.code} khác tên tệp {path.name}")
        raise GuidanceError([problem])
    return guidance


def load_guidance_folder(folder: Path = PROCEDURES_FOLDER) -> list[Guidance]:
    """Read every guidance file below `folder`, in the order of their codes.

    Raises:
        GuidanceError: with the faults of all wrong files together.
    """
    guidance: dict[str, tuple[Path, Guidance]] = {}
    problems: list[GuidanceProblem] = []
    for path in sorted(folder.rglob("*.yml")):
        try:
            loaded = load_guidance(path)
        except GuidanceError as error:
            problems += error.problems
            continue
        if loaded.code in guidance:
            other = guidance[loaded.code][0]
            problems.append(GuidanceProblem(path, 1, "code", f"mã đã có ở {other}"))
        guidance[loaded.code] = (path, loaded)
    if problems:
        raise GuidanceError(problems)
    return [guidance[code][1] for code in sorted(guidance)]


def guidance_schema() -> str:
    """The JSON Schema of a guidance file, for editors that check while one types."""
    return json.dumps(Guidance.model_json_schema(), ensure_ascii=False, indent=2) + "\n"


def _problem(path: Path, root: yaml.Node, error: Any) -> GuidanceProblem:
    location = [part for part in error["loc"] if not str(part).startswith("function-")]
    template = _MESSAGES.get(error["type"])
    context = error.get("ctx", {})
    if template is not None:
        message = template.format(**context)
    else:
        message = str(context.get("error", error["msg"]))
    field = ".".join(str(part) for part in location) or "tệp"
    return GuidanceProblem(path, _line(root, location), field, message)


def _line(node: yaml.Node, location: Sequence[Any]) -> int:
    """The line of the deepest node that `location` reaches."""
    line: int = node.start_mark.line + 1
    for part in location:
        child: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    child, line = value, key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            child = node.value[part] if part < len(node.value) else None
            line = child.start_mark.line + 1 if child else line
        if child is None:
            break
        node = child
    return line


def _reject_duplicate_keys(path: Path, node: yaml.Node, place: str = "") -> None:
    """Refuse a key given twice: YAML would silently keep only the last."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _reject_duplicate_keys(path, child, place)
        return
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        name = f"{place}.{key.value}".lstrip(".")
        if key.value in seen:
            line = key.start_mark.line + 1
            raise GuidanceError([GuidanceProblem(path, line, name, "ghi hai lần")])
        seen.add(key.value)
        _reject_duplicate_keys(path, value, name)
