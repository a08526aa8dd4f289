from __future__ import annotations

import threading
from contextlib import aclosing
from pathlib import Path

import pytest

from cache.library import open_library
from cache.refresh.options import RefreshOptions
from cache.refresh.process import run_here
from cache.related import assignment
from cache.writes.store import open_store
from tests.loopback import Loopback, Reply, Seen
from tests.newsroom import (
    QUICKLY,
    fetcher,
    headline,
    page,
    publish,
    receipt,
    refresh,
    steps,
    subscribe,
    text,
)

pytestmark = pytest.mark.anyio


async def test_teasers_land_before_their_pages_and_all_is_told(site: Loopback, library: Path) -> None:
    publish(site, "mole", "tide", "quay")
    source_id = subscribe(library, site.url("/feed"))
    told = await refresh(library)
    assert [progress.step for progress in told] == ["source", "listed", *["landed"] * 3, "closed", "finished"]
    closed, finished = told[-2], told[-1]
    assert (closed.source_id, closed.source, closed.full, closed.failed) == (source_id, site.url("/feed"), 3, 0)
    assert closed.wire == closed.unpacked == finished.wire == sum(len(route.body) for route in _replies(site))
    assert (finished.done, finished.total, finished.notice) == (4, 4, "3 of 3 complete")


def _replies(site: Loopback) -> list[Reply]:
    return [route for route in site.routes.values() if isinstance(route, Reply)]


async def test_nothing_is_fetched_twice(site: Loopback, library: Path) -> None:
    publish(site, "mole", "tide")
    subscribe(library, site.url("/feed"))
    await refresh(library)
    await refresh(library)
    assert len(site.asked("/feed")) == 2
    assert len(site.asked("/news/mole")) == len(site.asked("/news/tide")) == 1


async def test_a_host_that_never_answers_delays_no_other(site: Loopback, library: Path) -> None:
    publish(site, "mole")
    with Loopback("127.0.0.9") as hanging:
        hanging.hang("/feed")
        subscribe(library, hanging.url("/feed"))
        subscribe(library, site.url("/feed"))
        async with fetcher() as one, aclosing(run_here(library, RefreshOptions(), fetcher=one)) as told:
            async for progress in told:
                if progress.step == "landed":
                    break
            assert progress.running == (hanging.url("/feed"),)
        assert len(hanging.seen) == 1


async def test_after_two_silences_the_rest_of_a_host_waits(site: Loopback, library: Path) -> None:
    slugs = [f"tide-{number}" for number in range(12)]
    publish(site, *slugs)
    for slug in slugs:
        site.hang(f"/news/{slug}")
    subscribe(library, site.url("/feed"))
    told = await refresh(library, deadlines=QUICKLY)
    assert len(steps(told, "failed")) == 12
    assert len([seen for seen in site.seen if seen.path.startswith("/news/")]) <= 4
    assert told[-1].notice.startswith("0 of 12 complete")
    publish(site, *slugs)
    assert (await refresh(library))[-1].notice == "12 of 12 complete"


async def test_an_interrupted_refresh_goes_on_where_it_was(site: Loopback, library: Path) -> None:
    slugs = [f"tide-{number}" for number in range(10)]
    publish(site, *slugs)
    subscribe(library, site.url("/feed"))
    async with fetcher() as one, aclosing(run_here(library, RefreshOptions(), fetcher=one)) as told:
        landed = 0
        async for progress in told:
            landed += progress.step == "landed"
            if landed == 3:
                break
    before = receipt(library)["full"]
    assert isinstance(before, int)
    assert 3 <= before < 10
    told_again = await refresh(library)
    assert len(steps(told_again, "landed")) == 10 - before
    assert receipt(library)["full"] == 10


async def test_why_a_page_is_not_complete_is_kept_and_counted(site: Loopback, library: Path) -> None:
    publish(site, "mole", "gone", "closed", "heavy", "picture", "empty")
    site.put("/robots.txt", "User-agent: *\nDisallow: /news/closed\n", kind="text/plain")
    site.put("/news/gone", status=404)
    site.put("/news/heavy", content_length="99999999")
    site.put("/news/picture", b"\x89PNG", kind="image/png")
    site.put("/news/empty", "<html><body><p>Nothing.</p></body></html>")
    subscribe(library, site.url("/feed"))
    told = await refresh(library)
    reasons = {progress.url.rpartition("/")[2]: progress.reason for progress in steps(told, "failed")}
    assert reasons == {
        "gone": "not found", "closed": "robots", "heavy": "too large", "picture": "not text (PNG)",
        "empty": "not an article",
    }  # fmt: skip
    assert told[-1].notice.startswith("1 of 6 complete, ")
    assert "1 closed to programs" in told[-1].notice
    assert site.asked("/news/closed") == []


async def test_the_text_in_the_feed_stands_in_for_a_page_that_cannot_be_had(site: Loopback, library: Path) -> None:
    publish(site, "mole", content=text("from the feed") * 4)
    site.put("/news/mole", status=500)
    subscribe(library, site.url("/feed"))
    await refresh(library)
    async with open_library(library.parent) as opened:
        (entry,) = opened.entries(opened.ids("mole"))
        article = opened.article(entry.id)
    assert article is not None
    assert "(from the feed)" in article.text
    assert entry.headline == headline("mole")


async def test_a_page_that_changed_keeps_its_old_text(site: Loopback, library: Path) -> None:
    publish(site, "mole")
    subscribe(library, site.url("/feed"))
    await refresh(library)
    publish(site, "tide", "mole")  # a day is between them, so that the feed gives the older one another date
    site.put("/news/mole", page("mole", text("mole").replace("two of the nine", "three of the nine")))
    await refresh(library)
    async with open_library(library.parent) as opened:
        entry = opened.entry(site.url("/news/mole"))
        article = opened.article(entry.id)
        (before,) = opened.revisions(entry.id)
    assert entry.changed
    assert article is not None
    assert "three of the nine" in article.text
    assert "two of the nine" in before.article.text


async def test_teasers_alone_where_no_more_is_wanted(site: Loopback, library: Path) -> None:
    publish(site, "mole", "tide")
    subscribe(library, site.url("/feed"))
    told = await refresh(library, RefreshOptions(teasers_only=True))
    assert [seen.path for seen in site.seen] == ["/feed"]
    assert told[-1].notice == "0 of 2 complete, 2 waiting"


async def test_a_source_that_is_one_story_is_fetched_once(site: Loopback, library: Path) -> None:
    site.put("/news/mole", page("mole"), etag='"1"')
    subscribe(library, site.url("/news/mole"), "page")
    told = await refresh(library)
    assert [progress.step for progress in told] == ["source", "listed", "landed", "closed", "finished"]
    assert len(site.asked("/news/mole")) == 1
    site.put("/news/mole", page("mole", text("mole").replace("two of the nine", "three of the nine")), etag='"2"')
    await refresh(library)
    async with open_library(library.parent) as opened:
        (entry,) = opened.entries(opened.ids("mole"))
        assert entry.changed


async def test_a_section_page_is_followed_as_far_as_the_reader_asks(site: Loopback, library: Path) -> None:
    for number in (1, 2, 3):
        stories = "".join(
            f"<article><h3><a href='/news/tide-{number}-{place}'>{headline(f'tide {number} {place} rises')}</a></h3>"
            "<p>What the board heard on Monday.</p></article>"
            for place in range(5)
        )
        further = f"<a rel=next href='/section?page={number + 1}'>Older stories</a>"
        path = "/section" if number == 1 else f"/section?page={number}"
        site.put(path, f"<html><body><main>{stories}</main>{further}</body></html>")
    subscribe(library, site.url("/section"), "section")
    assert (await refresh(library, RefreshOptions(teasers_only=True)))[-1].teaser == 5
    assert (await refresh(library, RefreshOptions(teasers_only=True, pages=2)))[-1].library["teaser"] == 10
    assert len(site.asked("/section?page=3")) == 0


async def test_a_news_sitemap_behind_an_index_is_a_source(site: Loopback, library: Path) -> None:
    def entry(slug: str) -> str:
        return (
            f"<url><loc>{site.url(f'/news/{slug}')}</loc><news:news><news:title>{headline(slug)}</news:title>"
            "<news:publication_date>2026-09-28T08:00:00Z</news:publication_date></news:news></url>"
        )

    named = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    site.put(
        "/index.xml", f"<sitemapindex {named}><sitemap><loc>{site.url('/news.xml')}</loc></sitemap></sitemapindex>"
    )
    site.put("/news.xml", f"<urlset {named}>{entry('mole')}{entry('tide')}</urlset>")
    for slug in ("mole", "tide"):
        site.put(f"/news/{slug}", page(slug))
    subscribe(library, site.url("/index.xml"), "sitemap")
    told = await refresh(library)
    assert told[-1].notice == "2 of 2 complete"


async def test_a_sitemap_index_that_always_names_another_ends(site: Loopback, library: Path) -> None:
    for number in range(12):
        named = f"<sitemap><loc>{site.url(f'/{number + 1}.xml')}</loc></sitemap>"
        site.put(f"/{number}.xml", f"<sitemapindex>{named}</sitemapindex>")
    publish(site, "mole")
    subscribe(library, site.url("/0.xml"), "sitemap")
    subscribe(library, site.url("/feed"))
    told = await refresh(library)
    assert told[-1].notice == "1 of 1 complete"
    assert len(site.asked("/3.xml")) == 1
    assert not site.asked("/4.xml")


async def test_a_story_of_several_pages_lands_as_one(site: Loopback, library: Path) -> None:
    publish(site, "mole")
    further = "<link rel=next href='/news/mole?page=2'>"
    site.put("/news/mole", page("mole").replace("</head>", f"{further}</head>"))
    site.put("/news/mole?page=2", page("mole", text("second page")))
    subscribe(library, site.url("/feed"))
    told = await refresh(library)
    async with open_library(library.parent) as opened:
        (entry,) = opened.entries(opened.ids("mole"))
        article = opened.article(entry.id)
    assert article is not None
    assert "(mole)" in article.text
    assert "(second page)" in article.text
    assert len(steps(told, "landed")) == 1


async def test_a_readers_own_headers_go_to_the_source_and_its_pages(site: Loopback, library: Path) -> None:
    def members(seen: Seen) -> Reply:
        return Reply(page("mole").encode()) if seen.headers.get("x-member") == "torvik" else Reply(status=401)

    publish(site, "mole")
    site.routes["/news/mole"] = members
    source_id = subscribe(library, site.url("/feed"))
    with open_store(library) as store:
        store.connection.run("UPDATE source SET headers = ? WHERE id = ?", ('{"X-Member": "torvik"}', source_id))
    assert (await refresh(library))[-1].notice == "1 of 1 complete"
    assert site.asked("/feed")[0].headers["x-member"] == "torvik"


async def test_failures_are_tried_again_later_and_later(site: Loopback, library: Path) -> None:
    publish(site, "mole")
    site.put("/news/mole", status=503)
    subscribe(library, site.url("/feed"))
    for _ in range(4):
        await refresh(library)
    assert len(site.asked("/news/mole")) == 1
    with open_store(library) as store:
        assert [wanted.url for wanted in store.plan.wanted(2e10)] == [site.url("/news/mole")]


async def test_the_handbook_needs_no_network(library: Path) -> None:
    subscribe(library, "broadsheet:handbook", "bundled")
    told = await refresh(library)
    assert not steps(told, "failed")
    assert len(steps(told, "landed")) >= 12


@pytest.mark.parametrize("most", [10, 1000])
async def test_in_the_end_every_entry_has_its_place_among_the_stories(
    site: Loopback, library: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(assignment, "MANY_ENTRIES", most)
    publish(site, *(f"tide-{number}" for number in range(60)))
    subscribe(library, site.url("/feed"))
    await refresh(library, RefreshOptions(to_the_end=True))
    assert not any(thread.name == "search" for thread in threading.enumerate())
    with open_store(library) as store:
        assert not store.stories.assign_some()
        assert store.connection.value("SELECT count(*) FROM entry") == 60


async def test_of_a_sitemap_index_all_that_still_changes_is_read_and_what_fails_harms_no_other(
    site: Loopback, library: Path
) -> None:
    def of(slug: str) -> str:
        story = f"<loc>{site.url(f'/news/{slug}')}</loc><news><title>About {slug}</title></news>"
        return f"<urlset><url>{story}</url></urlset>"

    named = "".join(
        f"<sitemap><loc>{site.url(f'/{name}.xml')}</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in (("old", "2020-01-01"), ("gone", "2026-06-02"), ("mole", "2026-06-01"), ("tide", "2026-06-02"))
    )
    site.put("/index.xml", f"<sitemapindex>{named}</sitemapindex>")
    for slug in ("mole", "tide", "old"):
        site.put(f"/{slug}.xml", of(slug))
        site.put(f"/news/{slug}", page(slug))
    subscribe(library, site.url("/index.xml"), "sitemap")
    told = await refresh(library)
    assert len(steps(told, "landed")) == 2
    assert not site.asked("/old.xml")
    assert told[-1].wire >= sum(len(of(slug)) for slug in ("mole", "tide"))
