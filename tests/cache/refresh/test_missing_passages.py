"""A passage that was dropped stands in its article by its reader's word, and no site has edited anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cache.entry import Entry
from cache.errors import CacheError
from cache.highlight import TextRange
from cache.library import Library, open_library
from cache.site import SiteRule, host_of
from fetch.errors import FetchError
from tests.loopback import Loopback
from tests.newsroom import page, publish, refresh, subscribe, text

pytestmark = pytest.mark.anyio

SLUGS = ("eastern-mole", "market-hall")
CAISSON = "The first caisson weighs 900 tonnes and stands on gravel."
PLACE = "div.comments.note-0"


def with_box(slug: str, said: str = CAISSON, *, number: int = 7, more: str = "") -> str:
    """A page in whose text, behind the first paragraph, stands a box that is dropped."""
    told = text(slug).split("</p>")
    return page(
        slug, f"{told[0]}</p><div class='comments note-{number}'><p>{said}</p></div>{'</p>'.join(told[1:])}{more}"
    )


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        publish(running, *SLUGS)
        for number, slug in enumerate(SLUGS):
            running.put(f"/news/{slug}", with_box(slug, CAISSON.replace("900", f"{number}00"), number=number))
        yield running


@pytest.fixture
async def library(site: Loopback, tmp_path: Path) -> Path:
    subscribe(tmp_path / "library.db", site.url("/feed"))
    await refresh(tmp_path / "library.db")
    return tmp_path


def first(library: Library) -> Entry:
    return by_slug(library, SLUGS[0])


def by_slug(library: Library, slug: str) -> Entry:
    return next(entry for entry in library.entries(library.ids()) if entry.url.endswith(slug))


def lines(library: Library, slug: str = SLUGS[0]) -> list[str]:
    article = library.article(by_slug(library, slug).id)
    assert article is not None
    return article.text.split("\n")


async def keep(library: Library) -> None:
    missing = await library.missing_passages(first(library).id)
    [passage] = [one for one in missing.passages if "caisson" in one.text]
    assert passage.place == PLACE
    await library.keep_passage(missing, SiteRule(host_of(first(library).url), passage.place, "place", kept=True))


async def test_the_passage_stands_at_its_place_and_nothing_was_changed_by_its_site(library: Path) -> None:
    async with open_library(library) as opened:
        assert len(lines(opened)) == 4
        await keep(opened)
        assert lines(opened)[1] == CAISSON.replace("900", "000")
        entry = first(opened)
        assert (entry.changed, opened.revisions(entry.id), opened.changes(entry.id)) == (False, [], [])
        assert entry.words == len(" ".join(lines(opened)).split())
        assert [hit.entry.id for hit in opened.search("tonnes gravel")] == [entry.id]


async def test_undo_takes_it_out_of_the_text_that_is_kept_and_of_the_rules_after_a_restart_too(library: Path) -> None:
    async with open_library(library) as opened:
        await keep(opened)
    async with open_library(library) as opened:
        assert await opened.undo() == f"{host_of(first(opened).url)} is read as before"
        assert (opened.site_rules(), len(lines(opened))) == ([], 4)
        assert opened.search("tonnes gravel") == []
        entry = first(opened)
        assert (entry.changed, opened.revisions(entry.id)) == (False, [])
        assert entry.words == len(" ".join(lines(opened)).split())
        assert all(finding.ok for finding in opened.doctor())


async def test_the_site_is_read_so_from_then_on(library: Path, site: Loopback) -> None:
    async with open_library(library) as opened:
        await keep(opened)
    publish(site, "spring-tides", *SLUGS)
    site.put("/news/spring-tides", with_box("spring-tides", CAISSON.replace("first", "third")))
    await refresh(library / "library.db")
    async with open_library(library) as opened:
        assert lines(opened, "spring-tides")[1] == CAISSON.replace("first", "third")


async def test_what_is_fetched_again_is_no_edit_with_the_passage_or_without(library: Path, site: Loopback) -> None:
    async with open_library(library) as opened:
        await keep(opened)
        await opened.write(lambda store: store.connection.run("UPDATE entry SET stale = 1"))
    await refresh(library / "library.db")
    async with open_library(library) as opened:
        assert [len(lines(opened, slug)) for slug in SLUGS] == [5, 5]
        entries = [by_slug(opened, slug) for slug in SLUGS]
        assert [(entry.changed, opened.revisions(entry.id)) for entry in entries] == [(False, [])] * 2
        await opened.forget(opened.site_rules())
        assert [len(lines(opened, slug)) for slug in SLUGS] == [4, 4], "no text shows what was forgotten"
        await opened.write(lambda store: store.connection.run("UPDATE entry SET stale = 1"))
    await refresh(library / "library.db")
    async with open_library(library) as opened:
        assert not first(opened).changed


async def test_an_edit_of_the_site_is_told_as_ever(library: Path, site: Loopback) -> None:
    site.put(
        f"/news/{SLUGS[0]}", with_box(SLUGS[0], more="<p>The board then met once more, as the engineer asked.</p>")
    )
    async with open_library(library) as opened:
        await keep(opened)
        entry = first(opened)
        assert entry.changed
        [difference] = opened.changes(entry.id)
        [added] = [passage for passage in difference.passages if passage.change != "kept"]
        assert added.edits[0].text.startswith("The board then met")


async def test_marks_notes_highlights_and_the_place_stay(library: Path) -> None:
    async with open_library(library) as opened:
        entry, said = first(opened), "\n".join(lines(opened))
        start = said.index("caissons")
        await opened.highlight(entry.id, TextRange(said, start, start + 20), "so many")
        await opened.note(entry.id, "to be read")
        await opened.set_scroll(entry.id, 77)
        for _ in range(2):
            await keep(opened)
            [highlight] = opened.highlights(entry.id)
            assert (highlight.place is not None, highlight.note) == (True, "so many")
            assert (opened.note_of(entry.id), opened.scroll(entry.id)) == ("to be read", 77)
            await opened.undo()
        assert opened.highlights(entry.id)[0].place is not None


async def test_a_page_that_holds_less_than_is_kept_takes_nothing_away(library: Path, site: Loopback) -> None:
    free = '<script type=\'application/ld+json\'>{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    async with open_library(library) as opened:
        before = lines(opened)
        missing = await opened.missing_passages(first(opened).id)
        pages = tuple(
            (page.replace(b"</head>", f"{free}</head>".encode()), url, kind) for page, url, kind in missing.pages
        )
        rule = SiteRule("127.0.0.1", PLACE, "place", kept=True)
        with pytest.raises(CacheError, match="no longer holds the whole story"):
            await opened.keep_passage(type(missing)(missing.entry, pages, True, missing.rules), rule)
        assert (lines(opened), opened.site_rules()) == (before, [])


async def test_without_a_network_it_is_a_sentence_and_nothing_changes(library: Path, site: Loopback) -> None:
    site.stop()
    async with open_library(library) as opened:
        before = lines(opened)
        with pytest.raises(FetchError, match=r"127\.0\.0\.1"):
            await opened.missing_passages(first(opened).id)
        assert (lines(opened), opened.status().queued) == (before, 0)
