"""Who may import whom, how long a module may be, and what it may be called.

The rules stand in docs/adr; here they are read off the source.
"""

import ast
import functools
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("actions", "api", "bot", "dossiers", "knowledge_base")
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
}
PACKAGE_MODULES = {name for name, path in MODULES.items() if path.name == "__init__.py"}
LONGEST = 400
SAYING_NOTHING = {
    "utils", "util", "helpers", "helper", "manager", "managers", "processor", "misc", "common",
    "new", "final", "v2",
}  # fmt: skip
# These start the application and Rasa, so they know of both.
STARTERS = ("api.launcher", "api.cli.stack", "api.cli.train")


@functools.cache
def source(name):
    return MODULES[name].read_text("utf-8")


@functools.cache
def tree(name):
    return ast.parse(source(name))


@functools.cache
def imports(name):
    """The modules that module `name` imports, anywhere in it, ours and others'."""
    found = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = _base(name, node)
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return {_module(one) for one in found}


def _base(name, node):
    if not node.level:
        return node.module
    package = name if name in PACKAGE_MODULES else name.rpartition(".")[0]
    for _ in range(node.level - 1):
        package = package.rpartition(".")[0]
    return f"{package}.{node.module}" if node.module else package


def _module(imported):
    """The module of ours that `imported` is or stands in; another's name stays as it is."""
    if imported.partition(".")[0] not in PACKAGES:
        return imported
    while imported not in MODULES:
        imported = imported.rpartition(".")[0]
    return imported


def of(*packages):
    """The modules in these packages."""
    return [name for name in MODULES if within(name, packages)]


def within(name, packages):
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def ours(name):
    """The modules of ours that `name` imports."""
    return {one for one in imports(name) if within(one, PACKAGES)}


def reached(name):
    """Everything of ours that importing `name` brings in, packages above included."""
    seen, waiting = set(), [name]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        waiting += ours(one)
        waiting += [one.rpartition(".")[0]] if "." in one else []
    return seen


def strangers(names, allowed):
    """What modules of ours `names` import from outside `allowed`, by module."""
    return {
        name: outside
        for name in names
        if (outside := sorted(one for one in ours(name) if not within(one, allowed)))
    }


def importers(names, of_what):
    """Those of `names` that import any of the packages `of_what`."""
    return [name for name in names if any(within(one, of_what) for one in imports(name))]


def test_the_knowledge_base_imports_nobody_of_ours():
    assert strangers(of("knowledge_base"), ["knowledge_base"]) == {}


def test_dossiers_know_of_the_calendar_at_most():
    assert strangers(of("dossiers"), ["dossiers", "knowledge_base.calendar"]) == {}


def test_actions_know_the_knowledge_base_and_dossiers():
    assert strangers(of("actions"), ["actions", "knowledge_base", "dossiers"]) == {}


def test_components_of_the_bot_know_rasa_and_how_text_is_read():
    assert strangers(of("bot"), ["bot", "knowledge_base.text"]) == {}


def test_the_gateway_knows_the_knowledge_base_and_dossiers():
    allowed = ["api", "knowledge_base", "dossiers"]
    starters = of(*STARTERS)
    assert strangers(set(of("api")) - set(starters), allowed) == {}
    assert strangers(starters, [*allowed, "actions"]) == {}


def test_rasa_is_imported_by_the_bot_alone():
    assert importers(of("knowledge_base", "dossiers", "actions", "api"), ["rasa"]) == []


def test_the_action_kit_is_imported_by_actions_alone():
    assert importers(of("knowledge_base", "dossiers", "api", "bot"), ["rasa_sdk"]) == []


def test_web_frameworks_stay_at_the_edge():
    inner = of("knowledge_base", "dossiers", "actions", "bot")
    assert importers(inner, ["fastapi", "uvicorn", "typer"]) == []
    assert importers(inner, ["starlette"]) == ["actions.endpoint"]


def test_how_text_is_read_needs_the_standard_library_alone():
    for name in reached("knowledge_base.text"):
        roots = {one.partition(".")[0] for one in imports(name)} - {"knowledge_base"}
        assert roots <= sys.stdlib_module_names, name


def test_what_rasa_loads_is_python_3_10():
    for name in [*reached("knowledge_base.text"), *of("bot")]:
        ast.parse(source(name), feature_version=(3, 10))


def test_no_module_is_longer_than_one_can_read():
    lengths = {name: len(source(name).splitlines()) for name in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_a_module_is_called_by_what_it_is():
    assert [name for name in MODULES if SAYING_NOTHING & set(name.split("."))] == []


def test_every_module_says_what_it_is_for():
    assert [name for name in MODULES if not ast.get_docstring(tree(name))] == []


def test_every_top_level_package_is_documented():
    for package in PACKAGES:
        assert len((ast.get_docstring(tree(package)) or "").split()) > 3, package


def test_the_rules_see_what_they_judge():
    assert "actions.endpoint" in ours("api.launcher.server")
    assert "knowledge_base.search" in reached("actions.services")
    assert "knowledge_base.errors" in reached("knowledge_base.text")
    assert strangers(["api.launcher.server"], ["api"]).keys() == {"api.launcher.server"}
    assert within("api.launcher.server", STARTERS)
    assert not within("api.launchers", STARTERS)
