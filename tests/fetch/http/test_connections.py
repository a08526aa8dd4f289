"""Idle connections: closed in time, never believed, and a request that one of them lost is sent once more."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from fetch.errors import Unreachable
from fetch.http import transport
from fetch.http.request import Request
from tests.newsroom import fetcher
from tests.wire import Connection, answer, certified, wire

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["clear", "tls"])
def secure(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    if request.param == "clear":
        return None
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return certified(tmp_path)


async def ask(one: object, url: str) -> bytes:
    return (await one.get(Request(url, reach="anywhere"))).body  # type: ignore[attr-defined,no-any-return]


async def test_a_request_lost_on_a_dropped_idle_connection_is_asked_once_more(secure: object) -> None:
    async def talk(connection: Connection) -> None:
        await connection.head()
        await connection.send(answer(b"number %d" % connection.number))
        if connection.number == 1:
            await connection.head()  # and hangs up on it: the idle connection was just being closed
        else:
            await connection.head()

    async with wire(talk, secure) as (base, connections), fetcher() as one:  # type: ignore[arg-type]
        assert await ask(one, base + "/a") == b"number 1"
        assert await ask(one, base + "/b") == b"number 2"
        assert len(connections) == 2


async def test_a_request_that_every_connection_loses_is_asked_no_third_time() -> None:
    asked = 0

    async def talk(connection: Connection) -> None:
        nonlocal asked
        while await connection.head():
            asked += 1
            if asked > 1:
                return
            await connection.send(answer())

    async with wire(talk) as (base, _), fetcher() as one:
        assert await ask(one, base + "/a") == b"ok"
        with pytest.raises(Unreachable):
            await ask(one, base + "/b")
    assert asked == 3


async def test_a_fresh_connection_that_is_dropped_is_a_failure_at_once() -> None:
    async def talk(connection: Connection) -> None:
        await connection.head()

    async with wire(talk) as (base, connections), fetcher() as one:
        with pytest.raises(Unreachable):
            await ask(one, base)
        assert len(connections) == 1


LATE = answer(b"too late", "408 Request Timeout", connection="close")


async def test_bytes_that_come_unasked_end_an_idle_connection(secure: object) -> None:
    sent = asyncio.Event()

    async def talk(connection: Connection) -> None:
        while await connection.head():
            await connection.send(answer(b"number %d" % connection.number))
            if connection.number == 1:
                await connection.send(LATE)
                sent.set()

    async with wire(talk, secure) as (base, connections), fetcher() as one:  # type: ignore[arg-type]
        assert await ask(one, base + "/a") == b"number 1"
        await sent.wait()
        assert await ask(one, base + "/b") == b"number 2"
        assert len(connections) == 2


async def test_bytes_behind_an_answer_are_never_the_answer_to_the_next_request() -> None:
    async def talk(connection: Connection) -> None:
        while await connection.head():
            behind = answer(b"smuggled") if connection.number == 1 else b""
            await connection.send(answer(b"number %d" % connection.number) + behind)

    async with wire(talk) as (base, _), fetcher() as one:
        assert await ask(one, base + "/a") == b"number 1"
        assert await ask(one, base + "/b") == b"number 2"


async def test_a_408_on_a_used_connection_is_of_the_time_in_which_it_was_idle() -> None:
    async def talk(connection: Connection) -> None:
        await connection.head()
        await connection.send(answer(b"number %d" % connection.number))
        if connection.number == 1 and await connection.head():
            await connection.send(LATE)

    async with wire(talk) as (base, _), fetcher() as one:
        assert await ask(one, base + "/a") == b"number 1"
        assert await ask(one, base + "/b") == b"number 2"


@pytest.mark.parametrize(
    ("keep_alive", "idle", "connections_used"),
    [
        ("", 4.5, 1),
        ("", 5.5, 2),
        ("timeout=3, max=100", 1.5, 1),
        ("timeout=3, max=100", 2.5, 2),
        ("rubbish", 4.5, 1),
        ("timeout=30", 28.5, 1),
        ("timeout=30", 29.5, 2),
        ("timeout=600", 59.0, 1),
        ("timeout=600", 61.0, 2),
    ],
)
async def test_an_idle_connection_is_closed_before_the_server_would(
    keep_alive: str, idle: float, connections_used: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(connection: Connection) -> None:
        while await connection.head():
            await connection.send(answer(**({"keep_alive": keep_alive} if keep_alive else {})))

    now, later = time.monotonic, 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now() + later)
    async with wire(talk) as (base, connections), fetcher() as one:
        await ask(one, base + "/a")
        later = idle
        await ask(one, base + "/b")
        assert len(connections) == connections_used
    assert transport.IDLE == 5.0


@pytest.mark.parametrize(
    "before",
    [b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", b"x-a: b\r\n", b"x"],
    ids=["103", "100", "headers", "header"],
)
async def test_what_comes_before_a_body_without_end_ends_at_a_limit(before: bytes) -> None:
    sent = 0

    async def talk(connection: Connection) -> None:
        nonlocal sent
        await connection.head()
        await connection.send(b"" if before.startswith(b"HTTP") else b"HTTP/1.1 200 OK\r\nx: ")
        while True:
            await connection.send(before * (20_000 // len(before)))
            sent += 20_000

    async with wire(talk) as (base, _), fetcher() as one:
        with pytest.raises(Unreachable) as failed:
            await ask(one, base + "/a")
        assert failed.value.reason == "broken answer"
    assert sent < 10_000_000  # what the sockets' buffers take


async def test_a_few_answers_that_are_only_of_the_way_are_passed_over() -> None:
    async def talk(connection: Connection) -> None:
        while await connection.head():
            await connection.send(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n" * 20 + answer(b"x" * 500_000))

    async with wire(talk) as (base, connections), fetcher() as one:
        assert len(await ask(one, base + "/a")) == 500_000
        assert len(await ask(one, base + "/b")) == 500_000
        assert len(connections) == 1
