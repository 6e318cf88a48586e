"""YAML files that editors write: read with the line of every part, faults told in Vietnamese.

Scalars stay text, as they are written, and the model gives them their types: an unquoted
0000000001 must not become the number 1, nor a wrong date something other than a fault of its field.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from knowledge_base.errors import FileError, FileProblem

__all__ = ["MESSAGES_FILE", "YamlFile"]

MESSAGES_FILE = Path(__file__).parent / "yaml_file.yml"

_Model = TypeVar("_Model")
_RESOLVED = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads every scalar but an empty one as text."""

    yaml_implicit_resolvers = {
        first: [(tag, form) for tag, form in resolvers if tag in _RESOLVED]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


class YamlFile:
    """One file: its data, and the line that each part stands at.

    Args:
        path: the file.
        error: what to raise for a fault of this file.
        guide: the page that tells an editor which fields there are.

    Raises:
        FileError: as `error`; the file is not there, not UTF-8, not YAML, or gives a key twice.
    """

    def __init__(self, path: Path, error: type[FileError], guide: str) -> None:
        self.path = path
        self._error = error
        self._guide = guide
        self._root, self.data = self._read()

    def validate(self, model: type[_Model], data: Any) -> _Model:
        """Make a `model` of `data`, which is that of the file or made from it.

        Raises:
            FileError: as the file's error, with every fault, each with its line.
        """
        try:
            return TypeAdapter(model).validate_python(data)
        except ValidationError as error:
            messages = yaml.safe_load(MESSAGES_FILE.read_text("utf-8"))
            found = [self._fault(fault, messages) for fault in error.errors()]
            raise self._error(found) from error

    def problem(self, place: Sequence[Any], message: str) -> FileProblem:
        """A fault at `place`, the keys and indexes that lead there."""
        field = ".".join(str(part) for part in place) or "tệp"
        return FileProblem(self.path, _line(self._root, place), field, message)

    def _read(self) -> tuple[yaml.Node | None, Any]:
        text = self._text()
        strange = yaml.reader.Reader.NON_PRINTABLE.search(text)
        if strange is not None:
            line = text.count("\n", 0, strange.start()) + 1
            self._refuse(line, "YAML", f"có ký tự không dùng được (U+{ord(strange[0]):04X})")
        try:
            loader = _Loader(text)
            root = loader.get_single_node()
            if root is None:
                return None, None
            self._check_keys(root)
            return root, loader.construct_document(root)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            problem = FileProblem(
                self.path, line, "YAML", f"không phải YAML hợp lệ ({error.problem})"
            )
            raise self._error([problem]) from error

    def _text(self) -> str:
        try:
            return self.path.read_text("utf-8")
        except FileNotFoundError as error:
            problem = FileProblem(self.path, 1, "tệp", "không có tệp này")
            raise self._error([problem]) from error
        except UnicodeDecodeError as error:
            problem = FileProblem(self.path, 1, "tệp", "phải lưu bằng UTF-8")
            raise self._error([problem]) from error

    def _check_keys(self, node: yaml.Node, place: str = "") -> None:
        """Refuse a key given twice, of which YAML would silently keep the last, or not a word."""
        if isinstance(node, yaml.SequenceNode):
            for child in node.value:
                self._check_keys(child, place)
        if not isinstance(node, yaml.MappingNode):
            return
        seen: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(line, place or "tệp", "tên trường phải là chữ")
            name = f"{place}.{key.value}".lstrip(".")
            if key.value in seen:
                self._refuse(line, name, "ghi hai lần")
            seen.add(key.value)
            self._check_keys(value, name)

    def _refuse(self, line: int, field: str, message: str) -> None:
        raise self._error([FileProblem(self.path, line, field, message)])

    def _fault(self, fault: Any, messages: dict[str, str]) -> FileProblem:
        """A fault that pydantic found, in an editor's words."""
        place = [part for part in fault["loc"] if not str(part).startswith("function-")]
        context = fault.get("ctx", {})
        template = messages.get(fault["type"])
        if template is not None:
            message = template.format(guide=self._guide, **context).replace(" or ", " hoặc ")
        elif "error" in context:
            message = str(context["error"])
        else:
            message = f"giá trị không dùng được ({fault['msg']})"
        named, _, rest = message.partition(": ")
        part = named.partition(" ")[0]
        if not place and rest and isinstance(self.data, dict) and part in self.data:
            # A fault of the whole file names its part first: «requirements «Tờ khai»: …».
            return FileProblem(self.path, _line(self._root, [part]), named, rest)
        return self.problem(place, message)


def _line(node: yaml.Node | None, place: Sequence[Any]) -> int:
    """The line of the deepest node that `place` reaches, from 1."""
    line: int = node.start_mark.line + 1 if node else 1
    for part in place:
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
