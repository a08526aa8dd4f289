"""Answers spoilt by chance, over stale connections, redirects and robots.txt: `python tests/bench/http_fuzz.py 60`.

A second number is the seed of another run.
Prints how often each outcome came; anything but a response or a FetchError is printed as LEAK, and exits with 1.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from fetch.errors import FetchError
from fetch.fetcher import Fetcher
from fetch.http.request import Deadlines, Request
from fetch.http.response import Response

STATUSES = (
    b"HTTP/1.1 200 OK|HTTP/1.0 200|HTTP/1.1 302 F|HTTP/1.1 301 F|HTTP/1.1 100 C\r\n\r\nHTTP/1.1 200 OK|HTTP/1.1 101 S|"
    b"HTTP/1.1 204 N|HTTP/1.1 304 N|HTTP/1.1 429 N|HTTP/1.1 503 N|HTTP/2 200|ICY 200 OK|HTTP/1.1 99 x|\x16\x03\x01|"
    b"HTTP/1.1 408 T|HTTP/1.1 200"
).split(b"|")
HEADERS = (
    b"Location: /b|Location: http://127.0.0.2:PORT/c|Location: http://[::1|Set-Cookie: a=b; Path=/|"
    b"Content-Encoding: gzip|Content-Encoding: br|Content-Encoding: zstd, gzip|Transfer-Encoding: chunked|"
    b"Content-Length: 5|Content-Length: 5, 6|Content-Length: -1|Retry-After: 99999999999|Expires: x|Connection: close|"
    b"Keep-Alive: timeout=1|Content-Type: text/html; charset=punycode|X: \x80\xff| folded|A:b|Upgrade: h2c|Age: 1e9"
).split(b"|")
BODIES = (
    b"", b"hello", b"5\r\nhello\r\n0\r\n\r\n", gzip.compress(b"x" * 100), b"User-agent: *\nDisallow: /b",
    b"<html><meta http-equiv=refresh content='0;url=/r'>", b"ffffffffffffffffffff\r\n",
)  # fmt: skip
IMPATIENT = Deadlines(connect=2.0, read=0.15, total=1.0)


def spoilt(chance: random.Random, port: int) -> bytes:
    """An answer put together by chance, now and then with a few bytes changed, doubled or missing."""
    headers = b"".join(header + b"\r\n" for header in chance.sample(HEADERS, chance.randrange(5)))
    answer = bytearray(chance.choice(STATUSES) + b"\r\n" + headers + b"\r\n" + chance.choice(BODIES))
    answer = answer.replace(b"PORT", str(port).encode())
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        at = chance.randrange(len(answer))
        match chance.randrange(3):
            case 0:
                answer[at] = chance.randrange(256)
            case 1:
                answer[at:at] = bytes([chance.randrange(256)]) * chance.choice((1, 9, 5000))
            case 2:
                del answer[at + 1 :]
    return bytes(answer)


async def run(seconds: float, seed: int) -> Counter[str]:
    """How often each outcome came in so many seconds."""
    chance, outcomes, port = random.Random(seed), Counter[str](), 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while chance.random() < 0.6:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(spoilt(chance, port))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    other, end = await asyncio.start_server(serve, "127.0.0.2", port), time.monotonic() + seconds
    while time.monotonic() < end:
        async with Fetcher(deadlines=IMPATIENT) as fetcher:
            for _ in range(12):
                request = Request(f"http://127.0.0.1:{port}/{chance.randrange(3)}", reach="loopback")
                robots = chance.random() < 0.5
                (came,) = await asyncio.gather(fetcher.get(request, robots=robots), return_exceptions=True)
                outcomes[named(came)] += 1
    server.close()
    other.close()
    return outcomes


def named(came: Response | BaseException) -> str:
    if isinstance(came, Response):
        return "response"
    return came.reason if isinstance(came, FetchError) else f"LEAK {came!r}"


if __name__ == "__main__":
    found = asyncio.run(run(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())))
    print(found.total(), dict(found.most_common()))
    sys.exit(any(name.startswith("LEAK") for name in found))
