"""Imports point one way, heavy libraries stay where they belong, and the house rules hold that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {"fetch": ("fetch",), "cache": ("cache", "fetch"), "tui": ("tui", "cache", "fetch")}
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
OURS = [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))]

# Who may name a library; a folder ends in "/".
HOMES = {
    "sqlite3": ("cache/",),
    "httpx": ("fetch/http/client.py",),
    "httpcore": ("fetch/http/",),
    "selectolax": ("fetch/",),
    "feedparser": ("fetch/feeds/feed.py", "fetch/feeds/feedparser_adapter.py"),
    "protego": ("fetch/http/robots.py",),
    "keyring": ("fetch/", "cache/"),
    "platformdirs": ("cache/paths.py",),
    "textual": ("tui/",),
    "rich": ("tui/",),
}
# What single modules of tui may know beyond the library: `extract` works without
# one, `doctor` on one that may not open; a secret goes past the library.
ALSO_KNOWN = {
    "tui/cli/article.py": ("cache.formats.markdown",),
    "tui/cli/extract.py": ("fetch.extract", "fetch.fetcher"),
    "tui/cli/options.py": ("cache.search.query",),
    "tui/cli/arrange.py": ("cache.refresh.own_headers",),
    "tui/cli/doctor.py": ("cache.db.health", "cache.paths"),
}
FORBIDDEN_NAMES = re.compile(r"(?i)^_*(item|items|post|posts|doc|docs|data|info|obj|utils|fetch|cache)$")
NAMED_BY_OTHERS = {("fetch/http/transport.py", "info")}  # an argument of httpcore's, in a method of its interface
FORBIDDEN_CLASSES = re.compile(r"(Manager|Service|Handler|Helper|Utils)$")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def belongs(here: str, home: str) -> bool:
    return here.startswith(home) if home.endswith("/") else here == home


def is_forbidden(path: Path, name: str) -> bool:
    return bool(FORBIDDEN_NAMES.match(name)) and (relative(path), name) not in NAMED_BY_OTHERS


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """What a module imports when it runs: imports for type checkers load nothing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    quiet = {id(inner) for node in ast.walk(tree) if is_for_checkers(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in quiet:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative(path)}:{node.lineno} imports relatively"
            yield node.module or "", node.lineno


def is_for_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def bound_names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_imports_point_one_way(path: Path) -> None:
    package = relative(path).split("/")[0]
    strangers = [
        f"{relative(path)}:{line} imports {name}"
        for name, line in imported(path)
        if name.split(".")[0] in PACKAGES and name.split(".")[0] not in PACKAGES[package]
    ]
    assert not strangers


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_libraries_stay_where_they_belong(path: Path) -> None:
    here = relative(path)
    astray = [
        f"{here}:{line} imports {name}"
        for name, line in imported(path)
        if (homes := HOMES.get(name.split(".")[0])) and not any(belongs(here, home) for home in homes)
    ]
    assert not astray


@pytest.mark.parametrize("path", [path for path in MODULES if relative(path).startswith("tui/")], ids=relative)
def test_the_screen_has_one_collaborator(path: Path) -> None:
    """tui knows of cache the library and its types, of fetch types, errors and the gate; `extract` keeps nothing."""
    known = {
        "cache.library",
        "cache.entry",
        "cache.errors",
        "fetch.article",
        "fetch.source",
        "fetch.errors",
        "fetch.text",
    }
    known |= {
        "cache.diff",
        "cache.formats.record",
        "cache.formats.table",
        "cache.related.timeline",
        "fetch.discovery.catalogue",
        *ALSO_KNOWN.get(relative(path), ()),
    }
    strangers = [name for name, _ in imported(path) if name.startswith(("cache.", "fetch.")) and name not in known]
    assert strangers == []


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_names_come_from_the_newsroom(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    wrong = [f"{relative(path)}:{line} {name}" for name, line in bound_names(tree) if is_forbidden(path, name)]
    wrong += [
        f"{relative(path)}:{node.lineno} {node.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and FORBIDDEN_CLASSES.search(node.name)
    ]
    assert not wrong


@pytest.mark.parametrize("path", OURS, ids=relative)
def test_no_broad_except(path: Path) -> None:
    broad = [
        f"{relative(path)}:{node.lineno}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    ]
    assert not broad


@pytest.mark.parametrize("path", OURS, ids=relative)
def test_no_file_grows_without_bound(path: Path) -> None:
    """About 300 lines is the habit."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_every_library_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["keys"]]
    declared = {re.split(r"[\[<>=]", line)[0] for line in wanted}
    declared |= {"brotli", "zstandard"} if any("httpx[http2,brotli,zstd]" in line for line in wanted) else set()
    ours = {*PACKAGES, *sys.stdlib_module_names}
    strangers = {name.split(".")[0] for path in MODULES for name, _ in imported(path)} - ours
    assert strangers == strangers & declared


def test_no_package_hides_under_tests() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_no_path_of_a_machine_is_in_the_repository() -> None:
    machine = re.compile(r"(?<![\w.])/(?:work|home|Users|root)/\w+")
    texts = [ROOT / name for name in ("README.md", "CHANGELOG.md", "pyproject.toml", ".ci/run")]
    found = [
        f"{relative(path)}: {match[0]}"
        for path in [*OURS, *texts, *(ROOT / "fetch").rglob("*.toml"), *(ROOT / "fetch/handbook").iterdir()]
        if path != Path(__file__) and path.exists()
        for match in machine.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found


@pytest.mark.parametrize(
    ("module", "strangers"),
    [
        ("fetch.article", ("cache", "tui", "selectolax", "httpx")),
        ("fetch.fetcher", ("cache", "tui", "sqlite3", "textual", "httpx")),
        ("cache.library", ("tui", "textual", "httpx", "selectolax", "feedparser")),
        ("tui.cli.listing", ("textual", "rich", "httpx", "selectolax", "feedparser", "asyncio")),
        ("tui.cli.show", ("textual", "rich.console", "httpx", "selectolax", "feedparser")),
    ],
)
def test_what_a_module_loads(module: str, strangers: tuple[str, ...]) -> None:
    program = f"import sys, {module}; print(*[name for name in {strangers!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
