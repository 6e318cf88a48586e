"""YAML files read as text values that know their lines.

Every scalar stays a string: an unquoted 0000000001 must not become the number 1, nor a date
something that is not as it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge_base.forms.errors import FormFileError, FormProblem

__all__ = ["Document", "problems_of", "read_document"]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_MESSAGES = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "không có trường này; xem docs/forms.md",
    "string_too_short": "không được để trống",
    "string_too_long": "dài quá {max_length} ký tự",
    "string_pattern_mismatch": "không đúng dạng {pattern}",
    "string_type": "cần một đoạn chữ",
    "list_type": "cần một danh sách (mỗi dòng bắt đầu bằng dấu «-»)",
    "dict_type": "cần một nhóm «tên: giá trị»",
    "model_type": "cần một nhóm «tên: giá trị»",
    "too_short": "cần ít nhất {min_length} mục, mới có {actual_length}",
    "enum": "chỉ nhận một trong: {expected}",
    "literal_error": "phải ghi đúng: {expected}",
    "int_parsing": "cần một số nguyên",
    "bool_parsing": "chỉ nhận true hoặc false",
    "date_from_datetime_parsing": "cần ngày dạng năm-tháng-ngày, ví dụ 2026-11-23",
    "date_parsing": "cần ngày dạng năm-tháng-ngày, ví dụ 2026-11-23",
}


class Document:
    """One YAML file: its data, and the line each part stands at."""

    def __init__(self, path: Path, root: yaml.Node | None) -> None:
        self.path = path
        self._lines: dict[tuple[Any, ...], int] = {}
        self.data = self._plain(root, ())

    def _plain(self, node: yaml.Node | None, place: tuple[Any, ...]) -> Any:
        if node is None:
            return None
        self._lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(child, (*place, n)) for n, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        return node.value

    def _mapping(self, node: yaml.MappingNode, place: tuple[Any, ...]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise FormFileError([FormProblem(self.path, line, "tệp", "tên trường phải là chữ")])
            if key.value in data:
                raise FormFileError([FormProblem(self.path, line, key.value, "ghi hai lần")])
            self._lines[(*place, key.value)] = line
            data[key.value] = self._plain(value, (*place, key.value))
        return data

    def line(self, place: Sequence[Any]) -> int:
        """The line of the deepest known part of `place`."""
        for end in range(len(place), -1, -1):
            if tuple(place[:end]) in self._lines:
                return self._lines[tuple(place[:end])]
        return 1

    def problem(self, place: Sequence[Any], text: str) -> FormProblem:
        """A problem at `place`."""
        return FormProblem(
            self.path, self.line(place), ".".join(str(p) for p in place) or "tệp", text
        )


def read_document(path: Path) -> Document:
    """Read one YAML file.

    Raises:
        FormFileError: it is not there, not UTF-8, not YAML, or gives a key twice.
    """
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=_LOADER)
    except FileNotFoundError as error:
        raise FormFileError([FormProblem(path, 1, "tệp", "không có tệp này")]) from error
    except UnicodeDecodeError as error:
        raise FormFileError([FormProblem(path, 1, "tệp", "phải lưu bằng UTF-8")]) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        text = f"không phải YAML hợp lệ ({error.problem})"
        raise FormFileError([FormProblem(path, line, "YAML", text)]) from error
    except yaml.YAMLError as error:
        text = "có ký tự không dùng được trong YAML"
        raise FormFileError([FormProblem(path, 1, "YAML", text)]) from error
    return Document(path, root)


def problems_of(document: Document, error: ValidationError) -> list[FormProblem]:
    """The faults pydantic found, in an editor's words and with their lines."""
    problems = []
    for fault in error.errors():
        context = fault.get("ctx", {})
        template = _MESSAGES.get(fault["type"])
        if template is not None:
            text = template.format(**context).replace(" or ", " hoặc ")
        elif "error" in context:
            text = str(context["error"])
        else:
            text = f"giá trị không dùng được ({fault['msg']})"
        problems.append(document.problem(fault["loc"], text))
    return problems
