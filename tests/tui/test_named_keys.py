"""Keys in sentences on screen stand there by their ids: the settings may have given them others."""

from __future__ import annotations

import ast
import re

import pytest

from tests.modules import MODULES, ROOT

SAYS_A_KEY = re.compile(
    r"(?:^|[\s(·])[a-zA-Z?^/] (?:brings|takes|fetches|adds|shows|goes|opens|stops|leaves|marks)\b|· [a-z^]$"
)
SCREEN = [path for name, path in MODULES.items() if name.startswith(("tui.screen.", "tui.dialogs.", "tui.panes."))]


def sentences(tree: ast.AST) -> list[str]:
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


@pytest.mark.parametrize("path", SCREEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_sentence_names_a_key_by_its_usual_letter(path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [said for said in sentences(tree) if SAYS_A_KEY.search(said)] == []


def test_such_a_sentence_is_found() -> None:
    assert SAYS_A_KEY.search("Thrown away. u brings it back.")
    assert SAYS_A_KEY.search("5 related · i")
    assert not SAYS_A_KEY.search("{main.undo|u} brings it back, and a story opens.")
