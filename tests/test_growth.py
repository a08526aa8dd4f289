"""Every parser, matcher and layout function takes twice as long for twice as much, whatever is repeated in it.

Half of what can be repeated goes into each, the other half into its neighbour; all into all in a long run.
"""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
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


def grows(seconds: Callable[[str, int], float], part: str, length: int) -> float:
    """How many times as long twice as much takes: the least of three doublings one after the other.

    What grows with the square does so at each; what passes the size of a cache on the way, at one.
    """
    least = math.inf
    for doubled in (1, 2, 4):
        texts = [part * (times * doubled * length // len(part)) for times in (1, 2)]
        for times in (1, 2, 6):  # on a busy machine one run takes as long as it likes
            once, twice = (seconds(text, times) for text in texts)
            least = min(least, twice / once)
            if least <= MOST:
                return least
    return least


@pytest.mark.wall_clock
@pytest.mark.parametrize(
    ("name", "repeated"),
    [(name, share(MARKUP, 2, place)) for place, name in enumerate(ON_MARKUP)]
    + [(name, share(TEXT, 2, place)) for place, name in enumerate(ON_TEXT)],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_twice_as_much_takes_twice_as_long(name: str, repeated: Sequence[str], apart: ProcessPoolExecutor) -> None:
    def measured(text: str, times: int) -> float:
        return apart.submit(seconds, name, text, times).result(timeout=120)

    for part in repeated:
        length = FEW
        while (once := measured(part * (length // len(part)), 1)) < MEASURABLE and length < MANY:
            length *= 2
        if once >= MEASURABLE:
            grown = grows(measured, part, length)
            assert grown <= MOST, f"{part!r}: {grown:.2f} times as long for twice as much as {length} characters"


def test_what_grows_with_the_square_is_found() -> None:
    assert grows(lambda text, _: len(text) + len(text) ** 2 / 4000, "a", FEW) > MOST
    assert grows(lambda text, _: len(text) * (3 if len(text) > FEW else 1), "a", FEW) <= MOST
