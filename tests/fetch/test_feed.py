import pathlib
import time
import tracemalloc
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from fetch.errors import NotASource
from fetch.feed import parse_feed, read_feed

URL = "https://gazette.example/feed.xml"
XML = "application/xml"


def rss(*entries: str, head: str = "", attributes: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
        f' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" {attributes}><channel><title>The Gazette '
        f"&amp;amp; Herald</title><link>https://gazette.example/</link>{head}"
        + "".join(f"<item>{entry}</item>" for entry in entries)
        + "</channel></rss>"
    ).encode()


def only(body: bytes, content_type: str = XML, url: str = URL):
    teasers = parse_feed(body, content_type, url)
    assert len(teasers) == 1
    return teasers[0]


def test_rss_2_with_everything() -> None:
    teaser = only(
        rss(
            "<title>Ferry &amp;amp; bridge &lt;i&gt;both&lt;/i&gt; closed</title>"
            "<link>https://gazette.example/a?utm_source=rss</link>"
            "<guid isPermaLink='false'>n-17</guid><pubDate>Tue, 19 May 2023 08:30:00 -0400</pubDate>"
            "<dc:creator>By Ida Quill and Otto Fenn</dc:creator>"
            "<category>Transport</category><category>Weather</category>"
            "<description>&lt;p&gt;The ferry is shut &amp;amp; so is the bridge.&lt;/p&gt;</description>"
            "<content:encoded><![CDATA[<p>Whole <a href='/b'>text</a>.</p>]]></content:encoded>"
            "<media:content url='https://gazette.example/p.jpg' medium='image'/>"
        )
    )
    assert teaser.headline == "Ferry & bridge both closed"
    assert teaser.url == "https://gazette.example/a"
    assert teaser.key == "n-17"
    assert teaser.published == datetime(2023, 5, 19, 8, 30, tzinfo=timezone(timedelta(hours=-4)))
    assert teaser.authors == ("Ida Quill", "Otto Fenn")
    assert teaser.keywords == ("Transport", "Weather")
    assert teaser.summary == "The ferry is shut & so is the bridge."
    assert "href='https://gazette.example/b'" in teaser.content
    assert teaser.picture is not None
    assert teaser.picture.src == "https://gazette.example/p.jpg"


def test_what_a_feed_says_of_itself() -> None:
    feed = read_feed(rss(head="<language>en-gb</language><ttl>30</ttl>"), XML, URL)
    assert (feed.title, feed.home, feed.language, feed.ttl) == (
        "The Gazette & Herald",
        "https://gazette.example/",
        "en-gb",
        1800,
    )
    assert feed.teasers == []


def test_atom_with_relative_links_and_bases() -> None:
    teaser = only(
        b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://gazette.example/news/"><title>G</title>
        <entry xml:base="today/"><title type="html">A &lt;b&gt;bold&lt;/b&gt; move</title><link href="move.html"/>
        <id>urn:x:1</id><updated>2023-05-19T08:30:00Z</updated><author><name>Ida Quill</name></author>
        <summary type="text">5 &lt; 6</summary><content type="html">&lt;img src="p.png"&gt;</content></entry></feed>"""
    )
    assert teaser.url == "https://gazette.example/news/today/move.html"
    assert teaser.headline == "A bold move"
    assert teaser.published == datetime(2023, 5, 19, 8, 30, tzinfo=UTC)
    assert teaser.summary == "5 < 6"
    assert 'src="https://gazette.example/news/today/p.png"' in teaser.content
    assert teaser.picture is not None
    assert teaser.picture.src == "https://gazette.example/news/today/p.png"


def test_rdf() -> None:
    teaser = only(
        b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>G</title><link>https://gazette.example</link>
        </channel><item rdf:about="https://gazette.example/r"><title>Old but gold</title><link>https://gazette.example/r</link>
        <dc:date>2003-12-13</dc:date></item></rdf:RDF>"""
    )
    assert (teaser.headline, teaser.published) == ("Old but gold", date(2003, 12, 13))


def test_json_feed() -> None:
    teaser = only(
        b"""{"version":"https://jsonfeed.org/version/1.1","title":"G","home_page_url":"https://gazette.example/","language":"de",
        "items":[{"id":7,"url":"/j","title":"Q & <A>","content_text":"One.\\n\\nTwo & three.","summary":"Short",
        "date_published":"2023-05-19T08:30:00+02:00","authors":[{"name":"Ida Quill"}],"tags":["x"],
        "image":"i.png"}, "litter"]}""",
        "text/plain",
    )
    assert (teaser.url, teaser.headline, teaser.key) == ("https://gazette.example/j", "Q & <A>", "7")
    assert teaser.content == "<p>One.</p><p>Two &amp; three.</p>"
    assert (teaser.summary, teaser.language, teaser.authors, teaser.keywords) == ("Short", "de", ("Ida Quill",), ("x",))
    assert teaser.picture is not None
    assert teaser.picture.src == "https://gazette.example/i.png"


def test_the_teasers_of_afpims() -> None:
    first, second, third = parse_feed(
        rss(
            "<title>Lighthouse crews rehearse rescue</title><link>https://base.example/Article/1/x/</link>"
            "<guid isPermaLink='false'>https://base.example/Article/1/x/</guid><dc:creator>Unit Desk</dc:creator>"
            "<description>19 May 2023 Lighthouse crews rehearse rescue PORT ELBA, Norland -- Crews met at dawn."
            "&lt;br/&gt; &lt;img src='https://media.example/t.JPG' alt='Crews wave' /&gt; &lt;br /&gt;</description>"
            "<enclosure url='https://media.example/full.JPG' type='image/jpeg'/>",
            "<title>Storm season opens</title><guid isPermaLink='false'>https://base.example/Article/2/y/</guid>"
            "<description>March 11, 2025 - NORTHERN SEA - As midnight struck, the fleet sailed.</description>",
            "<title>No place</title><link>https://base.example/3</link>"
            "<description>A plain sentence - with a dash.</description>",
        ),
        XML,
        URL,
    )
    assert first.summary == "Crews met at dawn."
    assert (first.dateline, first.published) == ("PORT ELBA, Norland", date(2023, 5, 19))
    assert first.picture is not None
    assert first.picture.src == "https://media.example/full.JPG"
    assert second.url == "https://base.example/Article/2/y/"
    assert (second.dateline, second.published) == ("NORTHERN SEA", date(2025, 3, 11))
    assert second.summary == "As midnight struck, the fleet sailed."
    assert (third.dateline, third.summary) == ("", "A plain sentence - with a dash.")


def test_a_picture_only_in_the_description_is_kept_apart_and_counters_are_not_pictures() -> None:
    teaser = only(
        rss(
            "<title>T</title><link>https://gazette.example/1</link>"
            "<description>&lt;img width='1' height='1' src='/count.gif'&gt;"
            "&lt;img src='/real.jpg' alt='A gull'&gt;Words.</description>"
        )
    )
    assert teaser.picture is not None
    assert (teaser.picture.src, teaser.picture.alt) == ("https://gazette.example/real.jpg", "A gull")
    assert teaser.summary == "Words."


def test_one_story_twice_is_one_teaser_and_the_order_is_the_feeds() -> None:
    teasers = parse_feed(
        rss(
            "<title>B</title><link>https://gazette.example/b</link>",
            "<title>A</title><link>https://gazette.example/a#top</link>",
            "<title>B again</title><link>https://GAZETTE.example/b?utm_medium=feed</link>",
            "<title>Leads nowhere</title>",
        ),
        XML,
        URL,
    )
    assert [teaser.headline for teaser in teasers] == ["B", "A"]


def test_what_has_no_headline_gets_its_first_words() -> None:
    teaser = only(
        rss("<link>https://gazette.example/n</link><description>Gulls took the quay this morning.</description>")
    )
    assert teaser.headline == "Gulls took the quay this morning."


def test_a_long_description_is_the_story() -> None:
    story = "<p>" + "Long words stand here. " * 120 + "</p>"
    teaser = only(
        rss(f"<title>T</title><link>https://gazette.example/l</link><description><![CDATA[{story}]]></description>")
    )
    assert teaser.content == story
    assert len(teaser.summary) < 700
    assert teaser.summary.endswith(" …")


def test_authors_are_names() -> None:
    teaser = only(
        rss("<title>T</title><link>https://gazette.example/1</link><author>ida@gazette.example (Ida Quill)</author>")
    )
    assert teaser.authors == ("Ida Quill",)


def test_a_counted_link_gives_way_to_the_storys_own() -> None:
    teaser = only(
        rss(
            "<title>T</title><link>https://count.example/~r/1</link>"
            "<feedburner:origLink>https://gazette.example/own</feedburner:origLink>"
        )
    )
    assert teaser.url == "https://gazette.example/own"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (rss("<title>Grüße</title><link>https://gazette.example/1</link>"), "text/html"),
        (rss("<title>Grüße</title><link>https://gazette.example/1</link>"), "text/plain; charset=utf-8"),
        (rss("<title>Grüße</title><link>https://gazette.example/1</link>"), ""),
        (b"\n\n  " + rss("<title>Grüße</title><link>https://gazette.example/1</link>"), XML),
        (b"\xef\xbb\xbf" + rss("<title>Grüße</title><link>https://gazette.example/1</link>"), XML),
        (rss("<title>Grüße</title><link>https://gazette.example/1</link>").decode().encode("utf-16"), XML),
        (
            rss("<title>Grüße</title><link>https://gazette.example/1</link>")
            .decode()
            .replace('"utf-8"', '"iso-8859-1"')
            .encode("latin-1"),
            XML,
        ),
        (rss("<title>Gr&uuml;&szlig;e</title><link>https://gazette.example/1</link>"), XML),
        (rss("<title>Grüße</title><link>https://gazette.example/1</link>")[:-22], XML),
        (rss("<title>Grüße</title><link>https://gazette.example/1</link><description>a & b < c</description>"), XML),
    ],
    ids=[
        "as html",
        "as text",
        "no type",
        "white space first",
        "mark",
        "utf-16",
        "latin-1",
        "html entities",
        "cut",
        "bare signs",
    ],
)
def test_feeds_that_are_not_as_they_should_be(body: bytes, content_type: str) -> None:
    teaser = only(body, content_type)
    assert (teaser.headline, teaser.url) == ("Grüße", "https://gazette.example/1")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"<!doctype html><html><head><title>Home</title></head><body><p>No feed</p></body></html>",
        b'{"version": 3}',
        b"{broken",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"<opml version='2.0'><body/></opml>",
        b"[" * 100_000,
    ],
)
def test_what_is_no_feed_says_so(body: bytes) -> None:
    with pytest.raises(NotASource) as raised:
        parse_feed(body, XML, URL)
    assert URL in str(raised.value)


def bomb() -> bytes:
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom">{declared}]>'
        "<rss version='2.0'><channel><title>G</title><item><title>Before &e11; after</title>"
        "<link>https://gazette.example/1</link></item></channel></rss>"
    ).encode()


def test_an_entity_bomb_does_nothing() -> None:
    parse_feed(rss("<title>warm</title><link>https://gazette.example/w</link>"), XML, URL)
    tracemalloc.start()
    started = time.process_time()
    teasers = parse_feed(bomb(), XML, URL)
    elapsed, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert elapsed < 2
    assert peak < 10_000_000
    assert all(len(teaser.headline) < 100 for teaser in teasers)


def test_external_entities_are_not_read(tmp_path: pathlib.Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    body = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss version="2.0"><channel>'
        "<title>G</title><item><title>Says &x; here</title><link>https://gazette.example/1</link></item></channel></rss>"
    ).encode()
    assert "the secret" not in repr(parse_feed(body, XML, URL))


def test_a_body_that_names_a_file_or_an_address_is_not_opened(tmp_path: pathlib.Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(rss("<title>From disk</title><link>https://gazette.example/1</link>"))
    for body in (str(feed).encode(), feed.as_uri().encode()):
        with pytest.raises(NotASource):
            parse_feed(body, XML, URL)


def test_escape_sequences_do_not_come_through() -> None:
    teaser = only(rss("<title>A&#27;[31m red \u202e line</title><link>https://gazette.example/1</link>"))
    assert "\x1b" not in teaser.headline
    assert "\u202e" not in teaser.headline


def test_hostile_nesting_ends_soon() -> None:
    started = time.process_time()
    body = b"<rss version='2.0'><channel>" + b"<item><title>" * 5000
    assert isinstance(parse_feed(body, XML, URL), list)
    body = rss(
        "<title>T</title><link>https://gazette.example/1</link><description>" + "&lt;" * 50_000 + "</description>"
    )
    assert len(parse_feed(body, XML, URL)) == 1
    assert time.process_time() - started < 5
