"""Redirects, robots.txt, Retry-After and a reader's headers together, in worlds that are made up."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fetch.errors import FetchError
from fetch.http.redirects import MOST_REDIRECTS
from fetch.http.request import Request
from fetch.http.response import Response
from fetch.secret import Secret
from tests.loopback import Loopback, Reply, Seen
from tests.newsroom import fetcher

pytestmark = pytest.mark.anyio

HOSTS, PATHS = range(3), ("/a", "/b", "/c")
PLACES = st.tuples(st.sampled_from(HOSTS), st.sampled_from(PATHS))


@dataclass(frozen=True)
class Turn:
    """What is answered at a place."""

    kind: Literal["page", "redirect", "refresh", "busy", "broken"]
    host: int = 0
    path: str = "/a"
    status: int = 302
    cookie: bool = False


TURNS = st.one_of(
    st.just(Turn("page")),
    st.builds(
        lambda kind, place, status, cookie: Turn(kind, *place, status, cookie),
        st.sampled_from(["redirect", "refresh"]), PLACES, st.sampled_from([301, 302, 303, 307, 308]), st.booleans(),
    ),
    st.sampled_from([Turn("busy"), Turn("broken")]),
)  # fmt: skip
WORLDS = st.fixed_dictionaries({(host, path): TURNS for host in HOSTS for path in PATHS})
CLOSED = st.lists(PLACES, max_size=3)


@pytest.fixture(scope="module")
def hosts() -> Iterator[list[Loopback]]:
    with Loopback("127.0.0.11") as one, Loopback("127.0.0.12") as two, Loopback("127.0.0.13") as three:
        yield [one, two, three]


def furnish(hosts: list[Loopback], world: dict[tuple[int, str], Turn], closed: list[tuple[int, str]]) -> None:
    for number, site in enumerate(hosts):
        site.seen.clear()
        site.routes.clear()
        lines = "".join(f"Disallow: {path}\n" for host, path in closed if host == number)
        site.put("/robots.txt", f"User-agent: *\n{lines}", kind="text/plain")
    for (number, path), turn in world.items():
        hosts[number].routes[path] = reply(turn, hosts[turn.host].url(turn.path))


def reply(turn: Turn, target: str) -> Reply:
    match turn.kind:
        case "redirect":
            cookie = {"Set-Cookie": "seen=1"} if turn.cookie else {}
            return Reply(status=turn.status, headers={"Location": target, **cookie})
        case "refresh":
            return Reply(f"<html><meta http-equiv=refresh content='0;url={target}'>".encode())
        case "busy":
            return Reply(status=429, headers={"Retry-After": "3600"})
        case "broken":
            return Reply(status=302, headers={"Location": "http://[::1"})
        case "page":
            return Reply(b"a page")


@settings(suppress_health_check=list(HealthCheck), max_examples=60)
@given(world=WORLDS, closed=CLOSED, starts=st.lists(PLACES, min_size=1, max_size=4), robots=st.booleans())
async def test_no_chain_of_hops_breaks_a_rule(
    hosts: list[Loopback],
    world: dict[tuple[int, str], Turn],
    closed: list[tuple[int, str]],
    starts: list[tuple[int, str]],
    robots: bool,
) -> None:
    furnish(hosts, world, closed)
    own = (("X-Member", Secret("torvik")),)
    async with fetcher() as one:
        for number, path in starts:
            before = [len(site.seen) for site in hosts]
            request = Request(hosts[number].url(path), reach="loopback", headers=own)
            (came,) = await asyncio.gather(one.get(request, robots=robots), return_exceptions=True)
            assert isinstance(came, Response | FetchError), came
            asked = [pages(site.seen[begun:]) for site, begun in zip(hosts, before, strict=True)]
            assert sum(map(len, asked)) <= MOST_REDIRECTS + 1
            for host, seen in enumerate(asked):
                assert host == number or not [each for each in seen if "x-member" in each.headers]
    for host, site in enumerate(hosts):
        paths = [seen.path for seen in pages(site.seen)]
        assert not (robots and [path for path in paths if (host, path) in closed])
        busy = [place for place, path in enumerate(paths) if world[host, path].kind == "busy"]
        assert busy in ([], [len(paths) - 1]), "nothing is asked of a host that asked to be left alone"


def pages(seen: list[Seen]) -> list[Seen]:
    return [each for each in seen if each.path != "/robots.txt"]
