"""The pool of parsers: what ends one is told as such, remembered by its bytes, and takes nobody else along."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from fetch.errors import BrokenAnswer, FetchError, NoParser, NotASource, StillUnreadable, Unreadable
from fetch.http.response import Response
from fetch.listing import read_listing
from fetch.parsers import limits, pool
from fetch.parsers.limits import Limits
from fetch.parsers.parser import Parser, ParserEnded
from fetch.parsers.pool import KnownUnreadable, ParserPool
from tests.fetch.parsers.dying import BREAKS, CRASHES, ENDLESS, KILLED, LIFTED, SHOUTS, SLEEPS, STAYS, SWELLS, parts_of

pytestmark = pytest.mark.anyio
URL = "https://paper.example/"
DYING = "tests.fetch.parsers.dying"
IMPATIENT = Limits(processor=1.0, seconds=10.0)


class Remembered(dict[str, KnownUnreadable]):
    """What could not be read, in a test."""

    async def known(self, url: str) -> KnownUnreadable | None:
        return self.get(url)

    async def note(self, url: str, known: KnownUnreadable) -> None:
        self[url] = known


@pytest.fixture
def logged() -> list[str]:
    return []


@pytest.fixture
async def parsers(logged: list[str], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ParserPool]:
    monkeypatch.setattr(pool, "USUAL_LIMITS", IMPATIENT)
    own = ParserPool(Remembered(), log=logged.append, process=DYING)
    yield own
    await own.close()


async def size(parsers: ParserPool, text: str, name: str = URL) -> int:
    body = text.encode()
    return await parsers.run(name, partial(len, body), body=body)


def children() -> set[int]:
    """The processes that this one has started and that are still there, by their numbers."""
    own = Path(f"/proc/{os.getpid()}/task")
    return {int(number) for task in own.iterdir() for number in (task / "children").read_text().split()}


async def test_what_a_call_returns_comes_back(parsers: ParserPool) -> None:
    assert await size(parsers, "four") == 4
    assert await size(parsers, SHOUTS + "and no harm done") == len(SHOUTS) + 16


async def test_what_a_call_raises_on_purpose_is_raised(parsers: ParserPool) -> None:
    with pytest.raises(NotASource) as raised:
        await parsers.run(URL, partial(read_listing, "section", Response(URL, 200, b"<p>Nothing.")))
    assert (raised.value.url, raised.value.reason) == (URL, "not a source")
    with pytest.raises(FetchError):
        await parsers.run(URL, partial(read_listing, "feed", Response(URL, 200, b"no feed")))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (CRASHES, "it ended the program that read it"),
        (BREAKS, "it ended the program that read it"),
        (ENDLESS, "reading it takes too long"),
        (SWELLS, "reading it takes too much memory"),
    ],
)
async def test_what_ends_its_parser_is_said_to_and_the_next_is_read(parsers: ParserPool, text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=f"{URL} cannot be read: {why}."):
        await size(parsers, text)
    assert await size(parsers, "four") == 4


async def test_what_makes_its_parser_sleep_is_ended_by_the_clock_on_the_wall(
    parsers: ParserPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "USUAL_LIMITS", Limits(seconds=0.5))
    with pytest.raises(Unreadable, match="takes too long"):
        await size(parsers, SLEEPS)


async def test_memory_is_watched_from_outside_where_the_system_refuses_none(
    parsers: ParserPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fetch.parsers.parser._BETWEEN_LOOKS", 0.01)
    with pytest.raises(Unreadable, match="too much memory"):
        await size(parsers, f"{LIFTED} {SWELLS}")


@pytest.mark.parametrize("text", [STAYS, "four"])
async def test_one_that_keeps_what_it_took_is_not_asked_again(parsers: ParserPool, text: str) -> None:
    assert await size(parsers, text) == len(text)
    assert len(parsers._idle) == (text != STAYS)
    assert await size(parsers, "fives") == 5


async def test_it_is_remembered_until_its_bytes_are_others(parsers: ParserPool, logged: list[str]) -> None:
    with pytest.raises(Unreadable) as first:
        await size(parsers, CRASHES)
    with pytest.raises(StillUnreadable) as second:
        await size(parsers, CRASHES)
    assert str(first.value) == str(second.value)
    assert len(logged) == 1
    with pytest.raises(Unreadable) as third:
        await size(parsers, CRASHES + "!")
    assert not isinstance(third.value, StillUnreadable)
    assert await size(parsers, "four") == 4


async def test_a_mistake_of_ours_leaves_its_trace(parsers: ParserPool, logged: list[str]) -> None:
    for text in (BREAKS, CRASHES, ENDLESS, SWELLS):
        with pytest.raises(Unreadable):
            await size(parsers, text)
    broken, crashed = logged
    assert broken.startswith(f"{URL}\nTraceback")
    assert broken.endswith("ZeroDivisionError: a fault in a parser")
    assert "Segmentation fault" in crashed
    assert re.search(r"dying\.py.+ in deadly", crashed)


async def test_what_a_parser_read_that_somebody_else_killed_is_read_again(parsers: ParserPool) -> None:
    assert await size(parsers, "four") == 4
    (parser,) = parsers._idle
    os.kill(parser._process.pid, signal.SIGKILL)
    assert await size(parsers, "fives") == 5


async def test_what_somebody_else_kills_again_and_again_is_not_remembered_as_unreadable(
    parsers: ParserPool, logged: list[str]
) -> None:
    with pytest.raises(Unreadable, match="was ended from outside"):
        await size(parsers, KILLED)
    assert not parsers._memory
    assert not logged


async def test_what_a_parser_read_that_somebody_else_stopped_is_not_remembered_as_unreadable(
    parsers: ParserPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "USUAL_LIMITS", Limits(seconds=0.5))
    assert await size(parsers, "four") == 4
    os.kill(parsers._idle[0]._process.pid, signal.SIGSTOP)
    with pytest.raises(Unreadable, match="takes too long"):
        await size(parsers, "four")
    assert await size(parsers, "four") == 4


async def test_the_time_in_which_nobody_looked_counts_for_little(
    parsers: ParserPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await size(parsers, "four") == 4
    (parser,) = parsers._idle
    loop, ahead = asyncio.get_running_loop(), 0.0
    clock = loop.time
    monkeypatch.setattr(loop, "time", lambda: clock() + ahead)
    asked = asyncio.ensure_future(size(parsers, SLEEPS))
    while not parser._busy or parser._next_look.cancelled():  # noqa: ASYNC110 - until it reads
        await asyncio.sleep(0)
    ahead, before = 1000.0, parser._looked  # as after ctrl+z and fg
    while parser._looked == before:  # noqa: ASYNC110 - until it was looked at
        await asyncio.sleep(0)
    assert parser._cause is None
    asked.cancel()
    await asyncio.wait({asked})


async def test_one_that_is_killed_as_it_begins_is_started_once_more(
    parsers: ParserPool, monkeypatch: pytest.MonkeyPatch, logged: list[str]
) -> None:
    start, tries = parsers._start, itertools.count()

    async def killed_at_first() -> Parser:
        if not next(tries):
            raise ParserEnded("killed")
        return await start()

    monkeypatch.setattr(parsers, "_start", killed_at_first)
    assert await size(parsers, "four") == 4
    assert not logged


async def test_where_no_further_one_can_be_started_that_which_is_there_reads_everything(
    parsers: ParserPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, tries = parsers._start, itertools.count()

    async def no_second() -> Parser:
        if next(tries):
            raise OSError
        return await start()

    monkeypatch.setattr(parsers, "_start", no_second)
    assert await asyncio.gather(*(size(parsers, "x" * length) for length in range(20))) == [*range(20)]
    assert next(tries) == 2  # it was tried once, not each time


async def test_where_none_can_be_started_each_is_told_and_nobody_waits(
    parsers: ParserPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def none() -> Parser:
        await asyncio.sleep(0)
        raise OSError

    monkeypatch.setattr(parsers, "_start", none)
    told = await asyncio.gather(*(size(parsers, "four") for _ in range(5)), return_exceptions=True)
    assert {type(error) for error in told} == {NoParser}


async def test_a_system_that_allows_no_thread_for_a_process_allows_no_process(
    parsers: ParserPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_thread(*_: object, **__: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", no_thread)
    with pytest.raises(NoParser):
        await size(parsers, "four")


async def test_nobody_waits_for_what_takes_long_beside_him(parsers: ParserPool) -> None:
    slow = [asyncio.ensure_future(size(parsers, ENDLESS + "x" * pool.LARGE)) for _ in range(3)]
    assert [await size(parsers, "four") for _ in range(5)] == [4] * 5
    assert not any(each.done() for each in slow)
    for each in slow:
        each.cancel()
    await asyncio.wait(slow)


async def test_whoever_stops_waiting_ends_the_parser(parsers: ParserPool) -> None:
    asked = asyncio.ensure_future(size(parsers, SLEEPS))
    while not parsers._places._value < pool.MOST_PARSERS:  # noqa: ASYNC110 - until it has its place
        await asyncio.sleep(0)
    asked.cancel()
    await asyncio.wait({asked})
    assert await size(parsers, "four") == 4


async def test_parts_come_one_by_one_each_under_the_limits(parsers: ParserPool) -> None:
    told = [part async for part in parsers.stream(URL, partial(parts_of, b"a\nb\nc"))]
    assert told == [b"a", b"b", b"c"]
    parts = parsers.stream(URL, partial(parts_of, b"a\n!" + ENDLESS.encode()), IMPATIENT)
    assert await anext(parts) == b"a"
    with pytest.raises(Unreadable, match="takes too long"):
        await anext(parts)


async def test_a_file_that_is_not_there_is_what_it_is(parsers: ParserPool, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await parsers.run("gone", partial(Path.read_bytes, tmp_path / "gone"))


async def test_a_parser_that_cannot_begin_is_no_things_fault(logged: list[str], tmp_path: Path) -> None:
    own = ParserPool(Remembered(), log=logged.append, process="fetch.parsers.nowhere")
    with pytest.raises(FetchError, match="no process can be started") as raised:
        await size(own, "four")
    assert not isinstance(raised.value, Unreadable)
    await own.close()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_no_parser_outlives_its_pool(logged: list[str]) -> None:
    before = children()
    own = ParserPool(Remembered(), log=logged.append, process=DYING)
    own.warm()
    assert await asyncio.gather(size(own, "one"), size(own, "three")) == [3, 5]
    assert children() > before
    await own.close()
    assert children() == before


async def test_idle_parsers_are_put_away(parsers: ParserPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "IDLE_PARSER_SECONDS", 0.0)
    assert await size(parsers, "four") == 4
    while parsers._idle or parsers._putting_away:  # noqa: ASYNC110 - it happens by itself
        await asyncio.sleep(0)
    assert await size(parsers, "fives") == 5


def test_a_process_that_is_not_there_has_no_memory() -> None:
    assert limits.resident_memory(os.getpid()) > 1_000_000
    assert limits.resident_memory(2**22 + 1) == 0


def test_errors_come_back_as_they_were() -> None:
    import pickle

    for error in (BrokenAnswer("No.", URL), NotASource("No.", URL, reason="address"), Unreadable("No.", URL)):
        back = pickle.loads(pickle.dumps(error))
        assert (type(back), str(back), back.url, back.reason) == (type(error), str(error), error.url, error.reason)


async def test_a_parser_that_has_more_to_say_than_anybody_wants_ends(parsers: ParserPool) -> None:
    """More than a pipe and the buffer behind it hold, which nobody reads any more."""
    parts = parsers.stream(URL, partial(parts_of, b"\n".join([b"x" * 500_000] * 30)))
    assert await anext(parts)
    assert await size(parsers, "four") == 4, "meanwhile the other has written all that it could"
    await parts.aclose()
    async with asyncio.timeout(20):
        await parsers.close()
    assert children() == set()
