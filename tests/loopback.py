"""A small web server on loopback: real sockets, real HTTP, TLS where asked; it notes every request it saw.

An answer can be cut: its connection ends where it says.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Literal, Self, TypeAlias

Cut: TypeAlias = Literal["after the head", "in the middle", "before the last byte", "after all"]
CUTS: tuple[Cut, ...] = ("after the head", "in the middle", "before the last byte", "after all")


@dataclass(frozen=True)
class Seen:
    """A request as the server saw it; header names in lower case."""

    path: str
    headers: dict[str, str]
    raw: tuple[str, ...]
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    cut: Cut | None = None

    @property
    def sent(self) -> bytes:
        """What of the body goes out before the connection is cut."""
        whole = len(self.body)
        ends = {"after the head": 0, "in the middle": whole // 2, "before the last byte": whole - 1}
        return self.body[: ends.get(self.cut or "", whole)]


Route = Reply | Callable[[Seen], Reply]


class Loopback:
    """Answers from `routes` (path with query → reply, or a function of the request); anything else is a 404.

    `answer` is asked for whatever no route is for.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        tls: ssl.SSLContext | None = None,
        *,
        port: int = 0,
        answer: Callable[[Seen], Reply] = lambda _: Reply(b"not here", 404),
    ) -> None:
        self._answer = answer
        self.routes: dict[str, Route] = {}
        self.seen: list[Seen] = []
        self.busiest = 0
        self.closing = threading.Event()
        self._running = 0
        self._lock = threading.Lock()
        self._server = _Server((host, port), self._visitor())
        self._scheme = "https" if tls else "http"
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._host = "localhost" if tls else host
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        if not self.closing.is_set():
            self.closing.set()
            self._server.shutdown()
            self._server.server_close()
            self._server.hang_up()
            self._thread.join()

    def url(self, path: str = "/") -> str:
        return f"{self._scheme}://{self._host}:{self._server.server_address[1]}{path}"

    def put(self, path: str, body: bytes | str = b"", status: int = 200, kind: str = "text/html; charset=utf-8",
            **headers: str) -> None:  # fmt: skip
        """What to answer at `path`; header names are written with underscores: etag='"1"', cache_control="…"."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.routes[path] = Reply(body.encode() if isinstance(body, str) else body, status, named, kind)

    def hang(self, path: str) -> None:
        """From now on `path` accepts and never answers (until the server closes)."""

        def never(_: Seen) -> Reply:
            self.closing.wait()
            return Reply(status=500)

        self.routes[path] = never

    def asked(self, path: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.path == path]

    def _visitor(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Visitor(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1

            def log_message(self, format: str, *args: object) -> None:
                """The test run's output is for tests."""

            def do_GET(self) -> None:
                self._reply(b"")

            def do_POST(self) -> None:
                self._reply(self.rfile.read(int(self.headers.get("Content-Length", 0))))

            def _reply(self, body: bytes) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                seen = Seen(self.path, headers, tuple(self.headers.keys()), body)
                with site._lock:
                    site.seen.append(seen)
                    site._running += 1
                    site.busiest = max(site.busiest, site._running)
                try:
                    route = site.routes.get(self.path, site._answer)
                    reply = route if isinstance(route, Reply) else route(seen)
                finally:  # before it is sent: the visitor may come again while this thread is still at its end
                    with site._lock:
                        site._running -= 1
                _send(self, reply)

        return Visitor


def _send(visitor: BaseHTTPRequestHandler, reply: Reply) -> None:
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        visitor.send_response(reply.status)
        if reply.status not in (204, 304):
            visitor.send_header("Content-Type", reply.kind)
            if not {"Content-Length", "content-length", "Transfer-Encoding"} & reply.headers.keys():
                visitor.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            visitor.send_header(name, value)
        visitor.end_headers()
        if reply.status not in (204, 304):
            visitor.wfile.write(reply.sent)
        visitor.wfile.flush()
        if reply.cut:
            visitor.close_connection = True
            visitor.connection.shutdown(socket.SHUT_RDWR)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], visitor: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, visitor)
        self._lines: list[socket.socket] = []

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        line, address = super().get_request()
        self._lines.append(line)
        return line, address

    def hang_up(self) -> None:
        """Ends the connections kept alive too, as a site that is gone would."""
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor that breaks off is part of the tests."""
