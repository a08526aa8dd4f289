"""A server that drips is given up; one at the end of a slow line is not."""

from __future__ import annotations

import asyncio

import pytest

from fetch.errors import Unreachable
from fetch.fetcher import Fetcher
from fetch.http import client
from fetch.http.client import BodyPace
from fetch.http.request import Deadlines, Request
from tests.wire import Connection, wire

pytestmark = pytest.mark.anyio
DRIP = Deadlines(connect=1.0, read=0.2, total=30.0)
MOMENT = 0.02


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands at the number in a list."""
    now = [0.0]
    monkeypatch.setattr(client.time, "monotonic", lambda: now[0])
    return now


@pytest.mark.parametrize(
    ("rate", "ends"),
    [(1, 20.0), (900, 20.0), (1_100, None), (20_000, None)],
    ids=["drip", "just too slow", "slow", "ship"],
)
def test_a_body_must_bring_a_kilobyte_a_second(clock: list[float], rate: int, ends: float | None) -> None:
    pace, ended = BodyPace(Deadlines()), None
    for second in range(1, 300):
        clock[0] = float(second)
        if not pace.is_kept(rate * second):
            ended = clock[0]
            break
    assert ended == ends


def test_one_that_stops_in_its_middle_is_too_slow_whatever_came_before(clock: list[float]) -> None:
    pace = BodyPace(Deadlines())
    clock[0] = 19.0
    assert pace.is_kept(5_000_000)
    clock[0] = 21.0
    assert pace.is_kept(5_000_001)
    clock[0] = 42.0
    assert not pace.is_kept(5_000_019)


async def asked(base: str) -> Unreachable:
    async with Fetcher(deadlines=DRIP) as one:
        with pytest.raises(Unreachable) as raised:
            await one.get(Request(f"{base}/drip", reach="anywhere"))
    return raised.value


async def dripped(connection: Connection, sent: bytes) -> None:
    """Sends bytes one by one until the other side hangs up."""
    gone = asyncio.ensure_future(connection.reader.read())
    for place in range(len(sent)):
        await connection.send(sent[place : place + 1])
        if (await asyncio.wait({gone}, timeout=MOMENT))[0]:
            return


async def test_a_body_that_drips_is_given_up() -> None:
    async def talk(connection: Connection) -> None:
        await connection.head()
        await connection.send(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5000\r\n\r\n")
        await dripped(connection, b"x" * 5_000)

    async with wire(talk) as (base, _):
        error = await asked(base)
    assert error.reason == "timed out"
    assert "too slowly: under 1,000 bytes a second" in str(error)


async def test_a_head_that_drips_is_given_up() -> None:
    async def talk(connection: Connection) -> None:
        await connection.head()
        await dripped(connection, b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 1_000)

    async with wire(talk) as (base, _):
        assert (await asked(base)).reason == "timed out"


def test_the_whole_of_a_request_ends_after_five_minutes() -> None:
    assert Deadlines().total == 300
