from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from fetch.errors import FetchError
from fetch.http import socket_stream
from fetch.http.http2_frames import Http2Frames
from fetch.http.request import Request
from tests.newsroom import fetcher

pytestmark = pytest.mark.anyio


class Visits:
    """What a server that speaks HTTP/2 only has seen."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        talk.initiate_connection()
        writer.write(talk.data_to_send())
        while received := await reader.read(65_536):
            for event in talk.receive_data(received):
                if isinstance(event, h2.events.RequestReceived):
                    self._answer(talk, event)
            writer.write(talk.data_to_send())
        writer.close()

    def _answer(self, talk: h2.connection.H2Connection, event: h2.events.RequestReceived) -> None:
        asked = dict(event.headers)
        self.paths.append(asked[b":path"].decode())
        talk.send_headers(event.stream_id, [(":status", "200"), ("content-type", "text/html"), ("etag", '"two"')])
        talk.send_data(event.stream_id, b"by " + asked[b"user-agent"][:10], end_stream=True)


@asynccontextmanager
async def two(folder: Path, visits: Visits | None = None) -> AsyncIterator[tuple[Visits, str]]:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    context.set_alpn_protocols(["h2"])
    visits = visits or Visits()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await visits.serve(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield visits, f"https://localhost:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def test_http_2_is_spoken_where_the_server_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    async with two(tmp_path) as (visits, base), fetcher() as one:
        responses = [await one.get(Request(f"{base}/{name}", reach="anywhere")) for name in ("mole", "tide")]
    assert [response.body for response in responses] == [b"by Broadsheet"] * 2
    assert responses[0].validators.etag == '"two"'
    assert visits.paths == ["/mole", "/tide"]
    assert visits.connections == 1


class Going(Visits):
    """A server that ends each of its connections with GOAWAY after one answer, having or not having hung up."""

    def __init__(self, *, hangs_up: bool) -> None:
        super().__init__()
        self.hangs_up = hangs_up

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        talk.initiate_connection()
        writer.write(talk.data_to_send())
        answered = False
        while (received := await reader.read(65_536)) and not (answered and self.hangs_up):
            if answered:
                continue  # GOAWAY has been said: nothing that comes now is looked at
            for event in talk.receive_data(received):
                if isinstance(event, h2.events.RequestReceived) and not answered:
                    self._answer(talk, event)
                    answered = True
                    if not self.hangs_up:
                        talk.close_connection(last_stream_id=event.stream_id)
            writer.write(talk.data_to_send())
        writer.close()


@pytest.mark.parametrize("hangs_up", [False, True], ids=["goaway", "hang up"])
async def test_a_request_on_a_connection_that_is_going_away_is_asked_on_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hangs_up: bool
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    async with two(tmp_path, Going(hangs_up=hangs_up)) as (visits, base), fetcher() as one:
        responses = [await one.get(Request(f"{base}/{name}", reach="anywhere")) for name in ("mole", "tide", "pier")]
    assert [response.body for response in responses] == [b"by Broadsheet"] * 3
    assert visits.paths == ["/mole", "/tide", "/pier"]
    assert visits.connections == 3


class Parting(Going):
    """A server that says GOAWAY on each connection, and gives the answer that is under way all the same."""

    def __init__(self, *, last: int, at: int) -> None:
        super().__init__(hangs_up=False)
        self.goodbye = b"\0\0\x08\x07\0" + bytes(4) + last.to_bytes(4) + bytes(4)
        self.at = at  # bytes of the answer that come before it

    def _answer(self, talk: h2.connection.H2Connection, event: h2.events.RequestReceived) -> None:
        written = talk.data_to_send()
        super()._answer(talk, event)
        answer = talk.data_to_send()
        talk._data_to_send += written + answer[: self.at] + self.goodbye + answer[self.at :]


@pytest.mark.parametrize("last", [1, 2**31 - 1])
@pytest.mark.parametrize("said", ["before", "within", "after"])
async def test_an_answer_that_is_under_way_when_the_server_says_goodbye_still_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int, said: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    monkeypatch.setattr(h2.connection.H2Connection, "close_connection", lambda *_, **__: None)
    server = Parting(last=last, at={"before": 0, "within": -22, "after": 1_000}[said])
    async with two(tmp_path, server) as (visits, base), fetcher() as one:
        responses = [await one.get(Request(f"{base}/{name}", reach="anywhere")) for name in ("mole", "tide", "pier")]
    assert [response.body for response in responses] == [b"by Broadsheet"] * 3
    assert visits.paths == ["/mole", "/tide", "/pier"]
    assert visits.connections == 3


class Odd(Visits):
    """A server whose answers are no HTTP/2 that could be understood."""

    def __init__(self, status: str, data: bytes = b"") -> None:
        super().__init__()
        self.status = status
        self.broken = data

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        settings = h2.config.H2Configuration(client_side=False, validate_outbound_headers=False)
        talk = h2.connection.H2Connection(settings)
        talk.initiate_connection()
        writer.write(talk.data_to_send())
        while received := await reader.read(65_536):
            for event in talk.receive_data(received):
                if isinstance(event, h2.events.RequestReceived):
                    talk.send_headers(event.stream_id, [(":status", self.status), ("content-type", "text/html")])
                    talk.send_data(event.stream_id, b"begun", end_stream=not self.broken)
            writer.write(talk.data_to_send() + self.broken)
        writer.close()


@pytest.mark.parametrize(
    ("status", "broken"),
    [("abc", b""), ("", b""), ("200", b"\xff" * 40), ("200", b"\x00\x00\x04\x08\x00\x00\x00\x00\x01\x00\x00\x00\x00"),
     ("200", b"\x00\x00\x01\x01\x04\x00\x00\x00\x01\x80"), ("404", b"\xff" * 40)],
    ids=["status", "no status", "no frame", "no window", "no header", "error page"],
)  # fmt: skip
async def test_an_answer_that_is_no_http_2_is_a_failure_of_its_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: str, broken: bytes
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    async with two(tmp_path, Odd(status, broken)) as (_, base), fetcher() as one:
        with pytest.raises(FetchError) as caught:
            await one.get(Request(base, reach="anywhere"))
    assert caught.value.url == base


class Endless(Visits):
    """A server that never comes to its answer's body, or to its end."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what
        self.sent = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        talk.initiate_connection()
        writer.write(talk.data_to_send())
        while received := await reader.read(65_536):
            for event in talk.receive_data(received):
                if isinstance(event, h2.events.RequestReceived):
                    await self._go_on(talk, event.stream_id, writer)
        writer.close()

    async def _go_on(self, talk: h2.connection.H2Connection, stream: int, writer: asyncio.StreamWriter) -> None:
        if self.what == "empty":
            talk.send_headers(stream, [(":status", "200"), ("content-type", "text/html")])
        if self.what == "103":
            frames = _EARLY_HINTS + stream.to_bytes(4) + _FIELDS
        elif self.what == "ping":
            talk.ping(b"\0" * 8)
            frames = talk.data_to_send()
        else:
            talk.send_data(stream, b"")
            frames = talk.data_to_send()
        with contextlib.suppress(OSError):
            for _ in range(40_000):
                self.sent += 100 * len(frames)
                writer.write(100 * frames)
                await writer.drain()


_FIELDS = b"\x08\x03103" + b"\x00\x04link\x04</a>"  # ":status: 103" and a link, neither to be remembered
_EARLY_HINTS = len(_FIELDS).to_bytes(3) + b"\x01\x04"  # HEADERS that end their block


@pytest.mark.parametrize("what", ["103", "ping", "empty"])
async def test_what_comes_without_end_beside_a_body_is_a_broken_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    monkeypatch.setattr(socket_stream, "MOST_HEAD", 20_000)
    async with two(tmp_path, Endless(what)) as (visits, base), fetcher() as one:
        with pytest.raises(FetchError) as caught:
            await one.get(Request(base, reach="anywhere"))
    assert caught.value.reason == "broken answer"
    assert isinstance(visits, Endless)
    assert visits.sent < 10_000_000  # what lies in the buffers on the way, and no more


class BreakingOff(Visits):
    """A server that resets each stream, or says that it goes away, in the middle of its answer."""

    def __init__(self, how: str) -> None:
        super().__init__()
        self.how = how

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(h2.exceptions.ProtocolError):  # something is said to it when it has said goodbye
            await super().serve(reader, writer)

    def _answer(self, talk: h2.connection.H2Connection, event: h2.events.RequestReceived) -> None:
        talk.send_headers(event.stream_id, [(":status", "200"), ("content-type", "text/html")])
        talk.send_data(event.stream_id, b"begun")
        if self.how == "reset":
            talk.reset_stream(event.stream_id, 2)
        else:
            talk.close_connection(error_code=2, last_stream_id=event.stream_id)


@pytest.mark.parametrize("how", ["reset", "goaway"])
async def test_an_answer_that_is_reset_over_http_2_was_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    async with two(tmp_path, BreakingOff(how)) as (_, base), fetcher() as one:
        with pytest.raises(FetchError, match="broke its answer off") as caught:
            await one.get(Request(base, reach="anywhere"))
    assert caught.value.reason == "broken answer"


@given(st.lists(st.integers(1, 40), max_size=60))
def test_property_frames_are_told_apart_wherever_what_comes_is_cut(sizes: list[int]) -> None:
    frames = [b"\0\0\x05\0\0\0\0\0\1hello", b"\0\0\0\0\1\0\0\0\1", b"\0\0\x03\1\4\0\0\0\1\x88\x88\x88"]
    goodbye, angry = (b"\0\0\x08\x07\0" + bytes(4) + b"\0\0\0\1" + error for error in (bytes(4), b"\0\0\0\2"))
    came = frames[2] + goodbye + b"".join(frames) + angry + goodbye[:5]
    one, passed, at = Http2Frames(), b"", 0
    for size in [*sizes, len(came)]:
        passed += one.received(came[at : at + size])
        at += size
    assert passed == frames[2] + b"".join(frames) + angry
    assert one.is_over
    assert one.beside_bodies == 12 + 17 + 9 + 12 + 17


def test_a_goodbye_before_a_request_that_was_made_is_told() -> None:
    one = Http2Frames()
    one.sent(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0" + b"\0\0\1\1\5\0\0\0\3\x82")
    goodbye = b"\0\0\x08\x07\0" + bytes(4) + b"\0\0\0\1" + bytes(4)
    assert one.received(goodbye) == goodbye
    assert not one.is_over
