"""What is timed runs last and alone, and nothing else does: known by the id of a test as its mark tells it."""

from __future__ import annotations

import pytest

from tests.spreading import ROOT, TIMED, TimedFilesLast, is_timed

MARKED = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "tests").rglob("test_*.py")
    if "mark.wall_clock" in path.read_text("utf-8") and path.name != "test_spreading.py"
)


def test_the_mark_of_a_test_is_told_by_its_id(request: pytest.FixtureRequest) -> None:
    """Of every test in this run: what the scheduler thinks of it is what its marks say."""
    items = request.session.items
    assert [item.nodeid for item in items if is_timed(item.nodeid) != bool(item.get_closest_marker("wall_clock"))] == []


@pytest.mark.parametrize("file", MARKED)
def test_a_file_with_the_mark_has_timed_tests(file: str) -> None:
    tests = (ROOT / file).read_text("utf-8").replace("async def", "def").split("\n")
    names = [line.removeprefix("def ").partition("(")[0] for line in tests if line.startswith("def test_")]
    assert any(is_timed(f"{file}::{name}[case]") for name in names)


def test_timed_tests_are_one_piece_and_the_others_of_their_file_another() -> None:
    split = TimedFilesLast._split_scope
    here = TimedFilesLast.__new__(TimedFilesLast)
    file = "tests/tui/typeset/test_code_colours.py"
    assert split(here, f"{file}::test_no_text_holds_the_screen_up[python]") == TIMED
    assert split(here, f"{file}::test_other") == file
    assert split(here, "tests/bench/test_cli_speed.py::test_list_is_as_quick_as_promised") == TIMED
