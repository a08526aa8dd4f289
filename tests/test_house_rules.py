"""The house rules of form that a machine can check: names, sizes, what is inherited, what is caught."""

from __future__ import annotations

import ast
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.modules import PATHS, ROOT, TESTS, classes, functions, relative, tree_of
from tests.shares import of_each

FORBIDDEN_NAMES = re.compile(r"(?i)^_*(item|items|post|posts|doc|docs|data|info|obj|utils|fetch|cache)$")
NAMED_BY_OTHERS = {
    ("fetch/http/socket_stream.py", "info"),
    ("fetch/http/socket_stream.py", "data"),
}  # httpcore's, asyncio's
FORBIDDEN_CLASSES = re.compile(r"(Manager|Service|Handler|Helper|Utils)$")
DATA = re.compile(r"_(words|weights|phrases)\.py$")

MOST_LINES = 420
"""An alarm; about 300 is the habit."""

MOST_PARAMETERS = 6
MORE_PARAMETERS = {"cache.library.refresh": "its keywords are RefreshOptions, which who asks need not know"}
"""Functions that may take more, each with the reason."""

CHAINS = {
    "tui.dialogs.add_source.AddDialog": "a Textual screen that is a list to pick from, with a line to type in",
    "tui.dialogs.command_palette.CommandPalette": "the same, with commands",
    "tui.dialogs.passages.PassagesDialog": "the same, with the passages of an article",
    "tui.dialogs.missing.MissingDialog": "the same, with passages of a page",
    "tui.dialogs.highlights.HighlightsDialog": "the same, with the passages of an article",
    "tui.dialogs.gone_sources.GoneSources": "the same, with what can become of sources",
}
"""Classes whose base of ours has a base of ours itself, each with the reason; errors form a tree anyway."""


def bound_names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno


def is_forbidden(path: Path, name: str) -> bool:
    return bool(FORBIDDEN_NAMES.match(name)) and (relative(path), name) not in NAMED_BY_OTHERS


@of_each(PATHS)
def test_no_name_says_nothing(path: Path) -> None:
    tree = tree_of(path)
    wrong = [f"{relative(path)}:{line} {name}" for name, line in bound_names(tree) if is_forbidden(path, name)]
    wrong += [
        f"{relative(path)}:{node.lineno} {node.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and FORBIDDEN_CLASSES.search(node.name)
    ]
    assert not wrong


def test_a_public_constants_name_means_one_thing() -> None:
    """Weights are told apart by their files; a type variable has a letter."""
    where: dict[str, set[str]] = {}
    for path in PATHS:
        for node in tree_of(path).body * (not DATA.search(path.name)):
            names = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            for name in names:
                if isinstance(name, ast.Name) and re.fullmatch("[A-Z][A-Z0-9_]+", name.id):
                    where.setdefault(name.id, set()).add(relative(path))
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}


def test_a_type_s_name_means_one_thing() -> None:
    named: dict[str, list[str]] = {}
    for path in PATHS:
        for node in tree_of(path).body:
            if isinstance(node, ast.ClassDef) or (isinstance(node, ast.AnnAssign) and is_alias(node)):
                name = node.name if isinstance(node, ast.ClassDef) else ast.unparse(node.target)
                named.setdefault(name, []).append(relative(path))
    assert {name: paths for name, paths in named.items() if len(paths) > 1 and not name.startswith("_")} == {}


def is_alias(node: ast.AnnAssign) -> bool:
    return ast.unparse(node.annotation).endswith("TypeAlias")


@of_each([*PATHS, *TESTS])
def test_no_broad_except(path: Path) -> None:
    broad = [
        f"{relative(path)}:{node.lineno}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    ]
    assert not broad


@of_each([path for path in (*PATHS, *TESTS) if not DATA.search(path.name)])
def test_no_file_grows_without_bound(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_what_takes_many_values_takes_a_value_object() -> None:
    many = {f"{module}.{node.name}" for module, node in functions() if count(node.args) > MOST_PARAMETERS}
    assert many == MORE_PARAMETERS.keys()


def count(arguments: ast.arguments) -> int:
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return sum(one.arg not in ("self", "cls") for one in named)


def bases() -> dict[str, list[str]]:
    """Our classes, each with the names of its bases that are ours."""
    found = {f"{module}.{node.name}": node for module, node in classes()}
    ours = {name.rpartition(".")[2] for name in found}
    return {name: [base for base in map(base_name, node.bases) if base in ours] for name, node in found.items()}


def base_name(base: ast.expr) -> str:
    return ast.unparse(base).partition("[")[0].rpartition(".")[2]


def ancestors(name: str, parents: dict[str, list[str]]) -> set[str]:
    near = {base for module, found in parents.items() if module.rpartition(".")[2] == name for base in found}
    return near.union(*(ancestors(base, parents) for base in near))


def test_no_class_gets_its_methods_from_a_chain_of_bases() -> None:
    parents = bases()
    chained = {
        name
        for name, near in parents.items()
        if any(ancestors(base, parents) for base in near)
        and "NewsError" not in ancestors(name.rpartition(".")[2], parents)
    }
    assert chained == CHAINS.keys()


def test_no_class_is_put_together_from_several_of_ours() -> None:
    assert [name for name, near in bases().items() if len(near) > 1] == []


def test_no_package_hides_under_tests() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_no_path_of_a_machine_is_in_the_repository() -> None:
    machine = re.compile(r"(?<![\w.])/(?:work|home|Users|root)/\w+")
    texts = [ROOT / name for name in (*(path.name for path in ROOT.glob("*.md")), "pyproject.toml", ".ci/run")]
    found = [
        f"{relative(path)}: {match[0]}"
        for path in [*PATHS, *TESTS, *texts, *(ROOT / "fetch").rglob("*.toml"), *(ROOT / "fetch/handbook").iterdir()]
        if path != Path(__file__) and path.is_file()
        for match in machine.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found


@pytest.mark.parametrize("name", ["harbour.example", "a", "xn--", "1.invalid", "news.localhost"])
def test_no_test_asks_a_name_server(name: str) -> None:
    with pytest.raises(socket.gaierror, match="no test"):
        socket.getaddrinfo(name, 80)
    assert socket.getaddrinfo("localhost", 80, socket.AF_INET)[0][4] == ("127.0.0.1", 80)
