"""Three-way merging, as properties: nothing is undone, both sides end alike, and once more changes nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cache.sync.merging import ALL_MARKS, NO_BASE, READ, SAVED, merged

states = st.integers(0, ALL_MARKS)


@given(base=states, local=states, remote=states)
def test_what_was_done_on_either_side_stands_on_both(base: int, local: int, remote: int) -> None:
    result = merged(base, local, remote)
    for mark in (READ, SAVED):
        for side in (local, remote):
            if side & mark != base & mark:
                assert result.state & mark == side & mark
        if local & mark == base & mark == remote & mark:
            assert result.state & mark == base & mark
    assert local ^ result.here == remote ^ result.there == result.state


@given(base=states, local=states, remote=states)
def test_once_more_changes_nothing(base: int, local: int, remote: int) -> None:
    state = merged(base, local, remote).state
    assert merged(state, state, state) == (state, 0, 0)
    assert merged(base, state, remote).state == state, "sent twice"
    assert merged(base, local, state).state == state, "landed twice"


@given(local=states, remote=states)
def test_at_the_first_sync_a_mark_on_either_side_is_one_on_both(local: int, remote: int) -> None:
    assert merged(NO_BASE, local, remote).state == local | remote
