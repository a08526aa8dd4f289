"""What CONTRIBUTING and SECURITY name is there: files, functions, rooms, tables, stops of the road; in links too."""

from __future__ import annotations

import ast
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

from cache.db import schema
from tests.modules import MODULES, ROOT, STOREYS, TESTS, tree_of
from tests.shares import of_each
from tests.test_architecture import DOOR, ROOMS, TOPS, VALUES

PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")}
GUIDE = PAGES["CONTRIBUTING.md"]
FILE = re.compile(r"(?:[\w.-]+/)*[\w-]+\.(?:py|toml|tsv|txt|html|jsonl|tcss|svg|md)\b")
MOST_STOPS = 15


def codes(page: str) -> list[str]:
    """What a page sets as code within a line, and where its links lead."""
    running = re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.MULTILINE)
    return [*re.findall(r"`([^`]+)`", running), *re.findall(r"\]\(([^):]+)\)", running)]


def part(title: str) -> str:
    """A part of the guide, without its title."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", GUIDE, re.DOTALL | re.MULTILINE)
    assert found, title
    return found[1]


def files() -> Iterator[tuple[str, str]]:
    for name, page in PAGES.items():
        for code in codes(page):
            for file in FILE.findall(code):
                yield name, file if "/" in file or (ROOT / file).exists() else f"tests/bench/{file}"


def places() -> list[tuple[str, str]]:
    return sorted(
        {(file, inside) for code in codes(GUIDE) for file, inside in re.findall(r"^(\S+\.py):([\w.]+)$", code)}
    )


def defined(tree: ast.Module | ast.ClassDef) -> dict[str, ast.stmt]:
    """What a module or class defines, by name."""
    found: dict[str, ast.stmt] = {}
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                found[node.name] = node
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found[name] = node
    return found


@pytest.mark.parametrize(("page", "file"), sorted(set(files())))
def test_a_file_that_is_named_is_there(page: str, file: str) -> None:
    assert (ROOT / file).is_file(), f"{page} names {file}"


@pytest.mark.parametrize(("file", "inside"), places())
def test_a_function_that_is_named_is_there(file: str, inside: str) -> None:
    names, tree = inside.split("."), tree_of(ROOT / file)
    for name in names:
        assert isinstance(tree, ast.Module | ast.ClassDef)
        assert name in defined(tree), f"{file} has no {inside}"
        tree = defined(tree)[name]  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("title", "storeys"),
    [
        ("The road of one article, from `r` to the screen", set(STOREYS)),
        ("The road of one key, from `m` to the library file", {"tui", "cache"}),
    ],
)
def test_a_road_has_few_stops_each_of_them_a_function(title: str, storeys: set[str]) -> None:
    road = part(title)
    stops = re.findall(r"^(\d+)\. `(\S+\.py):([\w.]+)`", road, re.MULTILINE)
    assert [int(number) for number, *_ in stops] == list(range(1, len(stops) + 1))
    assert len(re.findall(r"^\d+\. ", road, re.MULTILINE)) == len(stops)
    assert 10 <= len(stops) <= MOST_STOPS
    assert {file.partition("/")[0] for _, file, _ in stops} == storeys


def test_the_map_shows_every_room_and_no_other() -> None:
    rows = re.findall(r"^\| `([\w.]+)`( values| door)? \| (.+) \|$", part("The rooms"), re.MULTILINE)
    expected = {
        f"{storey} {room}" if room in (VALUES, DOOR) else f"{storey}.{room}"
        for storey, rooms in ROOMS.items()
        for room in rooms
    }
    assert {name + top for name, top, _ in rows} == expected
    assert len(rows) == len(expected)
    for name, top, what in rows:
        if top:
            modules = [module for module in TOPS[name][top.strip()].split() if not re.search(rf"\b{module}\b", what)]
            assert modules == [], f"{name}{top}"


def test_every_table_of_the_library_is_explained() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as library:
        for step in schema.STEPS:
            step(library)
        rows = library.execute("SELECT name FROM pragma_table_list WHERE type IN ('table', 'virtual')").fetchall()
    tables = {name for (name,) in rows if not name.startswith("sqlite_")}
    named = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", part("The library"), re.MULTILINE)
    assert set(re.findall(r"\w+", " ".join(named))) == tables


def test_the_processes_are_modules_that_can_be_run() -> None:
    named = re.findall(r"python -m ((?:cache|fetch)[\w.]+)", part("Processes"))
    assert len(named) == 3
    for module in named:
        assert "main" in defined(tree_of(MODULES[module]))


def test_everything_in_the_bench_is_listed() -> None:
    listed = set(FILE.findall(part("Tests")))
    beside = {path.name for path in (ROOT / "tests/bench").glob("*.py") if not path.name.startswith("test_")}
    assert beside <= {Path(file).name for file in listed}


@pytest.mark.parametrize("line", re.findall(r"^\.venv/bin/pytest([^#\n]*)", GUIDE, re.MULTILINE))
def test_a_line_that_runs_tests_names_tests(line: str) -> None:
    assert all((ROOT / word).exists() for word in line.split() if not word.startswith("--"))


def test_the_package_is_run_as_the_guide_says() -> None:
    assert "python -m tui" in codes(GUIDE)
    assert "tui.__main__" in MODULES
    assert not (ROOT / "broadsheet").exists()


def test_the_readme_says_where_the_guide_and_the_promises_are() -> None:
    assert {"CONTRIBUTING.md", "SECURITY.md"} <= set(codes(PAGES["README.md"]))


# The benches are run by hand and by no test: their imports at least are kept true.
@of_each(TESTS)
def test_what_tests_and_benches_import_of_ours_is_there(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in STOREYS:
            module = import_module(str(node.module))
            for alias in node.names:
                assert hasattr(module, alias.name) or f"{node.module}.{alias.name}" in MODULES, ast.unparse(node)
