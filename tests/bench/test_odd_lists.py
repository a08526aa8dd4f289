"""Of odd lists of sources what can be read is taken, and what is left is told."""

import importlib.util
import sys
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("odd_lists", Path(__file__).parent / "odd_lists.py")
assert _SPEC is not None and _SPEC.loader is not None  # noqa: PT018
odd_lists = sys.modules["odd_lists"] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(odd_lists)

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("odd", odd_lists.LISTS, ids=lambda odd: odd.name)
async def test_an_odd_list_is_taken_as_far_as_it_can_be_read(odd, tmp_path: Path) -> None:
    found = await odd_lists.taken(odd, tmp_path)
    assert found.sources == odd.sources, found.sentence
    assert odd.told in found.sentence
    cut = ("cut", "no end tags", "no quotation marks")
    assert ("breaks off" in found.sentence) == odd.name.startswith(cut)
    if found.sources:
        assert found.is_whole != odd.name.startswith(cut)
