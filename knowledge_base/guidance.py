"""Guidance files: read one YAML file, and say in Vietnamese where it is wrong.

A file lies at `procedures/<field>/<code>.yml`. Every fault is reported with file, line, field and
what was expected, so that an editor who is no programmer can mend it.
"""

from __future__ import annotations

import json
from pathlib import Path

from knowledge_base.errors import FileProblem, GuidanceError
from knowledge_base.procedure import Guidance
from knowledge_base.yaml_file import YamlFile

__all__ = ["PROCEDURES_FOLDER", "guidance_schema", "load_guidance", "load_guidance_folder"]

PROCEDURES_FOLDER = Path(__file__).parent / "procedures"


def load_guidance(path: Path) -> Guidance:
    """Read one guidance file.

    Raises:
        GuidanceError: with every fault of the file, each with its line.
    """
    file = YamlFile(path, GuidanceError, "docs/adding-a-procedure.md")
    if not isinstance(file.data, dict):
        raise GuidanceError([file.problem([], "phải là một nhóm «tên: giá trị»")])
    guidance = file.validate(Guidance, file.data)
    if guidance.code != path.stem:
        message = f"mã {guidance.code} khác tên tệp {path.name}"
        raise GuidanceError([file.problem(["code"], message)])
    return guidance


def load_guidance_folder(folder: Path = PROCEDURES_FOLDER) -> list[Guidance]:
    """Read every guidance file below `folder`, in the order of their codes.

    Raises:
        GuidanceError: with the faults of all wrong files together.
    """
    guidance: dict[str, tuple[Path, Guidance]] = {}
    problems: list[FileProblem] = []
    for path in sorted(folder.rglob("*.yml")):
        try:
            loaded = load_guidance(path)
        except GuidanceError as error:
            problems += error.problems
            continue
        if loaded.code in guidance:
            other = guidance[loaded.code][0]
            problems.append(FileProblem(path, 1, "code", f"mã đã có ở {other}"))
        guidance[loaded.code] = (path, loaded)
    if problems:
        raise GuidanceError(problems)
    return [guidance[code][1] for code in sorted(guidance)]


def guidance_schema() -> str:
    """The JSON Schema of a guidance file, for editors that check while one types."""
    return json.dumps(Guidance.model_json_schema(), ensure_ascii=False, indent=2) + "\n"
