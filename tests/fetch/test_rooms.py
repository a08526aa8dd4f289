"""The rooms of fetch import what lies below them and nothing else, and no two modules import each other."""

from __future__ import annotations

import ast
from functools import cache as once
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VALUES, DOOR = "values", "door"
ROOMS = {
    "http": {VALUES},
    "link_classifier": {VALUES},
    "handbook": {VALUES},
    "feeds": {VALUES, "link_classifier"},
    "sections": {VALUES, "link_classifier", "extract.markup"},
    "extract.markup": {VALUES},
    "extract.facts": {VALUES, "extract.markup"},
    "extract.body": {VALUES, "extract.markup", "extract.facts"},
    "extract": {VALUES, "extract.markup", "extract.facts", "extract.body"},
    "discovery": {VALUES, DOOR, "http", "link_classifier", "handbook", "feeds", "extract.markup"},
    VALUES: set[str](),
    DOOR: {VALUES, "http", "handbook", "feeds", "sections", "extract"},
}
OF_THE_DOOR = ("fetch.fetcher", "fetch.listing")


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path): path for path in sorted((ROOT / "fetch").rglob("*.py"))}


def room_of(module: str) -> str:
    inside = module.removeprefix("fetch.")
    named = [room for room in ROOMS if inside == room or inside.startswith(f"{room}.")]
    return max(named, key=len, default=DOOR if module in OF_THE_DOOR else VALUES)


@once
def imports_of(module: str) -> frozenset[str]:
    """The modules of fetch that a module names anywhere: those for type checkers and those inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found.update(names & MODULES.keys() or {node.module})
    return frozenset(found & MODULES.keys() - {module})


@pytest.mark.parametrize("module", MODULES)
def test_a_room_imports_what_lies_below_it(module: str) -> None:
    room = room_of(module)
    strangers = [name for name in imports_of(module) if room_of(name) not in {room, *ROOMS[room]}]
    assert strangers == []


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_imported_by_what_it_imports(module: str) -> None:
    reached, waiting = set[str](), [*imports_of(module)]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += imports_of(name)
    assert module not in reached
