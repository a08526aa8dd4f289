"""Every module of ours by its name, parsed once, with what it imports: for tests that read the code and run none of it.

Counted as an import is every one a module names: at the top, inside functions, for type checkers alone, and by a string
where `import_module` is at work.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache as once
from pathlib import Path

ROOT = Path(__file__).parents[1]
STOREYS = ("fetch", "cache", "tui")


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for storey in STOREYS for path in sorted((ROOT / storey).rglob("*.py"))}
PATHS = [*MODULES.values()]
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@once
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(node: ast.AST) -> Iterator[str]:
    """What an import statement names: modules of ours as such, of others the module it is taken from."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        whole = node.module or ""
        inside = {f"{whole}.{alias.name}" for alias in node.names} & MODULES.keys()
        yield from sorted(inside)
        if len(inside) < len(node.names):
            yield whole


@once
def imports_of(module: str) -> frozenset[str]:
    """The modules of ours that a module names, in whatever way."""
    nodes = list(ast.walk(tree_of(MODULES[module])))
    found = {name for node in nodes for name in named(node)}
    if "import_module" in {node.id for node in nodes if isinstance(node, ast.Name)}:
        strings = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
        found |= strings | {f"{module.rpartition('.')[0]}.{string}" for string in strings}
    return frozenset(found & MODULES.keys() - {module})


def classes() -> Iterator[tuple[str, ast.ClassDef]]:
    for module, path in MODULES.items():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                yield module, node


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for module, path in MODULES.items():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node
