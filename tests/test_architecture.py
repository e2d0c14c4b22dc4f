"""The house stands as its plan says: imports go down, one module parses YAML, the command line prints."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "scripts" / "deepdive"
FLOORS = [
    {"diagnostic", "model"},
    {"text_source", "store", "mermaid", "parallel"},
    {"yaml_source", "unchanged"},
    {"load"},
    {
        "checks",
        "links",
        "render",
        "report",
        "fix",
        "examples",
        "watching",
        "building",
        "changes",
        "offline",
        "diagram_scripts",
    },
    {"export"},
    {"pipeline", "authoring"},
    {"markdown", "plugin"},
    {"judge"},
    {"sources"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "core", "manager", "handler"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_floors_below_or_its_own_room(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        return
    here = part_of(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "deepdive" or len(parts) < 2:
            continue
        there = parts[1]
        if there == here:
            continue
        assert FLOOR[there] < FLOOR[here] or {here, there} == FLOORS[0], f"{here} imports {there}"


def test_every_room_has_a_floor() -> None:
    assert {part_of(path) for path in MODULES} - {"__init__"} == set(FLOOR)


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("yaml", {"yaml_source"}),
        ("mkdocs", {"plugin"}),
        ("pydantic", {"model", "load", "export"}),
        ("aiohttp", {"links"}),
        ("socket", {"links"}),
        ("jinja2", {"render"}),
    ],
)
def test_a_library_is_imported_only_where_it_belongs(library: str, rooms: set[str]) -> None:
    users = {part_of(path) for path in MODULES if any(name.split(".")[0] == library for name in imported(path))}
    assert users <= rooms


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        prints = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
        assert not prints or part_of(path) in ("cli", "commands"), path


def test_no_module_is_named_after_nothing() -> None:
    assert not {part for path in MODULES for part in path.with_suffix("").parts[-2:]} & FORBIDDEN_NAMES


def test_modules_stay_small() -> None:
    sizes = {str(path.relative_to(PACKAGE)): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert not {path: lines for path, lines in sizes.items() if lines > 250}
