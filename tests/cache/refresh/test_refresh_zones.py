"""How far a source may lead, from visit to visit: nowhere but where it was found, and where lists may point."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cache.library import Library, open_library
from cache.rules import http_state
from cache.writes.store import open_store
from fetch.discovery.catalogue import CatalogueSource
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, fetcher, publish, refresh, steps, subscribe

pytestmark = pytest.mark.anyio

Names = dict[str, str]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """What a resolver of ours answers: the address of each name."""
    known: Names = {}

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (known.get(host, "127.0.0.1"), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return known


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes an address of loopback count as public, for a test of what the public may reach."""
    from fetch.http import transport

    taken: set[str] = set()
    permit = transport.permit

    def permitted(address: str, reach: Any, url: str) -> Any:
        return "public" if address in taken else permit(address, reach, url)

    monkeypatch.setattr(transport, "permit", permitted)
    return taken.add


async def test_a_name_that_is_rebound_after_the_first_visit_leads_nowhere(
    library: Path, names: Names, public: Callable[[str], None]
) -> None:
    public("127.0.0.5")
    with Loopback("127.0.0.5") as outside, Loopback("127.0.0.1") as inside:
        names["harbour.example"] = "127.0.0.5"
        port = outside.url("").rpartition(":")[2]
        outside.put("/feed", feed(outside.url(""), []), kind=RSS)
        subscribe(library, f"http://harbour.example:{port}/feed")
        assert not steps(await refresh(library), "failed")
        names["harbour.example"] = "127.0.0.1"
        (failed,) = steps(await refresh(library), "failed")
        assert failed.reason == "address"
        assert inside.seen == []


async def added_from_list(site: Loopback, library: Library) -> None:
    for candidate in await library.discover(site.url("/feeds.opml")):
        await library.add(candidate.source.url, candidate)


@pytest.mark.parametrize("there", ["10.1.2.3", "169.254.169.254", "192.168.1.1", "2130706433", "[::1]", "localhost"])
async def test_what_a_remote_list_names_is_not_asked_inside(
    there: str, tmp_path: Path, names: Names, public: Callable[[str], None]
) -> None:
    public("127.0.0.5")
    with Loopback("127.0.0.5") as outside:
        names["lists.example"] = "127.0.0.5"
        site = outside.url("").replace("127.0.0.5", "lists.example")
        outline = f"<outline xmlUrl='http://{there}/latest/meta-data/'/><outline xmlUrl='{site}/feed'/>"
        outside.put("/feeds.opml", f"<opml><body>{outline}</body></opml>", kind="text/x-opml")
        publish(outside, at="/feed")
        async with fetcher() as one, open_library(tmp_path, fetcher=one) as library:
            for candidate in await library.discover(f"{site}/feeds.opml"):
                await library.add(candidate.source.url, candidate)
            failed = [step async for step in library.refresh() if step.step == "failed"]
    assert [step.reason for step in failed] == ["address"]


async def test_what_the_catalogue_names_is_in_the_public_net(tmp_path: Path) -> None:
    listed = CatalogueSource("Inside", "http://127.0.0.1:9/feed", "feed", "http://127.0.0.1:9/", True)
    async with fetcher() as one, open_library(tmp_path, fetcher=one) as library:
        source = await library.add(listed.url, listed.candidate)
        failed = [step async for step in library.refresh([source.id]) if step.step == "failed"]
    assert [step.reason for step in failed] == ["address"]


async def test_a_list_in_ones_own_network_may_name_what_is_there(site: Loopback, tmp_path: Path) -> None:
    publish(site, "mole")
    site.put("/feeds.opml", f"<opml><body><outline xmlUrl='{site.url('/feed')}'/></body></opml>", kind="text/x-opml")
    async with fetcher() as one, open_library(tmp_path, fetcher=one) as library:
        await added_from_list(site, library)
        assert not [step async for step in library.refresh() if step.step == "failed"]


async def test_a_source_that_is_added_again_is_found_anew(library: Path) -> None:
    source_id = subscribe(library, "https://harbour.example/feed")
    with open_store(library) as store:
        (known,) = store.plan.due_sources(float("inf"))
        store.connection.run(
            "UPDATE source SET state = ? WHERE id = ?",
            (http_state.dump(http_state.Visit(zone="private", whole=1.0)), source_id),
        )
    subscribe(library, known.url)
    with open_store(library) as store:
        (known,) = store.plan.due_sources(float("inf"))
    assert http_state.load(known.state).own_reach == "anywhere"
