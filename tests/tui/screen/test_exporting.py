"""The list goes into a file of the form its name says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.screen.conftest import Harness
from tui.screen.exporting import Exporting

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("name", "query", "number"), [("out.jsonl", "", 15), ("found.jsonl", "lighthouse", 1)])
async def test_what_is_listed_is_written(harness: Harness, tmp_path: Path, name: str, query: str, number: int) -> None:
    Exporting(harness.context, lambda: query).ask()
    harness.question.answered(str(tmp_path / name))
    await harness.done()
    assert len((tmp_path / name).read_text(encoding="utf-8").splitlines()) == number
    assert harness.said[0].startswith("Writing ")
    assert "written to" in harness.said[-1]


async def test_a_form_nobody_knows_is_one_sentence(harness: Harness, tmp_path: Path) -> None:
    Exporting(harness.context, lambda: "").ask()
    harness.question.answered(str(tmp_path / "out.pdf"))
    await harness.done()
    assert not (tmp_path / "out.pdf").exists()
    assert len(harness.said) == 2
    assert harness.said[-1].endswith(".")


async def test_no_name_writes_nothing(harness: Harness) -> None:
    Exporting(harness.context, lambda: "").ask()
    harness.question.answered("")
    assert harness.tasks == []
