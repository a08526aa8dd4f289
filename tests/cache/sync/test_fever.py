"""Servers of the Fever API: found from an address, synced, odd in all ways that are known, and cut anywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cache.library import Library
from cache.sync.accounts import FEVER, GOOGLE_READER
from cache.sync.fever import fever_bases_of
from cache.sync.remote import CannotSync
from cache.sync.server import accounts_of, set_up
from fetch.errors import NewsError
from fetch.secret import Secret
from fetch.source import Source
from tests.cache.sync.conftest import Syncing
from tests.fever_side import FeverOddities, FeverSide
from tests.loopback import CUTS, Cut
from tests.reading_server import ReadingServer
from tests.remote_items import Item

pytestmark = pytest.mark.anyio
HARBOUR = "https://harbour.example"


@pytest.fixture
def server() -> Iterator[ReadingServer]:
    with ReadingServer(path="", fever=FeverSide()) as opened:
        yield opened


def marks_of(library: Library, url: str) -> tuple[bool, bool]:
    entry = library.entry(url)
    return entry.read, entry.saved


def fever_calls(server: ReadingServer, since: int = 0) -> list[str]:
    return [each.call for each in server.seen[since:] if each.call.startswith("fever")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("https://reader.example/rss", "https://reader.example/rss/api/fever.php"),
        ("reader.example/rss/i/", "https://reader.example/rss/api/fever.php"),
        ("https://reader.example/rss/api/", "https://reader.example/rss/api/fever.php"),
        ("https://reader.example/rss/api/greader.php", "https://reader.example/rss/api/fever.php"),
        ("https://reader.example/rss/api/fever.php?api", "https://reader.example/rss/api/fever.php"),
        ("reader.example", "https://reader.example/fever/"),
        ("reader.example/fever", "https://reader.example/fever/"),
        ("reader.example/tt-rss", "https://reader.example/tt-rss/plugins.local/fever/"),
        ("https://reader.example/rest/fever/user/3", "https://reader.example/rest/fever/user/3"),
    ],
)
async def test_the_address_is_found_from_whatever_is_typed(typed: str, found: str) -> None:
    assert found in list(fever_bases_of(typed))


async def test_what_a_server_has_comes_with_its_sources_and_marks(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    sea = server.feed(f"{HARBOUR}/feed", "Harbour & co", "Sea")
    server.feed(f"{HARBOUR}/other", "Other")
    server.item(sea, f"{HARBOUR}/pier", "Pier <3 opens", html="<p>All of it.</p>")
    server.item(sea, f"{HARBOUR}/lamp", read=True)
    server.item(sea, f"{HARBOUR}/boat", read=True, starred=True)
    assert (await synced(library, server)).counts["new"] == 3
    found = {each.title: each.groups for each in library.sources() if each.kind == "feed"}
    assert found == {"Harbour & co": ("Sea",), "Other": ()}
    assert library.entry(f"{HARBOUR}/pier").headline == "Pier <3 opens"
    assert marks_of(library, f"{HARBOUR}/pier") == (False, False)
    assert marks_of(library, f"{HARBOUR}/lamp") == (True, False)
    assert marks_of(library, f"{HARBOUR}/boat") == (True, True)
    [account] = await accounts_of(library)
    assert (account.protocol, account.url) == (FEVER, f"{server.origin}/api/fever.php")


@pytest.mark.parametrize(("combines", "most"), [(True, 3), (False, 5)])
async def test_when_nothing_has_changed_few_requests_are_made_and_no_text_comes(
    library: Library, synced: Syncing, combines: bool, most: int
) -> None:
    with ReadingServer(path="", fever=FeverSide(oddities=FeverOddities(combines=combines))) as server:
        sea = server.feed(f"{HARBOUR}/feed")
        for number in range(120):
            server.item(sea, f"{HARBOUR}/{number}", read=number % 3 == 0)
        await synced(library, server)
        before = len(server.seen)
        await synced(library, server)
        assert len(server.seen) - before == most
        assert fever_calls(server, before)[-1] == "fever items"
        assert ("since_id", str(max(server.items))) in server.seen[-1].fields


async def test_what_the_server_loses_stays_as_it_is_here(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    sea = server.feed(f"{HARBOUR}/feed")
    made = [server.item(sea, f"{HARBOUR}/{n}", starred=n == 1) for n in range(4)]
    await synced(library, server)
    for gone in made[:2]:
        del server.items[gone.number]
    made[2].read = True
    await synced(library, server)
    assert [marks_of(library, each.url) for each in made] == [
        (False, False),
        (False, True),
        (True, False),
        (False, False),
    ]
    before = len(server.seen)
    await synced(library, server)
    assert len(server.seen) - before == 3, "what is lost is looked for once"


async def test_lists_that_come_empty_by_a_fault_mark_nothing(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    assert server.fever
    sea = server.feed(f"{HARBOUR}/feed")
    made = [server.item(sea, f"{HARBOUR}/{n}", starred=n == 1) for n in range(4)]
    await synced(library, server)
    server.fever.odd.most_listed = 0
    await synced(library, server)
    server.fever.odd.gives_no_entries = True
    await synced(library, server)
    server.fever.odd = FeverOddities()
    await synced(library, server)
    assert [marks_of(library, each.url) for each in made] == [(False, n == 1) for n in range(4)]
    assert [(each.read, each.starred) for each in made] == [(False, n == 1) for n in range(4)]


ODD = {
    "ids as numbers": FeverOddities(text_ids=False),
    "lists as objects": FeverOddities(as_object=True),
    "auth in a string": FeverOddities(auth="1"),
    "auth is true": FeverOddities(auth=True),
    "one thing in an answer": FeverOddities(combines=False),
    "no empty lists": FeverOddities(no_empty_lists=True),
    "saved is a switch": FeverOddities(toggles=True, combines=False),
    "the highest first": FeverOddities(highest_first=True, page=3),
    "lists that stop": FeverOddities(most_listed=3),
    "pages of three": FeverOddities(page=3),
    "no groups": FeverOddities(missing=("groups", "feeds_groups")),
    "no count, no time": FeverOddities(missing=("total_items", "last_refreshed_on_time", "api_version")),
}


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_server_is_read_as_any_other(library: Library, synced: Syncing, odd: str) -> None:
    with ReadingServer(path="", fever=FeverSide("/fever/", ODD[odd])) as server:
        sea = server.feed(f"{HARBOUR}/feed", "Harbour")
        made = [server.item(sea, f"{HARBOUR}/{n}", read=n % 2 == 0, starred=n % 5 == 3) for n in range(12)]
        await synced(library, server)
        await synced(library, server)
        assert_alike(library, made)
        made[1].read, made[3].starred = True, False
        made[2].read = stops = ODD[odd].most_listed < 12  # what a list does not reach is not to be seen there
        await library.mark_read([library.entry(made[5].url).id], True)
        await library.save([library.entry(made[6].url).id], True)
        await library.save([library.entry(made[8].url).id], False)
        made.append(server.item(sea, f"{HARBOUR}/new", read=True))
        for _ in range(2):
            await synced(library, server)
        assert_alike(library, made)
        assert (made[5].read, made[6].starred, made[8].starred) == (True, True, False)
        assert (made[1].read, made[3].starred, made[2].read) == (True, False, stops)


def assert_alike(library: Library, made: list[Item]) -> None:
    for each in made:
        entry = library.entry(each.url)
        assert (entry.read, entry.saved) == (each.read, each.starred), each.url
        assert entry.published
        assert entry.published.year == 2026


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        (FeverOddities(auth=0), "does not know pat by this password"),
        (FeverOddities(auth="0"), "does not know pat by this password"),
        (FeverOddities(missing=("auth",)), "did not answer groups&feeds as the Fever API does"),
        (FeverOddities(missing=("unread_item_ids",)), "did not answer unread_item_ids as the Fever API does"),
        (FeverOddities(missing=("saved_item_ids",)), "did not answer saved_item_ids as the Fever API does"),
        (FeverOddities(missing=("feeds",)), "did not answer feeds as the Fever API does"),
        (FeverOddities(instead="<!doctype html><title>Log in</title>"), "a page to log in at"),
        (FeverOddities(instead='{"auth": 1, "unread_item_ids": null}', instead_of="unread"), "did not answer unread"),
        (FeverOddities(instead='{"auth": 1, "unread_item_ids": "1,x"}', instead_of="unread"), "did not answer unread"),
        (FeverOddities(instead='["auth"]'), "as the Fever API does"),
        (FeverOddities(status=503), "API is not available"),
        (FeverOddities(status=502), "HTTP 502"),
        (FeverOddities(status=500), "HTTP 500"),
    ],
)
async def test_what_went_wrong_is_said_in_words_and_marks_nothing(
    library: Library, server: ReadingServer, synced: Syncing, odd: FeverOddities, said: str
) -> None:
    assert server.fever
    pier = server.item(server.feed(f"{HARBOUR}/feed"), f"{HARBOUR}/pier", starred=True)
    await synced(library, server)
    server.fever.odd = odd
    await library.mark_read([library.entry(pier.url).id], True)
    with pytest.raises(NewsError, match=said):
        await synced(library, server)
    assert (pier.read, pier.starred) == (False, True)
    assert marks_of(library, pier.url) == (True, True)
    [account] = await accounts_of(library)
    assert said in account.error


async def test_a_wrong_password_is_told_and_nothing_is_kept(library: Library, server: ReadingServer) -> None:
    with pytest.raises(CannotSync, match="API password of your profile"):
        await set_up(library, server.origin, "pat", Secret("wrong"))
    assert await accounts_of(library) == []
    assert "wrong" not in str([each.fields for each in server.seen if each.call.startswith("fever")])


async def test_where_both_protocols_are_spoken_google_reader_is_preferred(library: Library) -> None:
    with ReadingServer(fever=FeverSide(is_alone=False)) as server:
        account = await set_up(library, server.origin, "pat", Secret("harbour"))
        assert (account.protocol, account.url) == (GOOGLE_READER, server.base)
        assert fever_calls(server) == []
        account = await set_up(library, f"{server.origin}/api/fever.php", "pat", Secret("harbour"))
        assert (account.protocol, account.server) == (FEVER, "FreshRSS")


async def test_an_address_that_speaks_neither_is_told(library: Library) -> None:
    with ReadingServer(path="/nowhere/else") as server, pytest.raises(CannotSync, match="No server that speaks"):
        await set_up(library, server.origin, "pat", Secret("harbour"))


async def test_sources_stay_as_they_are_on_either_side_and_that_is_said(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    one, two = server.feed(f"{HARBOUR}/one", "One", "Sea"), server.feed(f"{HARBOUR}/two", "Two")
    server.item(two, f"{HARBOUR}/before")
    await synced(library, server)
    here = {each.title: each.id for each in library.sources()}
    await library.write(lambda store: store.sources.add(Source("https://tide.example/feed", "feed", "Tide")))
    await library.write(lambda store: store.sources.file(here["One"], "First", ["Land"]))
    await library.remove(here["Two"])
    server.item(two, f"{HARBOUR}/after")
    outcome = await synced(library, server)
    assert "2 changes of sources made here stay here: Fever API takes none." in outcome.sentence
    for _ in range(2):
        await synced(library, server)
        titles = {each.title for each in library.sources() if each.kind == "feed"}
        assert titles == {"First", "Tide"}
        assert (one.title, one.group, two.title) == ("One", "Sea", "Two")
        with pytest.raises(NewsError):
            library.entry(f"{HARBOUR}/after")
    one.title = "Uno"
    await synced(library, server)
    assert library.source(here["One"]).title == "Uno"


@pytest.mark.parametrize("cut", CUTS)
async def test_cut_at_each_request_once_a_sync_goes_on_and_both_sides_end_alike(
    library: Library, synced: Syncing, cut: Cut
) -> None:
    odd = FeverOddities(page=4, combines=cut in CUTS[:2], toggles=cut in CUTS[1:3])
    with ReadingServer(path="", fever=FeverSide(oddities=odd)) as server:
        sea = server.feed(f"{HARBOUR}/feed")
        made = [server.item(sea, f"{HARBOUR}/{n}", read=n % 3 == 0, starred=n == 4) for n in range(13)]
        await set_up(library, server.origin, "pat", Secret("harbour"))
        for number in range(1, 8):  # the first sync, cut again and again
            server.cuts = {len(server.seen) + number: cut}
            try:
                await synced(library, server)
            except NewsError:
                continue
        server.cuts = {}
        await synced(library, server)
        assert_alike(library, made)
        for round_ in range(9):
            mine, theirs = made[round_], made[round_ + 1]
            made.append(server.item(sea, f"{HARBOUR}/new{round_}", read=round_ % 2 == 0))
            wanted = not library.entry(mine.url).saved
            await library.save([library.entry(mine.url).id], wanted)
            theirs.read = not theirs.read
            server.cuts = {len(server.seen) + 1 + round_: cut}
            for _ in range(3):
                try:
                    await synced(library, server)
                except NewsError:
                    continue
            server.cuts = {}
            assert mine.starred == wanted
            assert_alike(library, made)


async def test_a_first_sync_that_was_cut_does_not_begin_again(library: Library, synced: Syncing) -> None:
    with ReadingServer(path="", fever=FeverSide(oddities=FeverOddities(page=5))) as server:
        sea = server.feed(f"{HARBOUR}/feed")
        for number in range(40):
            server.item(sea, f"{HARBOUR}/{number}", read=True)
        await set_up(library, server.origin, "pat", Secret("harbour"))
        server.cuts = {len(server.seen) + 7: "in the middle"}
        with pytest.raises(NewsError):
            await synced(library, server)
        before = len(server.seen)
        assert (await synced(library, server)).counts["new"] == 20
        assert len([each for each in fever_calls(server, before) if each == "fever items"]) == 5


async def test_nothing_that_lets_us_in_goes_to_another_origin(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    server.item(server.feed(f"{HARBOUR}/feed"), f"{HARBOUR}/pier")
    await synced(library, server)
    with ReadingServer(path="", fever=FeverSide()) as other:
        server.odd.leads_to = other.origin
        with pytest.raises(NewsError, match="redirects what is sent"):
            await synced(library, server)
        with pytest.raises(CannotSync):
            await set_up(library, server.origin, "pat", Secret("harbour"))
        assert other.seen == []
