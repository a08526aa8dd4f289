"""Tags between a library and a server: both ways, none undone, and what no server can hold stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cache.library import Library
from cache.sync import greader
from cache.sync.outcome import Synced
from cache.sync.server import accounts_of, set_up, sync_account, waiting_of
from fetch.secret import Secret
from tests.cache.sync.conftest import Syncing
from tests.fever_side import FeverSide
from tests.reading_server import Oddities, ReadingServer

pytestmark = pytest.mark.anyio


async def at_once(library: Library) -> Synced:
    """A sync that asks for tags, too."""
    return await sync_account(library, (await accounts_of(library))[0], tags_after=0.0)


def tags_of(library: Library, name: str) -> set[str]:
    return set(library.entry(f"https://harbour.example/{name}").tags)


async def tag(library: Library, name: str, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()) -> None:
    await library.tag(library.entry(f"https://harbour.example/{name}").id, add, remove)


@pytest.fixture(
    params=[Oddities(), Oddities(untyped_tags=True, no_labels=True), Oddities(user="7", ids="long", page=2)]
)
def odd_server(request: pytest.FixtureRequest, server: ReadingServer) -> ReadingServer:
    server.odd = replace(request.param)
    return server


async def test_a_tag_set_or_taken_away_on_either_side_goes_to_the_other(
    library: Library, odd_server: ReadingServer, synced: Syncing
) -> None:
    sea = odd_server.feed("https://harbour.example/feed", "Harbour", "Sea")
    pier, lamp = (odd_server.item(sea, f"https://harbour.example/{name}") for name in ("pier", "lamp"))
    pier.tags = {"Tide tables"}
    await synced(library, odd_server)
    assert tags_of(library, "pier") == {"tide-tables"}
    await tag(library, "lamp", add=("later", "tide-tables"))
    lamp.tags = {"Work"}
    [account] = await accounts_of(library)
    assert await waiting_of(library, account) == 1
    await synced(library, odd_server)
    assert lamp.tags == {"Work", "later", "Tide tables"}, "a tag that is there is given by its name there"
    assert tags_of(library, "lamp") == {"later", "tide-tables", "work"}
    assert await waiting_of(library, account) == 0
    await tag(library, "lamp", remove=("tide-tables",))
    pier.tags = set()
    await at_once(library)
    assert lamp.tags == {"Work", "later"}
    assert tags_of(library, "pier") == set()
    assert tags_of(library, "lamp") == {"later", "work"}


async def test_tags_that_are_one_word_here_are_one_and_go_together(library: Library, server: ReadingServer) -> None:
    pier = server.item(server.feed("https://harbour.example/feed"), "https://harbour.example/pier")
    pier.tags = {"Later", "later"}
    await set_up(library, server.base, "pat", Secret("harbour"))
    await at_once(library)
    assert tags_of(library, "pier") == {"later"}
    await tag(library, "pier", remove=("later",))
    await at_once(library)
    assert pier.tags == set()


async def test_tags_are_asked_for_once_an_hour_and_when_one_changed_here(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    server.item(server.feed("https://harbour.example/feed"), "https://harbour.example/pier", tags={"tide"})
    await synced(library, server)
    begun = len(server.calls("tag/list"))
    before = len(server.seen)
    await synced(library, server)
    assert (len(server.seen) - before, len(server.calls("tag/list"))) == (4, begun)
    await tag(library, "pier", add=("later",))
    await synced(library, server)
    assert len(server.calls("tag/list")) > begun
    begun = len(server.calls("tag/list"))
    await sync_account(library, (await accounts_of(library))[0], tags_after=3600.0)
    assert len(server.calls("tag/list")) == begun
    await at_once(library)
    assert len(server.calls("tag/list")) > begun


async def test_the_name_of_a_folder_is_no_tag_and_that_tag_stays_here(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    pier = server.item(server.feed("https://harbour.example/feed", group="Sea"), "https://harbour.example/pier")
    await synced(library, server)
    await tag(library, "pier", add=("sea", "tide"))
    outcome = await synced(library, server)
    assert "sea: such a name is a folder's there" in outcome.sentence
    assert outcome.is_whole
    assert (pier.tags, tags_of(library, "pier")) == ({"tide"}, {"sea", "tide"})
    [account] = await accounts_of(library)
    assert await waiting_of(library, account) == 0
    before = len(server.seen)
    await synced(library, server)
    assert len(server.seen) - before == 4, "it is not tried again each time"


async def test_a_tag_that_does_not_take_is_told_and_sent_again(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    pier = server.item(server.feed("https://harbour.example/feed"), "https://harbour.example/pier", tags={"tide"})
    await synced(library, server)
    server.odd.ignores_marks = True
    await tag(library, "pier", add=("later",), remove=("tide",))
    outcome = await synced(library, server)
    assert "tags of 1 article did not take" in outcome.sentence
    assert not outcome.is_whole
    assert tags_of(library, "pier") == {"later"}
    server.odd.ignores_marks = False
    await at_once(library)
    assert pier.tags == tags_of(library, "pier") == {"later"}


@pytest.mark.parametrize("fault", ["no list", "a list without entries", "the entry is gone", "the tag went meanwhile"])
async def test_by_a_fault_of_the_server_no_tag_goes(library: Library, server: ReadingServer, fault: str) -> None:
    sea = server.feed("https://harbour.example/feed")
    pier = server.item(sea, "https://harbour.example/pier", tags={"tide"}, read=True)
    server.item(sea, "https://harbour.example/lamp", tags={"work"})
    await set_up(library, server.base, "pat", Secret("harbour"))
    await at_once(library)
    match fault:
        case "no list":
            server.odd.names_no_tags = True
        case "a list without entries":
            server.odd.empty_list_of = "tide"
        case "the entry is gone":
            del server.items[pier.number]
        case _:
            server.odd.drops_a_tag = "tide"
    outcome = await at_once(library)
    assert tags_of(library, "pier") == {"tide"}
    assert ("tags wait" in outcome.sentence) == (fault == "the tag went meanwhile")
    assert tags_of(library, "lamp") == {"work"}


async def test_by_fever_tags_stay_here_and_nothing_is_said_of_them(library: Library) -> None:
    with ReadingServer(path="", fever=FeverSide()) as server:
        server.item(server.feed("https://harbour.example/feed"), "https://harbour.example/pier")
        account = await set_up(library, server.origin, "pat", Secret("harbour"))
        await at_once(library)
        await tag(library, "pier", add=("later",))
        outcome = await at_once(library)
        assert "tag" not in outcome.sentence
        assert await waiting_of(library, account) == 0
        assert tags_of(library, "pier") == {"later"}


async def test_a_server_without_tags_is_not_asked_for_them(library: Library) -> None:
    with ReadingServer(path="/rest/googlereader") as server:
        server.item(server.feed("https://harbour.example/feed"), "https://harbour.example/pier")
        account = await set_up(library, server.base, "pat", Secret("harbour"))
        await at_once(library)
        await tag(library, "pier", add=("later",))
        await at_once(library)
        assert not server.calls("tag/list")
        assert await waiting_of(library, account) == 0


async def test_more_tags_than_are_asked_for_stay_as_they_are_and_that_is_said(
    library: Library, server: ReadingServer, synced: Syncing, monkeypatch: pytest.MonkeyPatch
) -> None:
    sea = server.feed("https://harbour.example/feed")
    pier = server.item(sea, "https://harbour.example/pier", tags={"tide", "work"})
    monkeypatch.setattr(greader, "_MOST_TAGS", 1)
    outcome = await synced(library, server)
    assert "2 tags, more than are asked for: tags stay as they are" in outcome.sentence
    assert (tags_of(library, "pier"), pier.tags) == (set(), {"tide", "work"})
    before = len(server.seen)
    await synced(library, server)
    assert len(server.seen) - before == 4, "it is not asked each time"
