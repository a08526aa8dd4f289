import gzip
from datetime import UTC, date, datetime

import pytest

from fetch.errors import NotASource, Refused
from fetch.feeds.sitemap import parse_sitemap

URL = "https://gazette.example/sitemap.xml"
NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://gazette.example/harbour?utm_source=n</loc><news:news><news:publication><news:name>Gazette</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2024-03-25T10:00:00Z</news:publication_date>
<news:title>Harbour &amp;amp; quay reopen</news:title><news:keywords>harbour, quay</news:keywords></news:news>
<image:image><image:loc>https://gazette.example/h.jpg</image:loc></image:image></url>
<url><loc>https://gazette.example/two</loc><news:news><news:title>Second</news:title></news:news></url>
<url><loc>https://gazette.example/harbour</loc><news:news><news:title>Harbour again</news:title></news:news></url>
</urlset>"""


def test_a_news_sitemap() -> None:
    sitemap = parse_sitemap(NEWS.encode(), URL)
    first, second = sitemap.teasers
    assert (first.url, first.headline) == ("https://gazette.example/harbour", "Harbour & quay reopen")
    assert first.published == datetime(2024, 3, 25, 10, tzinfo=UTC)
    assert (first.keywords, first.language) == (("harbour", "quay"), "en")
    assert first.picture is not None
    assert first.picture.src == "https://gazette.example/h.jpg"
    assert second.headline == "Second"
    assert sitemap.children == ()


def test_packed() -> None:
    assert parse_sitemap(gzip.compress(NEWS.encode()), URL) == parse_sitemap(NEWS.encode(), URL)


def test_an_index_names_its_newest_first() -> None:
    body = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap><sitemap><loc>/undated.xml</loc></sitemap>
    <sitemap><loc>https://gazette.example/new.xml.gz</loc><lastmod>2024-03-25T10:00:00+01:00</lastmod></sitemap>
    <sitemap><loc>javascript:alert(1)</loc></sitemap></sitemapindex>"""
    assert parse_sitemap(body.encode(), URL).children == (
        "https://gazette.example/new.xml.gz",
        "https://gazette.example/old.xml",
        "https://gazette.example/undated.xml",
    )


def test_a_plain_sitemap_gives_what_looks_like_stories_the_newest_first() -> None:
    body = """<urlset><url><loc>https://gazette.example/</loc></url><url><loc>https://gazette.example/about-us</loc></url>
    <url><loc>https://gazette.example/2023/01/02/mayor-opens-the-old-bridge-again</loc><lastmod>2023-01-02</lastmod></url>
    <url><loc>https://gazette.example/2024/02/03/storm-takes-the-roof-of-the-town-hall.html</loc><lastmod>2024-02-03</lastmod></url>
    <url><loc>https://gazette.example/tag/bridge</loc></url></urlset>"""
    teasers = parse_sitemap(body.encode(), URL).teasers
    assert [teaser.headline for teaser in teasers] == [
        "Storm takes the roof of the town hall",
        "Mayor opens the old bridge again",
    ]
    assert teasers[0].published == date(2024, 2, 3)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>Not found</body></html>", b"<urlset><url>", b"plain text", b"\x1f\x8bnot packed", b"<rss/>"],
)
def test_what_is_no_sitemap_says_so(body: bytes) -> None:
    with pytest.raises(NotASource):
        parse_sitemap(body, URL)


def test_one_that_unpacks_without_end_is_refused() -> None:
    with pytest.raises(Refused) as raised:
        parse_sitemap(gzip.compress(b"<urlset>" + b" " * (60 * 1024 * 1024), compresslevel=1), URL)
    assert raised.value.reason == "too large"


def test_one_that_declares_entities_is_refused() -> None:
    body = (
        b'<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
    )
    with pytest.raises(NotASource):
        parse_sitemap(body, URL)


def test_there_is_an_end_to_the_stories_of_an_archive() -> None:
    places = "".join(
        f"<url><loc>https://gazette.example/2024/01/01/a-story-of-some-length-{n}</loc></url>" for n in range(3000)
    )
    assert len(parse_sitemap(f"<urlset>{places}</urlset>".encode(), URL).teasers) == 1000


@pytest.mark.parametrize(
    "body",
    [
        b"\n\n" + NEWS.encode(),
        b"\xef\xbb\xbf\r\n" + NEWS.encode(),
        b"<!-- made by a plugin -->" + NEWS.encode(),
        NEWS.encode("utf-16"),
        NEWS.replace('version="1.0"', 'version="1.0" encoding="iso-8859-1"').encode("latin-1"),
        gzip.compress(NEWS[:300].encode()) + gzip.compress(NEWS[300:700].encode()) + gzip.compress(NEWS[700:].encode()),
        NEWS.encode().removesuffix(b"</urlset>"),
        NEWS.encode().removesuffix(b"</urlset>") + b"<url><loc>https://gazette.example/cu",
        NEWS.replace(' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"', "").encode(),
        gzip.compress(gzip.compress(NEWS.encode())),
    ],
    ids=["blank lines", "mark", "comment", "utf-16", "latin-1", "three parts", "no end", "cut", "prefix", "twice"],
)
def test_what_is_not_quite_sound_is_read_all_the_same(body: bytes) -> None:
    assert parse_sitemap(body, URL) == parse_sitemap(NEWS.encode(), URL)


def test_a_bare_ampersand_and_an_entity_of_html() -> None:
    body = NEWS.replace("<loc>https://gazette.example/two", "<loc>https://gazette.example/two?a=1&b=2").replace(
        "Second", "Caf&eacute; & quay"
    )
    second = parse_sitemap(body.encode(), URL).teasers[1]
    assert (second.url, second.headline) == ("https://gazette.example/two?a=1&b=2", "Café & quay")


def test_a_sitemap_that_is_a_list_of_addresses() -> None:
    stories = [f"https://gazette.example/2024/03/25/a-story-of-some-length-{n}" for n in range(3)]
    body = "\r\n".join(["\ufeff" + stories[0], "", *stories, "https://gazette.example/about/", ""])
    assert [teaser.url for teaser in parse_sitemap(body.encode(), URL, "text/plain").teasers] == stories
    for other in (body + "words", "https://gazette.example/feed\nhttps://harbour.example/feed"):
        with pytest.raises(NotASource):
            parse_sitemap(other.encode(), URL, "text/plain")


def test_of_an_index_the_sitemaps_of_news_come_first() -> None:
    body = """<sitemapindex><sitemap><loc>/posts-1.xml</loc><lastmod>2024-03-26</lastmod></sitemap>
    <sitemap><loc>/newsletter.xml</loc><lastmod>2024-03-25</lastmod></sitemap>
    <sitemap><loc>/sitemap-news.xml</loc><lastmod>2024-01-01</lastmod></sitemap></sitemapindex>"""
    assert [child.rpartition("/")[2] for child in parse_sitemap(body.encode(), URL).children] == [
        "sitemap-news.xml",
        "posts-1.xml",
        "newsletter.xml",
    ]


def index_of(*children: tuple[str, str]) -> bytes:
    named = "".join(
        f"<sitemap><loc>https://gazette.example/{name}.xml</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
        for name, day in children
    )
    return f"<sitemapindex>{named}</sitemapindex>".encode()


@pytest.mark.parametrize(
    ("children", "parts"),
    [
        ([("2024", "2024-12-31"), ("may", "2026-05-30"), ("june", "2026-06-01")], ["june", "may"]),
        ([("2024", "2024-12-31"), ("news", ""), ("june", "2026-06-01")], ["news", "june"]),
        ([("a", ""), ("b", ""), ("c", "")], ["a", "c"]),
        ([("a", "")], ["a"]),
        ([(str(number), "2026-06-01") for number in range(40)], [str(number) for number in range(8)]),
    ],
)
def test_of_an_index_what_is_news_or_still_changes_is_read(children: list[tuple[str, str]], parts: list[str]) -> None:
    sitemap = parse_sitemap(index_of(*children), "https://gazette.example/index.xml")
    assert len(sitemap.children) == len(children)
    assert list(sitemap.parts) == [f"https://gazette.example/{name}.xml" for name in parts]
