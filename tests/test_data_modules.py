"""Files of data (weights, lists of words) hold nothing else, and say so in their names."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.modules import MODULES as MODULES_BY_NAME
from tests.modules import ROOT
from tests.shares import of_each

MODULES = sorted(MODULES_BY_NAME.values())
DATA = [path for path in MODULES if path.stem.endswith(("_words", "_weights", "_phrases"))]
LONGEST_TABLE = 30  # lines of one table that may stand among code


def called(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def is_table(value: ast.expr) -> bool:
    """Whether this is data in rows; a script of SQL, say, is one string."""
    named = any(isinstance(node, ast.Name | ast.Call) for node in ast.walk(value))
    return not isinstance(value, ast.Constant) and not named


@pytest.mark.parametrize("path", DATA, ids=called)
def test_a_file_of_data_holds_literals_only(path: Path) -> None:
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if not is_docstring(statement):
            assert isinstance(statement, ast.Assign), f"{called(path)}:{statement.lineno} is code"
            assert ast.literal_eval(statement.value)


@of_each([path for path in MODULES if path not in DATA])
def test_a_file_of_code_holds_no_long_table(path: Path) -> None:
    long = [
        f"{called(path)}:{statement.lineno}"
        for statement in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(statement, ast.Assign)
        and is_table(statement.value)
        and (statement.end_lineno or 0) - statement.lineno > LONGEST_TABLE
    ]
    assert long == []


def test_there_are_files_of_data() -> None:
    assert {"calendar_words", "link_weights", "boilerplate_phrases", "zlib_words"} <= {path.stem for path in DATA}
