"""The one door: what the screen and the command line ask of a library, with a real server behind it."""

from contextlib import aclosing, asynccontextmanager

import pytest

from cache.errors import NoSuchEntry
from cache.library import open_library, open_reading
from fetch.article import Teaser
from fetch.errors import Unreachable
from tests.loopback import Loopback, Reply

pytestmark = pytest.mark.anyio

PAGE = """<html lang="en"><head><title>{0}</title><meta property="og:type" content="article">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{0}",
"datePublished": "2026-03-0{1}T08:00:00Z", "author": {{"@type": "Person", "name": "Ana Ruiz"}}}}</script></head>
<body><article><h1>{0}</h1><p>{2}</p></article></body></html>"""
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title><link>{0}/</link>{1}</channel></rss>'
LINES = "The harbour at Vardo was opened on Monday after two years of work, the mayor said. " * 6


def entry(base, number):
    day = f"{number:02}"
    return (
        f"<item><title>Story {number}</title><link>{base}/{number}</link><pubDate>Sun, {day} Mar 2026 08:00:00 GMT"
        f"</pubDate><description>Summary {number}.</description></item>"
    )


@pytest.fixture
def paper():
    """A newspaper on a real socket: a feed of three stories."""
    with Loopback() as server:
        base = server.url("").rstrip("/")
        feed = FEED.format(base, "".join(entry(base, number) for number in (3, 2, 1)))
        server.routes["/feed"] = Reply(feed.encode(), kind="application/rss+xml")
        for number in (1, 2, 3):
            server.routes[f"/{number}"] = Reply(PAGE.format(f"Story {number}", number, LINES * number).encode())
        yield server


@pytest.fixture
def opened(tmp_path):
    @asynccontextmanager
    async def library(**wishes):
        async with open_library(tmp_path, **wishes) as door:
            yield door

    return library


async def refreshed(library):
    async with aclosing(library.refresh(apart=False)) as steps:
        return [step async for step in steps]


async def test_the_first_open_brings_the_handbook_and_its_removal_is_remembered(opened, tmp_path):
    async with opened() as library:
        (handbook,) = library.sources()
        assert handbook.url == "broadsheet:handbook"
        assert handbook.total >= 12
        newest = library.entries(library.ids(limit=1))[0]
        assert library.article(newest.id).text
        assert library.related(newest.id)
        assert library.search("offline")
        assert library.status().refreshed is None
        await library.remove(handbook.id)
    async with opened() as library:
        assert library.sources() == []
    with open_reading(tmp_path) as library:
        assert len(library.ids()) == 0


async def test_a_hurried_open_does_not_wait_for_the_handbook(opened):
    async with opened(hurried=True) as library:
        before = library.revision()
        for _ in range(2):  # the thread that writes does one thing after the other
            await library.write(lambda store: None)
        assert library.ids()
        assert library.revision() != before


async def test_add_refresh_read_related(opened, paper):
    async with opened() as library:
        await library.remove(library.sources()[0].id)
        source = await library.add(paper.url("/feed"))
        assert (source.kind, source.total) == ("feed", 0)
        steps = await refreshed(library)
        assert steps[-1].step == "finished"
        found = library.entries(library.ids())
        assert [(one.headline, one.offline) for one in found] == [(f"Story {n}", "full") for n in (3, 2, 1)]
        assert library.source(source.id).title == "The Paper"
        reading = await library.read(found[0].id)
        assert "Vardo" in reading.article.text
        assert reading.entry.authors == ("Ana Ruiz",)
        assert not reading.notice
        assert library.status().full == 3


async def test_what_is_not_on_disk_is_fetched_when_opened(opened, paper):
    async with opened() as library:
        reading = await library.read(paper.url("/2"))
        assert reading.article.headline == "Story 2"
        assert library.entry(paper.url("/2")).offline == "full"
        paper.stop()
        assert (await library.read(paper.url("/2"))).article == reading.article


async def test_a_page_opened_from_a_link_has_its_address_and_its_day(opened, paper):
    async with opened() as library:
        source = await library.add(paper.url("/feed"))
        await refreshed(library)
        paper.routes["/elsewhere"] = Reply(PAGE.format("Elsewhere", 2, LINES).encode())
        listed = library.ids(f"source:{source.id}")[0]
        entry = (await library.read(paper.url("/elsewhere"), via=listed)).entry
        assert (entry.headline, entry.published.date().isoformat()) == ("Elsewhere", "2026-03-02")
        assert entry.url == paper.url("/elsewhere")
        assert entry.source_id != source.id


async def test_offline_an_address_is_queued_and_the_reader_told(opened, paper):
    address = paper.url("/2")
    paper.stop()
    async with opened() as library:
        reading = await library.read(address)
        assert reading.article is None
        assert "queued for the next refresh" in reading.notice
        assert reading.entry.queued
        assert library.status().queued == 1


async def test_what_a_feed_carried_is_read_where_its_page_cannot_be(opened, paper):
    address = paper.url("/9")
    async with opened() as library:
        teaser = Teaser(address, "Story 9", content=f"<p>{LINES}</p>")
        await library.write(lambda store: store.entries.store_teaser(1, teaser, 1e9))
        reading = await library.read(address)
        assert "Vardo" in reading.article.text
        assert reading.article.headline == "Story 9"
        assert "What its feed carried is shown" in reading.notice


async def test_a_page_that_holds_no_article_is_told(opened, paper):
    paper.routes["/gone"] = Reply(b"", status=404)
    async with opened() as library:
        reading = await library.read(paper.url("/gone"))
        assert (reading.entry, reading.article) == (None, None)
        assert "has no such page" in reading.notice
        with pytest.raises(NoSuchEntry):
            library.entry(paper.url("/gone"))


async def test_discovery_that_fails_raises(opened, paper):
    address = paper.url("/feed")
    paper.stop()
    async with opened() as library:
        with pytest.raises(Unreachable):
            await library.add(address)


async def test_a_teaser_has_related_stories_and_is_one(opened):
    """What only a teaser is known of stands beside the others, once its page could not be had."""
    async with opened() as library:
        story = library.entries(library.ids("headline:sources", limit=1))[0]
        teaser = Teaser("https://paper.example/1", story.headline, story.summary, story.published)
        wanted = await library.write(lambda store: store.entries.store_teaser(0, teaser, 1e9))
        assert story.id in [row.entry_id for row in library.related(wanted.entry_id)]
        assert wanted.entry_id not in [row.entry_id for row in library.related(wanted.entry_id)]
        await library.write(lambda store: store.articles.store_failure(wanted.entry_id, "paywall", 1e9))
        await library.write(lambda store: store.stories.assign_all())
        assert wanted.entry_id in [row.entry_id for row in library.related(story.id)]


async def test_entries_are_found_by_number_text_and_address(opened):
    async with opened() as library:
        first = library.entries(library.ids(limit=1))[0]
        assert library.entry(str(first.id)) == library.entry(first.url) == library.entry(first.id) == first
        for ref in (999, "999", "https://nowhere.example/", "rubbish", "9" * 30):
            with pytest.raises(NoSuchEntry):
                library.entry(ref)
        with pytest.raises(NoSuchEntry):
            library.source("nothing")


async def test_marks_searches_and_settings_through_the_door(opened):
    async with opened() as library:
        ids = library.ids()
        await library.mark_read(library.ids("tag:none"))
        assert library.count("is:read") == 0
        await library.mark_read(library.ids())
        assert library.count("is:unread") == 0
        await library.save(ids[:2])
        await library.move_saved(ids[1], -1)
        assert list(library.reading_list()) == [ids[1], ids[0]]
        await library.tag(ids[0], ["work"])
        await library.note(ids[0], "Ask")
        assert [one.id for one in library.entries(library.ids("tag:work is:noted is:tagged"))] == [ids[0]]
        await library.keep_search("Keys", "keys is:read")
        assert [search.query for search in library.searches()] == ["keys is:read"]
        await library.drop_search("Keys")
        await library.throw_away(ids[:1])
        assert library.count() == len(ids) - 1
        steps = 0
        while await library.undo():
            steps += 1
        assert steps == 8
        assert library.count("is:unread") == len(ids)
        await library.set_scroll(ids[0], 17)
        assert library.scroll(ids[0]) == 17
        await library.set_setting("theme", {"dark": True})
        assert library.setting("theme") == {"dark": True}
        assert library.setting("other", 5) == 5


async def test_a_mark_is_on_disk_once_it_is_acknowledged(opened, tmp_path):
    async with opened() as library:
        await library.mark_read(library.ids()[:1])
        with open_reading(tmp_path) as other:
            assert other.count("is:read") == 1


async def test_every_program_sees_what_another_writes(opened, tmp_path):
    async with opened() as library, opened() as other:
        before = other.revision()
        await library.mark_read(library.ids())
        assert other.revision() != before
        assert other.status().unread == 0


async def test_read_errors_are_sentences(opened):
    async with opened() as library:
        assert library.query_errors("is:funny keys") != []
        assert library.query_errors("keys") == []
        assert library.prunable().sentence == "nothing; no article is past its time."


def _names(page, canonical):
    return page.replace("</title>", f"</title><link rel=canonical href='{canonical}'>", 1)


async def test_a_page_for_phones_that_is_opened_is_the_story_that_is_there(opened, paper):
    paper.put("/amp/3", _names(PAGE.format("Story 3", 3, LINES), paper.url("/3")))
    async with opened() as library:
        await library.add(paper.url("/feed"))
        async with aclosing(library.refresh()) as steps:
            async for _ in steps:
                pass
        story = library.entry(paper.url("/3"))
        reading = await library.read(paper.url("/amp/3"))
        assert reading.entry.id == story.id
        assert library.entry(paper.url("/amp/3")).id == story.id
        assert library.count("source:paper") == 3


async def test_a_listed_page_for_phones_that_is_opened_is_one_with_the_story_that_is_there(opened, paper):
    paper.put("/amp/3", _names(PAGE.format("Story 3", 3, LINES), paper.url("/3")))
    listed = entry(paper.url("").rstrip("/"), 3).replace("/3</link>", "/amp/3</link>")
    paper.put("/phones", FEED.format(paper.url(""), listed).replace("The Paper", "The Paper for phones"))
    async with opened() as library:
        for feed in ("/feed", "/phones"):
            await library.add(paper.url(feed))
        async with aclosing(library.refresh(teasers_only=True)) as steps:
            async for _ in steps:
                pass
        assert library.count('headline:"Story 3"') == 2
        reading = await library.read(paper.url("/amp/3"))
        assert reading.article is not None
        assert reading.entry.id == library.entry(paper.url("/3")).id
        assert library.count('headline:"Story 3"') == 1


async def test_an_entry_without_text_and_page_is_told_as_such_and_no_page_is_asked_for(opened, paper):
    empty = "<item><title>Lamp out</title><guid isPermaLink='false'>l</guid></item>"
    paper.put("/lamps", FEED.format(paper.url(""), empty), kind="application/rss+xml")
    async with opened() as library:
        await library.add(paper.url("/lamps"))
        async with aclosing(library.refresh()) as steps:
            async for _ in steps:
                pass
        paper.seen.clear()
        found = library.entries(library.ids("headline:lamp"))[0]
        reading = await library.read(found.id)
        assert reading.article is None
        assert "has no page of its own" in reading.notice
        assert paper.seen == []
