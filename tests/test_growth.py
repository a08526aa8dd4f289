"""Every parser, matcher and layout function takes twice as long for twice as much, whatever is repeated in it."""

from __future__ import annotations

import contextlib
import functools
import gc
import time
from collections.abc import Callable, Iterator

import pytest

from fetch.errors import FetchError
from tests.growth import MARKUP, ON_MARKUP, ON_TEXT, TEXT

FEW, MANY = 4_000, 32_000
"""Characters of the shorter text: doubled until it takes long enough to be measured, at most so often."""
MEASURABLE = 0.025
MOST = 2.6
_OURS = ("fetch", "cache", "tui")


@pytest.fixture(scope="module")
def memories() -> list[functools._lru_cache_wrapper[object]]:
    """What our functions remember, which must not answer in their place."""
    every = (one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper))
    return [one for one in every if str(getattr(one, "__module__", "")).partition(".")[0] in _OURS]


def seconds(
    read: Callable[[str], object], text: str, memories: list[functools._lru_cache_wrapper[object]], times: int = 1
) -> float:
    """The processor's time, the least of some runs."""

    def runs() -> Iterator[float]:
        for _ in range(times):
            for memory in memories:
                memory.cache_clear()
            gc.disable()  # its passes over all there is fall now into one run, now into another
            began = time.process_time()
            with contextlib.suppress(FetchError):
                read(text)
            took = time.process_time() - began
            gc.enable()
            yield took

    return min(runs())


@pytest.mark.wall_clock
@pytest.mark.parametrize(
    ("name", "repeated"), [(name, MARKUP) for name in ON_MARKUP] + [(name, TEXT) for name in ON_TEXT]
)
def test_twice_as_much_takes_twice_as_long(
    name: str, repeated: tuple[str, ...], memories: list[functools._lru_cache_wrapper[object]]
) -> None:
    read = ON_MARKUP[name] if repeated is MARKUP else ON_TEXT[name]
    for part in repeated:
        length = FEW
        while (once := seconds(read, part * (length // len(part)), memories)) < MEASURABLE and length < MANY:
            length *= 2
        if once < MEASURABLE:
            continue
        twice = seconds(read, part * (2 * length // len(part)), memories)
        for times in (2, 3, 6, 10):  # on a busy machine one run takes as long as it likes
            if twice > MOST * once:
                once = min(once, seconds(read, part * (length // len(part)), memories, times))
                twice = min(twice, seconds(read, part * (2 * length // len(part)), memories, times))
        assert twice <= MOST * once, f"{part!r}: {once:.3f} s, and {twice:.3f} s for twice as many"
