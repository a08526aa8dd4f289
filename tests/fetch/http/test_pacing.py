from __future__ import annotations

import asyncio

import pytest

from fetch.errors import RateLimited, Unreachable
from fetch.http.pacing import LONGEST_CRAWL_DELAY, HostPace, Pacing, Slots


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("seconds", "least", "most"), [(0.003, 0, 0.001), (0.1, 0.1, 0.1), (1.5, 1.5, 1.5), (60, 10, 10)]
)
def test_the_pause_follows_the_hosts_own_time(seconds: float, least: float, most: float) -> None:
    host = HostPace()
    host.answered(seconds)
    assert least <= host.pause <= most


def test_the_quickest_of_the_last_answers_counts() -> None:
    host = HostPace()
    for seconds in (0.01, 3.0, 2.0):
        host.answered(seconds)
    assert host.pause < 0.01
    host.answered(2.5)
    assert host.pause == 2.0


def test_a_crawl_delay_goes_before_what_we_measure() -> None:
    host = HostPace()
    host.answered(0.001)
    host.crawl_delay = 7.0
    assert host.pause == 7.0
    host.crawl_delay = 86_400.0
    assert host.pause == LONGEST_CRAWL_DELAY


@pytest.mark.anyio
async def test_turns_of_one_host_are_a_pause_apart() -> None:
    clock = Clock()
    host = HostPace(clock)
    host.answered(0.2)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    async with host.turn("u"):
        pass
    async with host.turn("u"):
        assert loop.time() - begun >= 0.19


@pytest.mark.anyio
async def test_at_most_two_at_a_time() -> None:
    host = HostPace()
    host.answered(0.0001)
    running, most = 0, 0

    async def one() -> None:
        nonlocal running, most
        async with host.turn("u"):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(one() for _ in range(20)))
    assert most == 2


@pytest.mark.anyio
async def test_a_host_that_asked_to_be_left_alone_is() -> None:
    clock = Clock()
    host = HostPace(clock)
    host.hold(3600)
    with pytest.raises(RateLimited):
        async with host.turn("http://harbour.example/"):
            pytest.fail("it was asked")
    clock.now += 3601
    async with host.turn("http://harbour.example/"):
        assert host.unanswered == 0


@pytest.mark.anyio
async def test_silence_is_counted_until_an_answer_comes() -> None:
    pacing = Pacing()
    for count in (1, 2):
        with pytest.raises(Unreachable):
            async with pacing.turn("harbour.example", "u"):
                raise Unreachable("no answer")
        assert pacing.host("harbour.example").unanswered == count
    async with pacing.turn("harbour.example", "u") as host:
        host.answered(0.1)
    assert host.unanswered == 0


@pytest.mark.anyio
async def test_the_urgent_go_first() -> None:
    slots, order = Slots(1), list[str]()

    async def one(name: str, *, urgent: bool) -> None:
        async with slots.one(urgent=urgent):
            order.append(name)
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        for name, urgent in (("first", False), ("page", False), ("page", False), ("source", True), ("source", True)):
            group.create_task(one(name, urgent=urgent))
    assert order == ["first", "source", "source", "page", "page"]


@pytest.mark.anyio
async def test_who_takes_long_gives_its_place_up() -> None:
    slots, done = Slots(1), asyncio.Event()

    async def slow() -> None:
        async with slots.one(urgent=True):
            await done.wait()

    task = asyncio.create_task(slow())
    await asyncio.sleep(0)
    async with asyncio.timeout(3), slots.one(urgent=False):
        assert not task.done()
        done.set()
        await task
    async with asyncio.timeout(1), slots.one(urgent=False):
        assert slots._free == 0


@pytest.mark.anyio
async def test_who_stops_waiting_takes_no_place() -> None:
    slots = Slots(1)

    async def one() -> None:
        async with slots.one(urgent=True):
            pass

    async with slots.one(urgent=True):
        waiting = asyncio.create_task(one())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    async with asyncio.timeout(1), slots.one(urgent=True):
        assert slots._free == 0
