"""The table of limits in SECURITY.md says what the code does."""

from __future__ import annotations

import dataclasses
import re
from importlib import import_module

import pytest

from tests.modules import ROOT

ROWS = re.findall(
    r"^\| ([^|]+) \| ([\d,]+)[^|]* \| [^|]+ \| `([\w/]+)\.py:([\w.]+)` \|$",
    (ROOT / "SECURITY.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def value(module: str, name: str) -> float:
    """The constant, or the default of a field."""
    found = import_module(module.replace("/", "."))
    owner, _, field = name.partition(".")
    if not field:
        return float(getattr(found, owner))
    return next(float(each.default) for each in dataclasses.fields(getattr(found, owner)) if each.name == field)


def test_the_table_is_read_whole() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8").partition("## Limits")[2].partition("\n## ")[0]
    assert len(ROWS) == sum(line.startswith("|") for line in page.splitlines()) - 2 > 20


@pytest.mark.parametrize(("what", "figure", "module", "name"), ROWS)
def test_a_limit_is_what_the_table_says(what: str, figure: str, module: str, name: str) -> None:
    assert value(module, name) == float(figure.replace(",", "")), what
