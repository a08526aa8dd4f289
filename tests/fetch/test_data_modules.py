"""Files of data (weights, lists of words) hold nothing else, and say so in their names."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "fetch").rglob("*.py"))
DATA = [path for path in MODULES if path.stem.endswith(("_words", "_weights", "_phrases"))]
LONGEST_TABLE = 30  # lines of one table that may stand among code


def called(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


@pytest.mark.parametrize("path", DATA, ids=called)
def test_a_file_of_data_holds_literals_only(path: Path) -> None:
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if not is_docstring(statement):
            assert isinstance(statement, ast.Assign), f"{called(path)}:{statement.lineno} is code"
            assert ast.literal_eval(statement.value)


@pytest.mark.parametrize("path", [path for path in MODULES if path not in DATA], ids=called)
def test_a_file_of_code_holds_no_long_table(path: Path) -> None:
    long = [
        f"{called(path)}:{statement.lineno}"
        for statement in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(statement, ast.Assign) and (statement.end_lineno or 0) - statement.lineno > LONGEST_TABLE
    ]
    assert long == []


def test_there_are_files_of_data() -> None:
    assert {"calendar_words", "link_weights", "boilerplate_phrases"} <= {path.stem for path in DATA}
