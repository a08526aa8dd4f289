"""Every parser, matcher and layout function takes twice as long for twice as much, whatever is repeated in it.

Half of what can be repeated goes into each, the other half into its neighbour; all into all in a long run.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.growth import MARKUP, ON_MARKUP, ON_TEXT, TEXT, seconds
from tests.shares import share

FEW, MANY = 4_000, 32_000
"""Characters of the shorter text: doubled until it takes long enough to be measured, at most so often."""
MEASURABLE = 0.025
MOST = 2.6


@pytest.fixture(scope="module")
def apart() -> Iterator[ProcessPoolExecutor]:
    """A process that does nothing else: in that of a whole suite, memory and threads of others take part in a time."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        yield process


@pytest.mark.wall_clock
@pytest.mark.parametrize(
    ("name", "repeated"),
    [(name, share(MARKUP, 2, place)) for place, name in enumerate(ON_MARKUP)]
    + [(name, share(TEXT, 2, place)) for place, name in enumerate(ON_TEXT)],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_twice_as_much_takes_twice_as_long(name: str, repeated: Sequence[str], apart: ProcessPoolExecutor) -> None:
    def measured(text: str, times: int = 1) -> float:
        return apart.submit(seconds, name, text, times).result(timeout=120)

    for part in repeated:
        length = FEW
        while (once := measured(part * (length // len(part)))) < MEASURABLE and length < MANY:
            length *= 2
        if once < MEASURABLE:
            continue
        twice = measured(part * (2 * length // len(part)))
        for times in (2, 3, 6, 10):  # on a busy machine one run takes as long as it likes
            if twice > MOST * once:
                once = min(once, measured(part * (length // len(part)), times))
                twice = min(twice, measured(part * (2 * length // len(part)), times))
        if twice > MOST * once:  # memory that others left in that process may take part too
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as fresh:
                once = fresh.submit(seconds, name, part * (length // len(part)), 10).result(timeout=120)
                twice = fresh.submit(seconds, name, part * (2 * length // len(part)), 10).result(timeout=120)
        assert twice <= MOST * once, f"{part!r}: {once:.3f} s, and {twice:.3f} s for twice as many"
