"""What one server answers, however wrong, leaves the refresh of all others as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cache.library import open_library
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, fetcher, headline, page, publish, receipt, refresh, steps, subscribe
from tests.wire import Connection, answer, wire

pytestmark = pytest.mark.anyio
FAR = "Thu, 01 Jan 99999999999999999999 00:00:00 GMT"
BROKEN = {
    "location": answer(b"", "302 Found", location="http://[::1"),
    "expires": answer(b"<rss/>", expires=FAR),
    "retry-after": answer(b"", "429 Slow down", retry_after=FAR),
    "charset": answer(b"<html><title>\xe4", content_type="text/html; charset=idna"),
    "coding": answer(b"\x1f\x8b", content_encoding="gzip"),
    "cookie": answer(b"", "302 Found", location="/again", set_cookie=f"a=b; Expires={FAR}; Domain=[::1"),
}


@pytest.mark.parametrize("where", ["feed", "robots.txt", "page"])
@pytest.mark.parametrize("broken", BROKEN)
async def test_no_answer_ends_a_refresh(where: str, broken: str, site: Loopback, library: Path) -> None:
    publish(site, "mole", "tide")

    async def talk(connection: Connection) -> None:
        path = (await connection.head()).split()[1]
        if path == f"/{where}" or (where == "page" and path.startswith("/news")):
            await connection.send(BROKEN[broken])
        elif path == "/feed":
            await connection.send(answer(feed(base, ["pier"]).encode(), content_type=RSS, connection="close"))
        elif path == "/robots.txt":
            await connection.send(answer(b"", "404 Not Found"))
        else:
            await connection.send(answer(page("pier").encode()))

    async with wire(talk) as (base, _):
        subscribe(library, base + "/feed")
        subscribe(library, site.url("/feed"))
        told = await refresh(library)
    assert steps(told, "finished")
    assert len(steps(told, "listed")) + len(steps(told, "failed")) >= 2
    assert receipt(library)["full"] >= 2


async def test_a_page_in_a_charset_that_is_none_is_read_all_the_same(site: Loopback, tmp_path: Path) -> None:
    site.put("/news/mole", page("mole").encode() + b"\xe4", kind="text/html; charset=punycode")  # type: ignore[arg-type]
    async with fetcher() as one, open_library(tmp_path, fetcher=one) as opened:
        reading = await opened.read(site.url("/news/mole"))
    assert reading.article is not None
    assert reading.article.headline == headline("mole")


async def test_a_page_that_leads_nowhere_is_a_notice_in_the_reader(site: Loopback, tmp_path: Path) -> None:
    site.put("/news/mole", status=302, location="http://[::1")
    async with fetcher() as one, open_library(tmp_path, fetcher=one) as opened:
        reading = await opened.read(site.url("/news/mole"))
    assert reading.article is None
    assert "not a web address" in reading.notice or "cannot be interpreted" in reading.notice
