import ast
from pathlib import Path

import dossiers

FOLDER = Path(dossiers.__file__).parent
OURS = {"actions", "api", "bot", "knowledge_base"}


def test_of_ours_only_the_calendar_is_imported():
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            for name in names:
                assert name.split(".")[0] not in OURS or name == "knowledge_base.calendar", path
