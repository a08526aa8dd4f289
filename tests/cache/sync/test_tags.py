"""Tags on a server, which it calls labels, as it does folders: told apart, listed and given."""

from __future__ import annotations

import pytest

from cache.sync.greader import GoogleReader
from cache.sync.reader_session import ReaderSession, find_server
from cache.sync.remote import CannotSync
from fetch.fetcher import Fetcher
from fetch.secret import Secret
from tests.reading_server import Oddities, ReadingServer

pytestmark = pytest.mark.anyio


async def reached(fetcher: Fetcher, server: ReadingServer) -> GoogleReader:
    found = await find_server(fetcher, server.base, "pat", Secret("harbour"))

    async def log_in() -> Secret:
        raise AssertionError("nothing runs out here")

    return GoogleReader(fetcher, found.base, found.traits, ReaderSession(found.base, found.auth, log_in))


@pytest.mark.parametrize("odd", [Oddities(), Oddities(untyped_tags=True), Oddities(user="7", ids="long")])
async def test_tags_are_told_from_folders_and_given_and_taken(odd: Oddities) -> None:
    with ReadingServer(oddities=odd) as server:
        sea = server.feed("https://harbour.example/feed", group="Sea")
        pier, lamp = (server.item(sea, f"https://harbour.example/{name}") for name in ("pier", "lamp"))
        pier.tags = {"Later & more"}
        async with Fetcher() as fetcher:
            there = await reached(fetcher, server)
            await there.sources()
            assert (await there.tags()).held == {"Later & more": {str(pier.number)}}
            await there.tag([str(lamp.number)], "tide/tables", True)
            await there.tag([str(pier.number)], "Later & more", False)
            assert (await there.tags()).held == {"tide/tables": {str(lamp.number)}}
            assert await there.entries_of("feed/1") == {str(pier.number), str(lamp.number)}
            assert await there.entries_of("feed/2") == set()


async def test_of_a_tag_that_goes_meanwhile_nothing_is_concluded(server: ReadingServer) -> None:
    for name in ("pier", "lamp"):
        server.item(server.feed("https://harbour.example/feed"), f"https://harbour.example/{name}", tags={"tide"})
    server.odd.drops_a_tag = "tide"
    async with Fetcher() as fetcher:
        there = await reached(fetcher, server)
        with pytest.raises(CannotSync, match="dropped the tag tide"):
            await there.tags()
