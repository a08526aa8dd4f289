"""Whose text an article of a server's gets: that of its page, fetched by us, or, where it is set so, the server's."""

from __future__ import annotations

import pytest

from cache.library import Library
from cache.sync.server import accounts_of, set_up, sync_account
from cache.sync.server_texts import set_takes_texts
from fetch.secret import Secret
from tests.fever_side import FeverSide
from tests.loopback import Loopback
from tests.newsroom import page
from tests.reading_server import ReadingServer

pytestmark = pytest.mark.anyio
TEXT = "".join(
    f"<p>The harbour board met for the {n}th time, and the pier stays shut until the spring.</p>" for n in range(20)
)


@pytest.mark.parametrize("protocol", ["Google Reader API", "Fever API"])
async def test_the_servers_text_is_taken_where_that_is_set_and_its_page_is_not_asked(
    library: Library, protocol: str
) -> None:
    made = ReadingServer(path="", fever=FeverSide()) if protocol == "Fever API" else ReadingServer()
    with Loopback() as site, made as server:
        site.put("/news/mole", page("mole"))
        sea = server.feed(site.url("/feed"), "Harbour")
        mole = server.item(sea, site.url("/news/mole"), html=TEXT)
        empty = server.item(sea, site.url("/news/quay"), html="")
        account = await set_up(library, server.origin, "pat", Secret("harbour"))
        await set_takes_texts(library, account, True)
        outcome = await sync_account(library, account)
        assert outcome.counts["texts"] == 1
        entry = library.entry(mole.url)
        assert entry.offline == "full"
        article = (await library.read(entry.id)).article
        assert article
        assert "the pier stays shut" in article.text
        assert library.entry(empty.url).offline == "teaser", "its page may have one"
        async for _ in library.refresh(None, apart=False):
            pass
        asked = [each.path for each in site.seen]
        assert "/news/mole" not in asked
        assert "/news/quay" in asked


async def test_without_that_its_page_is_fetched(library: Library, server: ReadingServer) -> None:
    with Loopback() as site:
        site.put("/news/mole", page("mole"))
        server.item(server.feed(site.url("/feed"), "Harbour"), site.url("/news/mole"), html=TEXT)
        await set_up(library, server.origin, "pat", Secret("harbour"))
        await sync_account(library, (await accounts_of(library))[0])
        assert library.entry(site.url("/news/mole")).offline == "teaser"
        async for _ in library.refresh(None, apart=False):
            pass
        assert "/news/mole" in [each.path for each in site.seen]


async def test_set_later_it_holds_for_what_has_no_text_yet(library: Library, server: ReadingServer) -> None:
    server.item(server.feed("https://harbour.example/feed"), "https://harbour.example/mole", html=TEXT)
    account = await set_up(library, server.origin, "pat", Secret("harbour"))
    await sync_account(library, account)
    assert library.entry("https://harbour.example/mole").offline == "teaser"
    await set_takes_texts(library, account, True)
    await sync_account(library, account)
    assert library.entry("https://harbour.example/mole").offline == "full"
