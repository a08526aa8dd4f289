"""Making room asks once more."""

from __future__ import annotations

import pytest

from tests.tui.screen.conftest import Harness
from tui.screen.pruning import Pruning

pytestmark = pytest.mark.anyio


async def test_what_is_past_its_time_is_told_first_and_removed_when_asked_again(harness: Harness) -> None:
    library, removed = harness.library, []
    pruning = Pruning(harness.context, lambda: harness.said[-1] if harness.said else "", lambda: removed.append(True))
    pruning.prune()
    await harness.done()
    assert "again" not in harness.said[-1], "there is nothing yet"
    await library.mark_read(library.ids())
    source_id = library.entry(library.ids()[0]).source_id
    await library.keep_for(source_id, count=1)
    before = library.count()
    pruning.prune()
    await harness.done()
    assert harness.said[-1].endswith("P again removes them for good.")
    assert (library.count(), removed) == (before, [])
    pruning.prune()
    await harness.done()
    assert harness.said[-1].startswith("Removed: ")
    assert len(library.ids(f"source:{source_id}")) == 1
    assert removed == [True]
