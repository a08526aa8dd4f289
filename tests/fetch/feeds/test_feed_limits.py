"""Of an endless feed the first entries are read, whichever form it has and whatever is wrong with it."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from fetch.feeds import parse_feed
from fetch.feeds.feed_limits import MOST_FEED_ENTRIES, bearable, first_entries
from fetch.feeds.xml_tree import DEEPEST, IllFormed, parse_xml

URL = "https://paper.example/feed"
MORE = MOST_FEED_ENTRIES + 100
ITEM = "<item><title>Story {n}</title><link>https://paper.example/{n}</link></item>"
ENTRY = '<entry><id>{n}</id><title>Story {n}</title><link href="https://paper.example/{n}"/></entry>'


def items(form: str, count: int = MORE) -> str:
    return "".join(form.format(n=number) for number in range(count))


RSS = f"<rss version='2.0'><channel><title>T</title>{items(ITEM)}</channel></rss>"
FEEDS = {
    "rss": RSS,
    "atom": f"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>{items(ENTRY)}</feed>",
    "rdf": "<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    f"<channel><title>T</title></channel>{items(ITEM)}</rdf:RDF>",
    "prefixed": f"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>{items(ENTRY)}</a:feed>".replace("<entry", "<a:entry")
    .replace("</entry", "</a:entry")
    .replace("<title", "<a:title")
    .replace("</title", "</a:title")
    .replace("<link", "<a:link"),
    "no XML": RSS.replace("<title>T", "<title>T & T <b>"),
    "JSON": json.dumps({"items": [{"id": str(n), "title": f"Story {n}"} for n in range(MORE)]}),
    "JSON of very many": json.dumps({"items": [{"id": str(n), "title": f"Story {n}"} for n in range(300_000)]}),
}


@pytest.mark.parametrize("form", FEEDS)
def test_the_first_entries_of_a_feed_are_read(form: str) -> None:
    found = parse_feed(FEEDS[form].encode(), "", URL)
    assert [teaser.headline for teaser in found] == [f"Story {n}" for n in range(MOST_FEED_ENTRIES)]


def dated(numbers: Iterable[int], form: str) -> str:
    day = datetime(2020, 1, 1, tzinfo=UTC)
    told = [(n, day + timedelta(days=n)) for n in numbers]
    if form == "JSON":
        found = [{"id": str(n), "title": f"Story {n}", "date_published": at.isoformat()} for n, at in told]
        return json.dumps({"items": found})
    entries = "".join(
        f"<item><title>Story {n}</title><link>/{n}</link><pubDate>{at:%d %b %Y} 08:00 GMT</pubDate></item>"
        for n, at in told
    )
    return f"<rss version='2.0'><channel><title>T</title>{entries}</channel></rss>" + ("&" if form == "no XML" else "")


@pytest.mark.parametrize("form", ["RSS", "no XML", "JSON"])
def test_of_a_feed_that_begins_with_its_oldest_the_last_are_read(form: str) -> None:
    for numbers in (range(MORE), [7, *reversed(range(MORE))]):
        found = {teaser.headline for teaser in parse_feed(dated(numbers, form).encode(), "", URL)}
        assert (len(found), f"Story {MORE - 1}" in found) == (MOST_FEED_ENTRIES, True)


def test_a_feed_as_long_as_it_may_be_is_read_as_it_stands() -> None:
    text = f"<rss><channel>{items(ITEM, MOST_FEED_ENTRIES)}</channel></rss>"
    assert first_entries(text) == (text, False)


def test_what_looks_like_an_entry_in_a_text_is_none() -> None:
    text = f"<rss><![CDATA[{'<item>' * MORE}]]><!--{'<item>' * MORE}--><item></item></rss>"
    assert first_entries(text) == (text, False)


def test_an_ill_formed_feed_is_cut_between_entries() -> None:
    text = "<rss>" + "<item>&<b>".ljust(1000, "x") * 6000
    cut, is_cut = bearable(text)
    assert is_cut
    assert cut.endswith("x")
    assert len(cut) > 3_900_000


def test_tags_and_comments_without_an_end_are_text() -> None:
    assert bearable("<rss>" + "<!-- " * 30)[0].count("&lt;!--") == 30
    assert bearable("<!--a--><rss><!--")[0] == "<!--a--><rss>&lt;!--"
    assert bearable("<rss>" + "<a " * 30)[0].count("&lt;a") == 30
    assert bearable("<rss>a < b</rss>")[0] == "<rss>a < b</rss>"


def test_elements_too_deep_within_each_other_are_not_xml_we_read() -> None:
    assert parse_xml("<a>" * DEEPEST + "</a>" * DEEPEST).tag == "a"
    with pytest.raises(IllFormed):
        parse_xml("<a>" * (DEEPEST + 1) + "</a>" * (DEEPEST + 1))


def test_long_headlines_names_and_lists_are_cut() -> None:
    categories = "".join(f"<category>c{n}</category>" for n in range(500))
    entry = (
        f"<item><title>{'word ' * 1000}</title><guid isPermaLink='false'>{'k' * 5000}</guid>"
        f"<link>https://p.example/{'a' * 9000}</link><description>d</description>{categories}</item>"
    )
    (found,) = parse_feed(f"<rss version='2.0'><channel>{entry}</channel></rss>".encode(), "", URL)
    assert len(found.headline) < 1010
    assert found.headline.endswith("word …")
    assert len(found.key) == 2000
    assert len(found.keywords) == 200
    assert len(found.url) < 100
