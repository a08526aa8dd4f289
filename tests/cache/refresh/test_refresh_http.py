"""The behaviours of a good fetcher that show from visit to visit, each under its number; the others: test_http."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cache.db.rows import OFFLINE
from cache.library import open_library, open_reading
from cache.progress import Progress
from cache.refresh.options import RefreshOptions
from cache.rules import http_state
from cache.writes.sources import VisitRecord
from cache.writes.store import open_store
from fetch.source import Validators
from tests.loopback import Loopback, Reply, Seen
from tests.newsroom import RSS, feed, page, refresh, steps, subscribe

pytestmark = pytest.mark.anyio

MONDAY, TUESDAY = "Mon, 07 Sep 2026 08:00:00 GMT", "Tue, 08 Sep 2026 08:00:00 GMT"


def _careful(body: str, etag: str, last_modified: str) -> Callable[[Seen], Reply]:
    """A feed that answers 304 to whoever repeats both validators exactly, as a careful server does."""

    def answer(seen: Seen) -> Reply:
        known = (seen.headers.get("if-none-match"), seen.headers.get("if-modified-since"))
        named = {"ETag": etag, "Last-Modified": last_modified}
        return (
            Reply(status=304, headers=named)
            if known == (etag, last_modified)
            else Reply(body.encode(), 200, named, RSS)
        )

    return answer


def _state(library: Path, source_id: int) -> http_state.Visit:
    with open_store(library) as store:
        known = store.plan.due_sources(float("inf"))
    return http_state.load(next(source.state for source in known if source.id == source_id))


def _due(library: Path, *, scheduled: bool = False, force: bool = False, after: float = 0.0) -> list[int]:
    with open_store(library) as store:
        due = store.plan.due_sources(time.time() + after, scheduled=scheduled, force=force)
    return [source.id for source in due]


def _count(library: Path) -> int:
    with open_store(library) as store:
        return sum(store.plan.receipt()[state] for state in OFFLINE)


def _stories(site: Loopback, *slugs: str) -> None:
    for slug in slugs:
        site.put(f"/news/{slug}", page(slug))


async def test_http_01_the_second_visit_sends_the_stored_validators(site: Loopback, library: Path) -> None:
    site.put("/feed", feed(site.url(""), []), etag='"1"', last_modified=MONDAY, kind=RSS)
    subscribe(library, site.url("/feed"))
    await refresh(library)
    await refresh(library)
    first, second = site.asked("/feed")
    assert "if-none-match" not in first.headers
    assert (second.headers["if-none-match"], second.headers["if-modified-since"]) == ('"1"', MONDAY)


async def test_http_05_new_validators_of_the_same_body_are_kept(site: Loopback, library: Path) -> None:
    body = feed(site.url(""), [])
    source_id = subscribe(library, site.url("/feed"))
    for etag, day in (('"1"', MONDAY), ('"2"', TUESDAY)):
        site.put("/feed", body, etag=etag, last_modified=day, kind=RSS)
        await refresh(library)
    assert _state(library, source_id).validators == Validators('"2"', TUESDAY, site.url("/feed"))


async def test_http_08_a_304_is_success_without_a_second_request(site: Loopback, library: Path) -> None:
    _stories(site, "mole")
    site.routes["/feed"] = _careful(feed(site.url(""), ["mole"]), '"1"', MONDAY)
    subscribe(library, site.url("/feed"))
    await refresh(library)
    asked = len(site.seen)
    told = await refresh(library)
    assert len(site.seen) == asked + 1
    assert not steps(told, "failed")
    assert _count(library) == 1


async def test_http_11_a_304_without_cache_control_keeps_the_max_age(site: Loopback, library: Path) -> None:
    source_id = subscribe(library, site.url("/feed"))
    site.put("/feed", feed(site.url(""), []), etag='"1"', cache_control="max-age=5000", kind=RSS)
    await refresh(library)
    site.put("/feed", status=304)
    await refresh(library, RefreshOptions(force=True))
    assert _due(library, after=4900) == []
    with open_store(library) as store:
        state = http_state.dump(_state(library, source_id))
        store.sources.record_visit(source_id, VisitRecord(time.time(), state, 0.0))
    site.put("/feed", status=304, cache_control="max-age=100")
    await refresh(library)
    assert _due(library, after=50) == []
    assert _due(library, after=200) == [source_id]


async def test_http_12_validators_survive_a_restart(site: Loopback, library: Path) -> None:
    site.put("/feed", feed(site.url(""), []), etag='W/"kept"', kind=RSS)
    subscribe(library, site.url("/feed"))
    await refresh(library)
    elsewhere = Path(shutil.copy(library, library.with_name("after-restart.db")))
    await refresh(elsewhere)
    assert site.seen[-1].headers["if-none-match"] == 'W/"kept"'


@pytest.mark.parametrize("header", ["cache_control", "expires"])
async def test_http_13_the_servers_wait_delays_the_next_visit(site: Loopback, library: Path, header: str) -> None:
    from email.utils import formatdate

    said = {"cache_control": "public, max-age=3600", "expires": formatdate(time.time() + 3600, usegmt=True)}[header]
    site.put("/feed", feed(site.url(""), []), kind=RSS, **{header: said})
    source_id = subscribe(library, site.url("/feed"))
    await refresh(library)
    await refresh(library)
    assert len(site.asked("/feed")) == 1
    assert _due(library, after=3500) == []
    assert _due(library, after=3700) == [source_id]


async def test_http_13_a_reader_who_insists_waits_a_quarter_of_an_hour_at_most(site: Loopback, library: Path) -> None:
    site.put("/feed", feed(site.url(""), []), kind=RSS, cache_control="max-age=86400")
    source_id = subscribe(library, site.url("/feed"))
    await refresh(library)
    assert _due(library, force=True, after=800) == []
    assert _due(library, force=True, after=1000) == [source_id]
    assert _due(library, after=1000) == []


async def test_http_14_a_rate_limit_is_no_death_of_the_source(site: Loopback, library: Path) -> None:
    site.put("/feed", status=429, retry_after="172800")
    source_id = subscribe(library, site.url("/feed"))
    told = await refresh(library)
    await refresh(library)
    assert [progress.reason for progress in steps(told, "failed")] == ["rate limited"]
    assert len(site.asked("/feed")) == 1
    assert _due(library, after=172_000) == _due(library, force=True, after=172_000) == []
    assert _due(library, after=172_900) == [source_id]


async def test_http_15_a_403_is_asked_less_and_less(site: Loopback, library: Path) -> None:
    site.put("/feed", "no", status=403)
    source_id = subscribe(library, site.url("/feed"))
    for _ in range(5):
        await refresh(library)
    assert len(site.asked("/feed")) == 2
    assert _due(library, after=3500) == []
    assert _due(library, after=3700) == [source_id]


async def test_http_16_a_hosts_feeds_are_asked_two_at_a_time_at_most(site: Loopback, library: Path) -> None:
    def in_a_while(_: Seen) -> Reply:
        site.closing.wait(0.02)
        return Reply(feed(site.url(""), []).encode(), kind=RSS)

    for number in range(8):
        site.routes[f"/feed/{number}"] = in_a_while
        subscribe(library, site.url(f"/feed/{number}"))
    told = await refresh(library)
    assert len(steps(told, "listed")) == 8
    assert site.busiest <= 2


async def test_http_17_on_a_schedule_hourly_or_daily_where_nothing_can_be_conditional(
    site: Loopback, library: Path
) -> None:
    site.put("/with", feed(site.url(""), []), etag='"1"', kind=RSS)
    site.put("/without", feed(site.url(""), []), kind=RSS)
    conditional, whole = subscribe(library, site.url("/with")), subscribe(library, site.url("/without"))
    await refresh(library)
    assert _due(library, scheduled=True, after=3000) == []
    assert _due(library, scheduled=True, after=3700) == [conditional]
    assert _due(library, scheduled=True, after=86_500) == [conditional, whole]


async def test_http_18_a_restart_does_not_ask_before_its_time(site: Loopback, library: Path) -> None:
    site.put("/feed", feed(site.url(""), []), etag='"1"', kind=RSS)
    subscribe(library, site.url("/feed"))
    await refresh(library)
    await refresh(library, RefreshOptions(scheduled=True))
    assert len(site.asked("/feed")) == 1


@pytest.mark.parametrize("status", [301, 308, 302, 303, 307])
async def test_http_19_only_a_permanent_redirect_moves_a_source(site: Loopback, library: Path, status: int) -> None:
    _stories(site, "mole")
    site.put("/old", status=status, location="/new")
    site.put("/new", feed(site.url(""), ["mole"]), kind=RSS)
    source_id = subscribe(library, site.url("/old"))
    for _ in range(http_state.SIGHTINGS + 1):
        await refresh(library)
    with open_store(library) as store:
        (source,) = store.plan.due_sources(float("inf"))
    moved = status in (301, 308)
    assert (source.id, source.url) == (source_id, site.url("/new" if moved else "/old"))
    assert len(site.asked("/old")) == (http_state.SIGHTINGS if moved else http_state.SIGHTINGS + 1)
    assert _count(library) == 1


async def test_http_20_a_move_needs_repeated_sightings_of_a_source(site: Loopback, library: Path) -> None:
    site.put("/old", status=301, location="/closed")
    site.put("/closed", "<html><body><h1>Closed for repairs</h1></body></html>")
    source_id = subscribe(library, site.url("/old"))
    for _ in range(http_state.SIGHTINGS + 2):
        await refresh(library)
    assert _state(library, source_id).sightings == 0
    site.put("/old", status=301, location="/new")
    site.put("/new", feed(site.url(""), []), kind=RSS)
    for _ in range(http_state.SIGHTINGS - 1):
        await refresh(library)
    with open_store(library) as store:
        (source,) = store.plan.due_sources(float("inf"))
    assert source.url == site.url("/old")


async def test_http_21_what_is_gone_is_asked_no_more_and_its_stories_stay(site: Loopback, library: Path) -> None:
    _stories(site, "mole")
    site.put("/feed", feed(site.url(""), ["mole"]), kind=RSS)
    subscribe(library, site.url("/feed"))
    await refresh(library)
    site.put("/feed", status=410)
    await refresh(library)
    await refresh(library)
    assert len(site.asked("/feed")) == 2
    assert _due(library, after=10 * 365 * 86400) == []
    assert _count(library) == 1
    async with open_library(library.parent) as opened:
        assert "gone" in next(source.error for source in opened.sources() if source.kind == "feed")


async def test_http_27_failures_never_end_a_source(site: Loopback, library: Path) -> None:
    site.put("/feed", status=500)
    source_id = subscribe(library, site.url("/feed"))
    for _ in range(12):
        await refresh(library)
    assert _state(library, source_id).failures == 12
    site.put("/feed", feed(site.url(""), []), kind=RSS)
    told = await refresh(library)
    assert not steps(told, "failed")
    assert _state(library, source_id).failures == 0


async def test_http_28_stories_show_while_the_server_hangs(site: Loopback, library: Path) -> None:
    _stories(site, "mole")
    site.put("/feed", feed(site.url(""), ["mole"]), kind=RSS)
    subscribe(library, site.url("/feed"))
    await refresh(library)
    site.hang("/feed")
    async with open_library(library.parent) as opened:
        (found,) = opened.entries(opened.ids("mole"))
        article = opened.article(found.id)
    assert article is not None
    assert "Ilsabe Torvik" in article.text


async def test_http_29_a_stuck_last_modified_still_yields_new_stories(site: Loopback, library: Path) -> None:
    far = "Fri, 01 Jan 2044 08:00:00 GMT"
    site.routes["/feed"] = _careful(feed(site.url(""), []), '"stuck"', far)
    source_id = subscribe(library, site.url("/feed"))
    await refresh(library)
    _stories(site, "mole")
    site.routes["/feed"] = _careful(feed(site.url(""), ["mole"]), '"stuck"', far)
    await refresh(library)
    assert _count(library) == 0
    visit = _state(library, source_id)
    with open_store(library) as store:
        long_ago = http_state.dump(
            http_state.Visit(visit.validators, visit.zone, whole=visit.whole - http_state.LONGEST_UNSEEN)
        )
        store.sources.record_visit(source_id, VisitRecord(time.time(), long_ago, 0.0))
    told: list[Progress] = await refresh(library)
    assert steps(told, "landed")
    assert _count(library) == 1


# ---- what is told of a source that gives nothing


def _error(library: Path) -> str:
    with open_reading(library.parent) as opened:
        return next(source.error for source in opened.sources() if source.kind == "feed")


async def test_a_source_that_is_gone_is_told_with_what_to_do(site: Loopback, library: Path) -> None:
    site.put("/feed", status=410)
    subscribe(library, site.url("/feed"))
    told = await refresh(library)
    assert "adding its site again" in _error(library)
    assert any("adding its site again" in step.notice for step in steps(told, "failed"))


@pytest.mark.parametrize("redirected", [True, False])
async def test_a_feed_that_became_a_login_page_is_told_as_such(site: Loopback, library: Path, redirected: bool) -> None:
    form = "<html><body><h1>Members</h1><form><input name=user>{}</form></body></html>"
    if redirected:
        site.put("/feed", status=302, location="/login?next=/feed")
        site.put("/login?next=/feed", form.format(""))
    else:
        site.put("/feed", form.format("<input type=password name=word>"))
    subscribe(library, site.url("/feed"))
    await refresh(library)
    assert _error(library) == (
        f"{site.url('/feed')} answers with a page to log in at."
        " `broadsheet arrange` has a login sent with every request."
    )


async def test_a_feed_that_is_empty_for_a_fortnight_is_told_until_it_lists_something(
    site: Loopback, library: Path
) -> None:
    site.put("/feed", feed(site.url(""), []), kind=RSS, etag='"1"')
    source_id = subscribe(library, site.url("/feed"))
    await refresh(library)
    assert _error(library) == ""
    visit = _state(library, source_id)
    with open_store(library) as store:
        long = http_state.dump(replace(visit, empty=visit.empty - 15 * 86400))
        store.sources.record_visit(source_id, VisitRecord(time.time(), long, 0.0))
    for status in (304, 200):
        site.put("/feed", feed(site.url(""), []), kind=RSS, etag='"1"', status=status)
        await refresh(library)
        assert "has listed nothing for 15 days" in _error(library)
    _stories(site, "mole")
    site.put("/feed", feed(site.url(""), ["mole"]), kind=RSS, etag='"2"')
    await refresh(library)
    assert _error(library) == ""
    assert _state(library, source_id).empty == 0.0


# ---- how often, when nobody asks


async def test_a_feeds_own_word_spaces_scheduled_visits(site: Loopback, library: Path) -> None:
    body = feed(site.url(""), [])
    for name, said in (("ttl", "<ttl>240</ttl>"), ("sy", "<sy:updatePeriod>daily</sy:updatePeriod>")):
        text = body.replace("<title>", f"{said}<title>", 1).replace(
            "<rss ", "<rss xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' "
        )
        site.put(f"/{name}", text, kind=RSS, etag='"1"')
        subscribe(library, site.url(f"/{name}"))
    await refresh(library)
    assert _due(library, scheduled=True, after=4 * 3600 - 60) == []
    assert len(_due(library, scheduled=True, after=4 * 3600 + 60)) == 1
    assert len(_due(library, scheduled=True, after=24 * 3600 + 60)) == 2
    assert len(_due(library)) == 2, "a reader waits for neither"


async def test_two_programs_that_refresh_by_themselves_ask_once(site: Loopback, library: Path) -> None:
    def in_a_while(_: Seen) -> Reply:
        site.closing.wait(0.05)
        return Reply(feed(site.url(""), []).encode(), kind=RSS)

    site.routes["/feed"] = in_a_while
    subscribe(library, site.url("/feed"))
    options = RefreshOptions(scheduled=True)
    await asyncio.gather(*(refresh(library, options) for _ in range(3)))
    assert len(site.asked("/feed")) == 1


async def test_sixty_feeds_of_one_host_are_spread(site: Loopback, library: Path) -> None:
    for number in range(60):
        site.put(f"/feed/{number}", feed(site.url(""), []), kind=RSS, etag='"1"')
        subscribe(library, site.url(f"/feed/{number}"))
    for visit in range(1, 5):
        await refresh(library, RefreshOptions(scheduled=True))
        assert len(site.seen) - len(site.asked("/robots.txt")) == 15 * visit
    assert site.busiest <= 2
    assert len({seen.path for seen in site.seen} - {"/robots.txt"}) == 60
