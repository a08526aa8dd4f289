"""Oddities of real servers, failures in words, and connections that are cut: none of it undoes or invents a mark."""

from __future__ import annotations

import pytest

from cache.library import Library
from cache.sync.reader_answers import id_of, long_id
from cache.sync.reader_session import bases_of
from cache.sync.remote import CannotSync
from cache.sync.server import accounts_of, set_up, waiting_of
from fetch.errors import NewsError
from fetch.secret import Secret
from tests.cache.sync.conftest import Syncing
from tests.loopback import CUTS, Cut
from tests.reading_server import Oddities, ReadingServer

NUMBERS = (0, 1, 1_795_891_470_481_031, (1 << 63) - 1, -1, -(1 << 63))


@pytest.mark.parametrize("number", NUMBERS)
def test_an_id_is_the_same_in_its_long_and_its_decimal_form(number: int) -> None:
    assert id_of(str(number)) == id_of(long_id(str(number))) == str(number)
    assert long_id(str(number)).rpartition("/")[2] == f"{number & (1 << 64) - 1:016x}"


def test_bare_hexadecimal_and_what_is_no_number() -> None:
    assert id_of("0006615a91273687") == str(0x0006615A91273687)
    assert id_of("tag:google.com,2005:reader/item/5fae2b0c9d8e7f6a1b2c3d4e") == "5fae2b0c9d8e7f6a1b2c3d4e"
    assert id_of("1795891470481032") == "1795891470481032", "sixteen digits are a number as most servers write it"


@pytest.mark.parametrize(
    "typed",
    [
        "https://reader.example/rss",
        "https://reader.example/rss/",
        "reader.example/rss",
        "https://reader.example/rss/i/",
        "https://reader.example/rss/api/",
        "https://reader.example/rss/api/greader.php",
        "https://reader.example/rss/api/greader.php/reader/api/0",
    ],
)
def test_the_address_of_freshrss_is_found_from_whatever_is_typed(typed: str) -> None:
    assert "https://reader.example/rss/api/greader.php" in list(bases_of(typed))[:2]


@pytest.mark.parametrize("typed", ["", "two words", "https://pat:harbour@reader.example", "ftp://reader.example"])
def test_what_is_no_address_is_told(typed: str) -> None:
    with pytest.raises(CannotSync):
        list(bases_of(typed))


ODD = {
    "bare hexadecimal ids": Oddities(ids="hexadecimal"),
    "long ids": Oddities(ids="long"),
    "times in millionths": Oddities(microseconds=True),
    "no categories": Oddities(no_categories=True),
    "pages of three": Oddities(page=3),
    "the same in two pages": Oddities(page=3, repeats_in_pages=True),
    "users by number": Oddities(user="7"),
}


@pytest.mark.anyio
@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_server_is_read_as_any_other(library: Library, synced: Syncing, odd: str) -> None:
    with ReadingServer(oddities=ODD[odd]) as server:
        sea = server.feed("https://harbour.example/feed", "Harbour")
        made = [server.item(sea, f"https://harbour.example/{n}", read=n % 2 == 0, starred=n == 3) for n in range(8)]
        await synced(library, server)
        made[1].read, made[3].starred = True, False
        await library.mark_read([library.entry(made[5].url).id], True)
        await synced(library, server)
        for each in made:
            entry = library.entry(each.url)
            assert (entry.read, entry.saved) == (each.read, each.starred)
            assert entry.published
            assert entry.published.year == 2026
        assert made[5].read


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("odd", "said"),
    [
        (Oddities(switched_off=True), "API is not available"),
        (Oddities(no_authorization=True), "header Authorization"),
        (Oddities(html_instead="subscription/list"), "did not answer subscription/list"),
        (Oddities(sentence_instead="stream/items/ids"), "did not answer stream/items/ids"),
    ],
)
async def test_what_went_wrong_is_said_in_words(library: Library, synced: Syncing, odd: Oddities, said: str) -> None:
    with ReadingServer(oddities=odd) as server:
        server.item(server.feed("https://harbour.example/feed"), "https://harbour.example/pier")
        with pytest.raises(NewsError, match=said):
            await synced(library, server)
        assert [each for each in server.seen if each.call == "edit-tag"] == []


@pytest.mark.anyio
async def test_a_wrong_password_is_told_and_nothing_is_kept(library: Library, server: ReadingServer) -> None:
    with pytest.raises(CannotSync, match="API password"):
        await set_up(library, server.origin, "pat", Secret("wrong"))
    assert await accounts_of(library) == []
    assert [each.call for each in server.seen] == ["accounts/ClientLogin"], "it is tried at one place"


@pytest.mark.anyio
async def test_a_login_that_has_run_out_is_renewed_once(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    pier = server.item(server.feed("https://harbour.example/feed"), "https://harbour.example/pier")
    await synced(library, server)
    server.expire()
    server.token = "token-2"
    await library.mark_read([library.entry(pier.url).id], True)
    await synced(library, server)
    assert pier.read
    assert len(server.calls("accounts/ClientLogin")) == 2
    server.password = "another"
    server.expire()
    with pytest.raises(CannotSync, match="password"):
        await synced(library, server)
    assert len(server.calls("accounts/ClientLogin")) == 3


@pytest.mark.anyio
async def test_a_mark_that_does_not_take_waits_and_undoes_nothing(library: Library, synced: Syncing) -> None:
    with ReadingServer(oddities=Oddities(ignores_marks=True)) as server:
        pier = server.item(server.feed("https://harbour.example/feed"), "https://harbour.example/pier")
        await synced(library, server)
        await library.mark_read([library.entry(pier.url).id], True)
        outcome = await synced(library, server)
        assert not outcome.is_whole
        assert library.entry(pier.url).read
        [account] = await accounts_of(library)
        assert await waiting_of(library, account) == 1
        server.odd.ignores_marks = False
        await synced(library, server)
        assert pier.read


@pytest.mark.anyio
async def test_a_server_that_gives_no_entries_is_asked_again(library: Library, synced: Syncing) -> None:
    with ReadingServer(oddities=Oddities(gives_no_contents=True)) as server:
        server.item(server.feed("https://harbour.example/feed"), "https://harbour.example/pier")
        assert (await synced(library, server)).counts["new"] == 0
        server.odd.gives_no_contents = False
        assert (await synced(library, server)).counts["new"] == 1


@pytest.mark.anyio
async def test_a_feed_that_the_server_refuses_is_not_asked_for_at_each_sync(library: Library, synced: Syncing) -> None:
    from fetch.source import Source

    await library.write(lambda store: store.sources.add(Source("https://tide.example/feed", "feed", "Tide")))
    with ReadingServer(oddities=Oddities(refuses_feeds=True)) as server:
        assert "would not keep Tide" in (await synced(library, server)).sentence
        assert "would not keep Tide" in (await synced(library, server)).sentence
        assert len(server.calls("subscription/edit")) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("cut", CUTS)
async def test_cut_at_each_request_once_a_sync_goes_on_and_both_sides_end_alike(
    library: Library, server: ReadingServer, synced: Syncing, cut: Cut
) -> None:
    server.odd.page = 4
    sea = server.feed("https://harbour.example/feed")
    made = [server.item(sea, f"https://harbour.example/{n}", read=n % 3 == 0, starred=n == 4) for n in range(9)]
    await synced(library, server)
    for round_ in range(7):
        mine, theirs = made[round_], made[round_ + 1]
        server.item(sea, f"https://harbour.example/new{round_}")
        wanted = not library.entry(mine.url).read
        await library.mark_read([library.entry(mine.url).id], wanted)
        theirs.starred = not theirs.starred
        starred = theirs.starred
        server.cuts = {len(server.seen) + 1 + round_: cut}
        for _ in range(3):  # what is cut is whole the next time: each request is cut once
            try:
                await synced(library, server)
            except NewsError:
                continue
        entry = library.entry(mine.url)
        assert (entry.read, mine.read) == (wanted, wanted)
        assert library.entry(theirs.url).saved == starred == theirs.starred
        assert library.entry(f"https://harbour.example/new{round_}").headline
        assert server.cuts == {}


@pytest.mark.anyio
async def test_nothing_that_lets_us_in_goes_to_another_origin(
    library: Library, server: ReadingServer, synced: Syncing
) -> None:
    server.item(server.feed("https://harbour.example/feed"), "https://harbour.example/pier")
    await synced(library, server)
    with ReadingServer() as other:
        server.odd.leads_to = other.origin
        with pytest.raises(NewsError, match="redirects what is sent"):
            await synced(library, server)
        with pytest.raises(CannotSync):
            await set_up(library, server.base, "pat", Secret("harbour"))
        assert [each.call for each in other.seen] == ["subscription/list"], "a redirected GET, and no login"
        assert "authorization" not in other.seen[0].headers
        assert "harbour" not in str(other.seen[0])
