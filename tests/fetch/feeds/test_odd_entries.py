"""What feeds do against their specifications, read as it is meant; by the quick reader and by the careful one alike."""

from __future__ import annotations

import json

import pytest

from fetch.article import Enclosure, Teaser
from fetch.errors import NotASource
from fetch.feeds import parse_feed
from fetch.feeds.entry import plain_text
from tests.gazette import URL, XML, only, rss

SPACES = "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:prism='http://prismstandard.org/namespaces/basic/2.0/'"


@pytest.fixture(params=["quickly", "carefully"])
def read(request):
    """Reads one entry; feedparser reads it where a feed names languages within itself."""

    def one(entry: str) -> Teaser:
        body = rss(entry).replace(b"<rss ", f"<rss {SPACES} ".encode())
        return only(body if request.param == "quickly" else body.replace(b"<item>", b"<item xml:lang='x' xml:base=''>"))

    return one


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("gazette.example/news/7", "https://gazette.example/news/7"),
        ("www.gazette.example/news/7", "https://www.gazette.example/news/7"),
        ("www.harbour.example", "https://www.harbour.example/"),
        ("news/7.html", "https://gazette.example/news/7.html"),
        ("wwwhat.html", "https://gazette.example/wwwhat.html"),
    ],
)
def test_a_link_without_a_scheme_names_its_host(read, written, url) -> None:
    assert read(f"<title>A</title><link>{written}</link>").url == url


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://gazette.example/https://wire.example/a?b=1", "https://wire.example/a?b=1"),
        ("https://archive.example/https://wire.example/a", "https://archive.example/https://wire.example/a"),
    ],
)
def test_an_address_behind_the_feeds_own_host_is_whole_by_itself(read, written, url) -> None:
    assert read(f"<title>A</title><link>{written}</link>").url == url


@pytest.mark.parametrize(
    ("served", "base"),
    [
        ("https://feeds.example/x/feed.xml", "https://gazette.example/"),
        ("https://gazette.example/x/feed.xml", "https://gazette.example/x/"),
        ("http://127.0.0.1/x/feed.xml", "http://127.0.0.1/x/"),
    ],
)
def test_links_are_relative_to_the_site_where_its_feed_is_served_from_elsewhere(served, base) -> None:
    file = "<enclosure url='a.mp3' type='audio/mpeg'/>"
    teaser = only(rss(f"<title>A</title><link>news/7</link>{file}"), XML, served)
    assert (teaser.url, teaser.enclosures[0].url) == (f"{base}news/7", f"{base}a.mp3")


def test_what_a_picture_shows_is_not_what_the_entry_says(read) -> None:
    said = "<media:description type='plain'>A gull.</media:description>"
    shows = f"<media:content url='/p.png' type='image/png'>{said}</media:content>"
    teaser = read(f"<link>/a</link><description>&lt;p&gt;Gulls are back.&lt;/p&gt;</description>{shows}")
    assert (teaser.headline, teaser.summary, teaser.content) == ("Gulls are back.", "Gulls are back.", "")
    assert read(f"<title>A</title><link>/a</link>{shows}").summary == "A gull."


def test_the_longer_of_two_texts_is_that_of_the_story(read) -> None:
    notes = "&lt;p&gt;" + "The whole of what was said. " * 100 + "&lt;/p&gt;"
    teaser = read(
        f"<title>A</title><guid>1</guid><description>{notes}</description><itunes:summary>Short.</itunes:summary>"
    )
    assert teaser.content.startswith("<p>The whole of what")


def test_a_day_of_print_is_a_date(read) -> None:
    entry = (
        "<title>A</title><link>/a</link><p:publicationDate xmlns:p='http://prismstandard.org/namespaces/basic/2.0/'>"
    )
    assert str(read(f"{entry}2026-11-10</p:publicationDate>").published) == "2026-11-10"


def test_the_author_of_an_entrys_source_is_nearer_than_that_of_the_feed() -> None:
    source = "<source><author><name>Ida Quill</name></author></source>"
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Planet</title><author><name>Planet</name></author>
    <entry><title>A</title><link href="/a"/>{source}</entry><entry><title>B</title><link href="/b"/></entry></feed>"""
    assert [teaser.authors for teaser in parse_feed(body.encode(), XML, URL)] == [("Ida Quill",), ("Planet",)]


def test_a_link_in_an_attribute(read) -> None:
    assert read("<title>A</title><link href='https://gazette.example/a'/>").url == "https://gazette.example/a"


@pytest.mark.parametrize("guid", ["12345", "ab-17", "t3_glv"])
def test_a_guid_that_is_a_mere_name_is_no_address(guid) -> None:
    teaser = only(rss(f"<title>A</title><guid>{guid}</guid><description>Words.</description>"))
    careful = only(rss(f"<title xml:lang='x'>A</title><guid>{guid}</guid><source xml:lang='y'/>Words."))
    assert teaser.url.startswith("https://gazette.example/#:~:entry=")
    assert (careful.url, careful.key) == (teaser.url, teaser.key)


@pytest.mark.parametrize("guid", ["https://gazette.example/12345", "/12345"])
def test_a_guid_that_is_an_address_is_one(read, guid) -> None:
    assert read(f"<title>A</title><guid>{guid}</guid>").url == "https://gazette.example/12345"


def test_an_episode_is_called_what_podcasts_call_it(read) -> None:
    entry = "<itunes:title>The lamp</itunes:title><itunes:summary>How it is lit.</itunes:summary><guid>e1</guid>"
    assert read(entry).headline == "The lamp"
    assert read(f"<title>Own</title>{entry}").headline == "Own"


def test_files_are_handed_out_once_with_their_size(read) -> None:
    file = "<enclosure url='/one.mp3' type='audio/mpeg' length='62,447,386'/>"
    film = "<media:content url='/film.mp4' type='video/mp4' fileSize='9'/>"
    one = Enclosure("https://gazette.example/one.mp3", "audio/mpeg", 62447386)
    assert read(f"<title>A</title><link>/a</link>{file}{file}{film}").enclosures == (one,)


def test_a_film_of_media_rss_is_a_file_once_for_all_its_sizes(read) -> None:
    films = "".join(f"<media:content url='/{n}.mp4' type='video/mp4' fileSize='{n}'/>" for n in (7, 8))
    picture = "<media:content url='/p.jpg' type='image/jpeg' medium='image'/>"
    teaser = read(f"<title>A</title><link>/a</link><media:group>{films}</media:group>{picture}")
    assert teaser.enclosures == (Enclosure("https://gazette.example/7.mp4", "video/mp4", 7),)
    assert teaser.picture
    assert teaser.picture.src == "https://gazette.example/p.jpg"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("How to use the &lt;video&gt; tag", "How to use the <video> tag"),
        ("List&lt;String&gt; and &lt;b&gt;bold&lt;/b&gt;", "List<String> and bold"),
        ("One&lt;br&gt;two &lt;p&gt;three", "One two three"),
        ("&lt;script&gt;x()&lt;/script&gt;Words", "Words"),
        ("The &lt;script&gt; element", "The <script> element"),
        ("The <i>&lt;b&gt;</i> element", "The <b> element"),
    ],
)
def test_a_tag_that_a_text_speaks_of_is_no_markup(markup, words) -> None:
    assert plain_text(markup) == words


@pytest.mark.parametrize("text", ["A\nB", "A\tB"])
@pytest.mark.parametrize("end", ["}]}", "},]}", "},\n ],}"])
def test_json_put_together_by_hand(text, end) -> None:
    item = f'{{"id":"1","url":"/a","title":"1, ]","content_text":"{text}"'
    body = f'{{"version":"https://jsonfeed.org/version/1.1","items":[{item}{end}'
    teaser = only(body.encode())
    assert (teaser.url, teaser.headline, teaser.summary) == ("https://gazette.example/a", "1, ]", "A B")


def test_json_that_is_cut_is_read_as_far_as_it_goes() -> None:
    items = [{"id": str(n), "title": f"Story {n}", "content_text": "Words."} for n in range(3)]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "G", "items": items}).encode()
    assert [teaser.headline for teaser in parse_feed(body[:-20], XML, URL)] == ["Story 0", "Story 1"]
    with pytest.raises(NotASource):
        parse_feed(body[:60], XML, URL)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be", "latin-1"])
def test_json_in_another_charset_than_its_own(codec) -> None:
    body = '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"/a","title":"Größe – nein"}]}'
    body = body.replace(" – ", " - ") if codec == "latin-1" else body
    stated = "application/json; charset=iso-8859-1" if codec == "latin-1" else "application/json"
    assert only(body.encode(codec), stated).headline in ("Größe – nein", "Größe - nein")
