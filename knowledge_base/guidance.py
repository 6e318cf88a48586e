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
    "int_from_float": "cần một số nguyên",
    "float_parsing": "cần một số",
    "float_type": "cần một số",
    "list_type": "cần một danh sách (mỗi dòng bắt đầu bằng dấu «-»)",
    "too_short": "cần ít nhất {min_length} mục, mới có {actual_length}",
    "too_long": "nhiều nhất {max_length} mục, đang có {actual_length}",
    "greater_than": "phải lớn hơn {gt:g}",
    "greater_than_equal": "phải từ {ge} trở lên",
    "enum": "chỉ nhận một trong: {expected}",
    "date_from_datetime_parsing": "cần ngày dạng năm-tháng-ngày, ví dụ 2026-11-23",
    "date_type": "cần ngày dạng năm-tháng-ngày, ví dụ 2026-11-23",
    "date_parsing": "cần ngày dạng năm-tháng-ngày, ví dụ 2026-11-23",
    "date_from_datetime_inexact": "cần ngày dạng năm-tháng-ngày, ví dụ 2026-11-23",
    "invalid_key": "tên trường phải là chữ",
    "model_type": "cần một nhóm «tên: giá trị»",
    "dict_type": "cần một nhóm «tên: giá trị»",
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Leaves a date as it is written: a wrong one is then a fault of its field."""

    yaml_implicit_resolvers = {
        first: [(tag, form) for tag, form in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def load_guidance(path: Path) -> Guidance:
    """Read one guidance file.

    Raises:
        GuidanceError: with every fault of the file, each with its line.
    """
    root, data = _read_yaml(path)
    try:
        guidance = Guidance.model_validate(data)
    except ValidationError as error:
        raise GuidanceError([_problem(path, root, e) for e in error.errors()]) from error
    if guidance.code != path.stem:
        problem = GuidanceProblem(path, 1, "code", f"mã {guidance.code} khác tên tệp {path.name}")
        raise GuidanceError([problem])
    return guidance


def _read_yaml(path: Path) -> tuple[yaml.MappingNode, Any]:
    """The nodes of a file, which know their lines, and what they hold."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise GuidanceError([GuidanceProblem(path, 1, "tệp", "phải lưu bằng UTF-8")]) from error
    strange = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if strange is not None:
        line = text.count("\n", 0, strange.start()) + 1
        message = f"có ký tự không dùng được (U+{ord(strange[0]):04X})"
        raise GuidanceError([GuidanceProblem(path, line, "YAML", message)])
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            problem = GuidanceProblem(path, 1, "tệp", "phải là một nhóm «tên: giá trị»")
            raise GuidanceError([problem])
        _check_keys(path, root)
        return root, loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = f"không phải YAML hợp lệ ({error.problem})"
        raise GuidanceError([GuidanceProblem(path, line, "YAML", message)]) from error


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


def _problem(path: Path, root: yaml.MappingNode, error: Any) -> GuidanceProblem:
    location = [part for part in error["loc"] if not str(part).startswith("function-")]
    template = _MESSAGES.get(error["type"])
    context = error.get("ctx", {})
    if template is not None:
        message = template.format(**context).replace(" or ", " hoặc ")
    elif "error" in context:
        message = str(context["error"])
    else:
        message = f"giá trị không dùng được ({error['msg']})"
    field = ".".join(str(part) for part in location) or "tệp"
    if not location:
        # A fault of the whole file names its part first: «requirements «Tờ khai»: …».
        place, _, fault = message.partition(": ")
        part = place.partition(" ")[0]
        if fault and part in {key.value for key, _ in root.value}:
            field, message, location = place, fault, [part]
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


def _check_keys(path: Path, node: yaml.Node, place: str = "") -> None:
    """Refuse a key given twice, of which YAML would silently keep the last, and one not a word."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _check_keys(path, child, place)
        return
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            problem = GuidanceProblem(path, line, place or "tệp", _MESSAGES["invalid_key"])
            raise GuidanceError([problem])
        name = f"{place}.{key.value}".lstrip(".")
        if key.value in seen:
            raise GuidanceError([GuidanceProblem(path, line, name, "ghi hai lần")])
        seen.add(key.value)
        _check_keys(path, value, name)
