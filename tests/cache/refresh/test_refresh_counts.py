"""What a refresh counts is what the library has: source by source, in the whole, and in the reader's sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

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
    "chart": (Reply(b"\x89PNG", kind="image/png"), "not text"),
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
    assert (closed.full, closed.teaser, closed.failed) == (finished.full, finished.teaser, finished.failed)
    assert (finished.full, finished.full + finished.teaser + finished.failed) == (3, 3 + len(SPOILT))
    with open_store(library) as store:
        receipt = store.plan.receipt()
    assert receipt == {"full": 3, "teaser": 1, "failed": len(SPOILT) - 1, "reasons": reasons}
    assert finished.notice.startswith("3 of 15 complete, 2 paywalled, ")
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
    assert told[-1].notice == "0 of 1 complete, 1 paywalled"
