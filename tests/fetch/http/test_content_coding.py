"""Bodies that are packed: whole or a failure, in however many members."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable

import brotli
import pytest

from fetch.errors import Unreachable
from fetch.http.content_coding import unpack, unpack_start
from fetch.http.request import Request
from tests.codings import zstd_packed
from tests.loopback import Loopback
from tests.newsroom import fetcher

TEXT = b"".join(b"The harbour board met on day %d of the repair. " % number for number in range(4000))
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd_packed,
}


def bare(body: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return machine.compress(body) + machine.flush()


@pytest.mark.parametrize("coding", PACKERS)
def test_a_body_that_is_cut_short_is_a_failure(coding: str) -> None:
    packed = PACKERS[coding](TEXT)
    assert unpack(packed, coding, len(TEXT), "u") == TEXT
    for length in (len(packed) - 1, len(packed) // 2, 3):
        with pytest.raises(Unreachable) as caught:
            unpack(packed[:length], coding, len(TEXT), "u")
        assert caught.value.reason == "broken answer"
        assert TEXT.startswith(unpack_start(packed[:length], coding, len(TEXT), "u"))


def test_a_bare_deflate_stream_is_read_and_missed_where_it_is_cut() -> None:
    assert unpack(bare(TEXT), "deflate", len(TEXT), "u") == TEXT
    with pytest.raises(Unreachable):
        unpack(bare(TEXT)[:-9], "deflate", len(TEXT), "u")


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_every_member_of_a_body_is_read(coding: str) -> None:
    parts = [TEXT[start : start + 5000] for start in range(0, len(TEXT), 5000)]
    packed = b"".join(map(PACKERS[coding], parts))
    assert unpack(packed, coding, len(TEXT), "u") == TEXT
    with pytest.raises(Unreachable):
        unpack(packed[:-2], coding, len(TEXT), "u")


def test_what_stands_behind_the_last_member_is_no_part_of_the_body() -> None:
    assert unpack(gzip.compress(TEXT) + bytes(500), "gzip", len(TEXT), "u") == TEXT


def test_a_million_empty_members_cost_what_their_bytes_cost() -> None:
    packed = gzip.compress(b"") * 200_000
    begun = time.process_time()
    assert unpack(packed, "gzip", 1000, "u") == b""
    assert time.process_time() - begun < 5


def test_a_zstd_body_may_not_ask_for_more_memory_than_the_web_allows() -> None:
    greedy = zstd_packed(TEXT, window=27)
    with pytest.raises(Unreachable):
        unpack(greedy, "zstd", len(TEXT), "u")


@pytest.mark.anyio
@pytest.mark.parametrize("coding", PACKERS)
async def test_a_truncated_answer_is_told_as_a_broken_one(site: Loopback, coding: str) -> None:
    site.put("/cut", PACKERS[coding](TEXT)[:-5], content_encoding=coding)
    async with fetcher() as one:
        with pytest.raises(Unreachable) as caught:
            await one.get(Request(site.url("/cut"), reach="anywhere"))
    assert caught.value.reason == "broken answer"
