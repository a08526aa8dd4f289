"""What a refresh counts is what the library has: source by source, in the whole, and in the reader's sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from cache.library import open_library
from cache.refresh.options import RefreshOptions
from cache.writes.store import open_store
from tests.loopback import Loopback, Reply
from tests.newsroom import QUICKLY, RSS, feed, page, refresh, steps, subscribe, text

pytestmark = pytest.mark.anyio

REFUSAL = "<html><head><title>Access Denied</title></head><body>Access Denied. Reference&#32;&#35;18.2d58</body></html>"
MEMBERS = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour report: members",'
    '"isAccessibleForFree":false}</script>'
)
SPOILT = {
    "closed": (Reply(status=200), "robots"),
    "gone": (Reply(status=410), "gone"),
    "lost": (Reply(status=404), "not found"),
    "broken": (Reply(status=500), "HTTP 500"),
    "login": (Reply(status=401), "login"),
    "paid": (Reply(status=402), "paywall"),
    "refused": (Reply(REFUSAL.encode(), 403), "blocked"),
    "round": (Reply(status=302, headers={"Location": "/news/round"}), "too many redirects"),
    "chart": (Reply(b"\x89PNG", kind="image/png"), "not text (PNG)"),
    "huge": (Reply(b"x", headers={"Content-Length": "9000000"}), "too large"),
    "empty": (Reply(b"<!doctype html><title>Tides</title><nav><a href=/>Home</a></nav>"), "not an article"),
    "members": (Reply((page("members", text("members")[:300]) + MEMBERS).encode()), "paywall"),
}
WHOLE = ("mole", "tide", "quay")


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        running.put("/robots.txt", "User-agent: *\nDisallow: /news/closed\n", kind="text/plain")
        running.put("/feed", feed(running.url(""), [*WHOLE, *SPOILT]), kind=RSS)
        for slug in WHOLE:
            running.put(f"/news/{slug}", page(slug))
        running.routes |= {f"/news/{slug}": reply for slug, (reply, _) in SPOILT.items()}
        yield running


async def test_every_kind_of_failure_is_counted_once_and_named(site: Loopback, library: Path) -> None:
    subscribe(library, site.url("/feed"))
    told = await refresh(library, deadlines=QUICKLY)
    reasons = Counter(reason for _, reason in SPOILT.values())
    assert Counter(step.reason for step in steps(told, "failed")) == reasons
    (closed,), finished = steps(told, "closed"), told[-1]
    for brought in (closed, finished):
        counts = (brought.new, brought.full, brought.part, brought.teaser, brought.failed)
        assert counts == (3 + len(SPOILT), 3, 1, 0, len(SPOILT) - 1)
    assert finished.library == {"full": 3, "part": 1, "teaser": 0, "failed": len(SPOILT) - 1}
    with open_store(library) as store:
        receipt = store.plan.receipt()
    reasons["paywall"] -= 1  # of one of the two there is a part
    states = {"full": 3, "part": 1, "teaser": 0, "failed": len(SPOILT) - 1}
    assert receipt == {**states, "reasons": reasons, "part_reasons": {"paywall": 1}}
    assert finished.notice.startswith("3 of 15 complete, 1 in part (paywalled), ")
    assert "waiting" not in finished.notice


async def test_a_refresh_of_headlines_counts_them(site: Loopback, library: Path) -> None:
    subscribe(library, site.url("/feed"))
    told = await refresh(library, RefreshOptions(teasers_only=True))
    (closed,), finished = steps(told, "closed"), told[-1]
    assert (closed.full, closed.teaser, closed.failed) == (0, 15, 0)
    assert (finished.full, finished.teaser, finished.failed) == (0, 15, 0)
    assert finished.notice == "0 of 15 complete, 15 waiting"
    assert steps(await refresh(library, RefreshOptions(teasers_only=True)), "closed")[0].teaser == 0


async def test_a_failed_second_look_at_a_complete_story_leaves_it_complete(site: Loopback, library: Path) -> None:
    site.put("/feed", feed(site.url(""), ["mole"]), kind=RSS)
    subscribe(library, site.url("/feed"))
    await refresh(library)
    site.put("/feed", feed(site.url(""), ["mole"]).replace("Harbour report", "Harbour report again"), kind=RSS)
    site.put("/news/mole", status=500)
    told = await refresh(library)
    assert [step.reason for step in steps(told, "failed")] == ["HTTP 500"]
    closed = steps(told, "closed")[0]
    assert (closed.full, closed.failed, told[-1].notice) == (1, 0, "1 of 1 complete")


async def test_the_reader_is_told_what_became_of_what_was_asked_for(site: Loopback, library: Path) -> None:
    with open_store(library) as store:
        for slug in ("mole", "closed", "lost", "nowhere"):
            store.entries.entry_for(site.url(f"/news/{slug}"), queued=True, now=1.0, reach="anywhere")
    site.put("/news/closed", page("closed"))
    told = await refresh(library)
    assert told[-1].notice == ("2 of 4 complete, 2 not found; of what you asked for: 2 came, 2 not found")


async def test_a_single_story_behind_a_paywall_is_no_broken_source(site: Loopback, library: Path) -> None:
    source_id = subscribe(library, site.url("/news/members"), "page")
    told = await refresh(library)
    assert [(step.url, step.reason) for step in steps(told, "failed")] == [(site.url("/news/members"), "paywall")]
    assert [step.source_id for step in steps(told, "listed")] == [source_id]
    assert told[-1].notice == "0 of 1 complete, 1 in part (paywalled)"


async def test_what_a_refresh_brought_is_told_apart_from_what_the_library_has(site: Loopback, library: Path) -> None:
    site.put("/feed", feed(site.url(""), ["mole", "tide"]), kind=RSS)
    subscribe(library, site.url("/feed"))
    first = (await refresh(library))[-1]
    assert (first.new, first.full, first.asked, first.network) == (2, 2, 1, "online")
    site.put("/feed", feed(site.url(""), ["mole", "tide", "quay"]), kind=RSS)
    second = (await refresh(library))[-1]
    assert (second.new, second.full, second.failures) == (1, 1, ())
    assert second.library == {"full": 3, "part": 0, "teaser": 0, "failed": 0}
    third = (await refresh(library))[-1]
    assert (third.new, third.full, third.asked) == (0, 0, 1)


async def test_the_time_of_the_last_refresh_is_of_the_last_that_got_something(site: Loopback, library: Path) -> None:
    subscribe(library, site.url("/feed"))
    async with open_library(library.parent) as opened:

        def times() -> tuple[datetime | None, datetime | None]:
            return opened.status().refreshed, next(s.refreshed for s in opened.sources() if s.kind == "feed")

        assert times() == (None, None)
        await refresh(library)
        got = times()
        assert got[0] is not None
        assert got[0] == got[1]
        site.put("/feed", status=500)
        failed = (await refresh(library))[-1]
        assert times() == got
        assert [(each.source, each.reason) for each in failed.failures] == [("Harbour Gazette", "HTTP 500")]
        assert failed.network == "online", "a server that answers with an error has answered"
        assert opened.sources()[-1].error


async def test_with_every_server_dead_nothing_is_online(site: Loopback, library: Path) -> None:
    subscribe(library, site.url("/feed"))
    site.stop()
    told = await refresh(library)
    assert {step.network for step in told} == {""}
    assert [each.reason for each in told[-1].failures] == ["refused connection"]


async def test_without_a_network_nothing_could_be_asked(
    site: Loopback, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(library, site.url("/feed"))
    site.stop()
    monkeypatch.setattr("cache.refresh.progress_reporter.online", lambda: False)
    assert (await refresh(library))[-1].network == "offline"


async def test_a_story_of_which_later_pages_fail_is_there_in_part(site: Loopback, library: Path) -> None:
    further = "<link rel=next href='/news/mole?page=2'></head>"
    site.put("/feed", feed(site.url(""), ["mole"]), kind=RSS)
    site.put("/news/mole", page("mole").replace("</head>", further))
    subscribe(library, site.url("/feed"))
    told = await refresh(library)
    assert told[-1].notice == "0 of 1 complete, 1 in part (later pages missing)"
    async with open_library(library.parent) as opened:
        (entry,) = opened.entries(opened.ids("is:part"))
        assert (entry.offline, entry.reason, entry.changed) == ("part", "later pages missing", False)
        assert list(opened.ids("-is:full")) == [entry.id]
        article = opened.article(entry.id)
        assert article is not None
        assert "Ilsabe Torvik" in article.text
    site.put("/news/mole?page=2", page("mole", text("second page")))
    with open_store(library) as store:
        store.connection.run("UPDATE entry SET retry = 0")
    told = await refresh(library)
    assert told[-1].notice == "1 of 1 complete"
    async with open_library(library.parent) as opened:
        assert not opened.entry(entry.id).changed, "the rest of a story is no change of it"


async def test_a_last_page_that_names_itself_or_the_first_as_next_ends_a_whole_story(
    site: Loopback, library: Path
) -> None:
    site.put("/feed", feed(site.url(""), ["mole"]), kind=RSS)
    site.put("/news/mole", page("mole").replace("</head>", "<link rel=next href='/news/mole?page=2'></head>"))
    site.put("/news/mole?page=2", page("mole", text("two")).replace("</head>", "<link rel=next href='?page=1'></head>"))
    subscribe(library, site.url("/feed"))
    assert (await refresh(library))[-1].notice == "1 of 1 complete"


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (text("from the feed") * 3, "full"),
        (text("from the feed") * 3 + "<p>And then the board …</p>", "part"),
        (text("from the feed") * 3 + "<p>And then the board [...]</p>", "part"),
        (text("from the feed") * 3 + "<p><a href='/news/lost'>Continue reading</a></p>", "part"),
        ("<p>The harbour board met on Monday.</p>", "part"),
    ],
)
async def test_what_a_feed_carried_is_whole_only_where_nothing_speaks_against_it(
    site: Loopback, library: Path, content: str, state: str
) -> None:
    site.put("/feed", feed(site.url(""), ["lost"], content=content), kind=RSS)
    subscribe(library, site.url("/feed"))
    counts = (await refresh(library))[-1].library
    assert counts is not None
    assert counts[state] == 1


async def test_a_refresh_asks_for_pages_and_nothing_in_them(site: Loopback, library: Path) -> None:
    inside = (
        "<img src='/a.png'><script src='/b.js'></script><link rel=stylesheet href='/c.css'><iframe src='/d'></iframe>"
    )
    site.put("/feed", feed(site.url(""), ["mole"]), kind=RSS)
    site.put("/news/mole", page("mole", text("mole") + inside))
    subscribe(library, site.url("/feed"))
    await refresh(library)
    assert {seen.path for seen in site.seen} == {"/feed", "/robots.txt", "/news/mole"}


async def test_a_refresh_never_touches_what_the_reader_did(site: Loopback, library: Path) -> None:
    site.put("/feed", feed(site.url(""), ["mole"]), kind=RSS)
    subscribe(library, site.url("/feed"))
    await refresh(library)
    async with open_library(library.parent) as opened:
        (number,) = opened.ids("source:gazette")
        await opened.save([number])
        await opened.mark_read([number])
        await opened.tag(number, ["budget"])
        await opened.note(number, "Ask again.")
        site.put("/feed", feed(site.url(""), ["mole"]).replace("Harbour report", "Rewritten"), kind=RSS)
        site.put("/news/mole", page("mole", text("another")).replace("Harbour report", "Rewritten"))
        await refresh(library)
        entry = opened.entry(number)
        assert entry.headline.startswith("Rewritten")
        assert (entry.saved, entry.read, entry.tags, opened.note_of(number)) == (True, True, ("budget",), "Ask again.")
