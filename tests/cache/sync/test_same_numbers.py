"""A server that was set up anew counts from one again: no mark of another article is heard, and none is sent there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cache.library import Library
from cache.sync.remote import CannotSync
from cache.sync.server import accounts_of, forget, set_up, sync_account
from fetch.secret import Secret
from tests.cache.sync.conftest import Syncing
from tests.fever_side import FeverSide
from tests.reading_server import ReadingServer
from tests.remote_items import Item

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["Fever API", "Google Reader API"])
def server(request: pytest.FixtureRequest) -> Iterator[ReadingServer]:
    made = ReadingServer(path="", fever=FeverSide()) if request.param == "Fever API" else ReadingServer(path="")
    with made as opened:
        yield opened


def fill(server: ReadingServer, name: str, **marks: bool) -> list[Item]:
    """Eight articles of a paper, by the numbers one to eight."""
    feed = server.feed(f"https://{name}.example/feed", name)
    server.items = {
        number: Item(number, feed.number, f"https://{name}.example/{number}", f"{name} {number}", **marks)
        for number in range(1, 9)
    }
    return list(server.items.values())


@pytest.mark.parametrize(("before", "after"), [(False, True), (True, False)])
async def test_a_server_that_was_set_up_anew_is_noticed_and_begun_with_anew(
    library: Library, server: ReadingServer, synced: Syncing, before: bool, after: bool
) -> None:
    old = fill(server, "harbour", read=before)
    await synced(library, server)
    mine = library.entry(old[0].url)
    await library.save([mine.id], True)
    server.feeds.clear()
    new = fill(server, "quay", read=after)
    with pytest.raises(CannotSync, match="set up anew"):
        await synced(library, server)
    assert not any(item.starred for item in new)
    assert {library.entry(item.url).read for item in old} == {before}
    assert library.entry(old[0].url).saved
    [account] = await accounts_of(library)
    await forget(library, account)
    account = await set_up(library, server.origin, "pat", Secret("harbour"))
    await sync_account(library, account)
    assert {library.entry(item.url).read for item in new} == {after}
    assert library.entry(old[0].url).saved, "all that was here stays"


async def test_articles_that_move_or_are_renamed_are_what_they_were(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    made = fill(server, "harbour")
    await synced(library, server)
    for item in made:
        item.read = True
        item.url = item.url.replace("https://harbour", "https://www.harbour")
    for item in made[:4]:
        item.url, item.title = f"https://harbour.example/{item.number}", f"Update: {item.title}"
    await synced(library, server)
    assert all(library.entry(f"https://harbour.example/{number}").read for number in range(1, 9))
