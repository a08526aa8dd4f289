"""The quick reader gives exactly what feedparser gives, or nothing."""

import pathlib
import random
import re
from collections.abc import Iterator

import pytest

from fetch.feeds.entry import Feed
from fetch.feeds.fast_xml import read_quickly
from fetch.feeds.feedparser_adapter import read_leniently
from fetch.feeds.xml_text import decoded, document_in
from fetch.feeds.xml_tree import IllFormed, parse_xml

SHARED = pathlib.Path(__file__).parents[4] / "shared"
URL = "https://gazette.example/feeds/all.xml"
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:own="https://own.example/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
RSS = [
    [
        "<title>Plain words</title>",
        "<title>A &amp;amp; B &lt;i&gt;c&lt;/i&gt;</title>",
        "<title><![CDATA[1 < 2 & 3]]></title>",
        "",
    ],
    [
        "<title></title>",
        "<title>List&lt;int&gt; grows</title>",
        "<title>  Zwölf\n  Boote </title>",
        "<title>A &#8212; b</title>",
    ],
    [
        "<link>https://gazette.example/1?a=b&amp;c=d</link>",
        "<link>/relative/1</link>",
        "<link/>",
        "",
        "<link> https://g.example/1\n</link>",
    ],
    ["<guid>https://gazette.example/?p=1</guid>", "<guid isPermaLink='false'>n 17</guid>", "<guid>abc-17</guid>", ""],
    ["<guid isPermaLink='true'>/own/1</guid>", "<guid isPermaLink='false'>https://gazette.example/g</guid>", ""],
    ["<pubDate>Tue, 19 May 2023 08:30:00 GMT</pubDate>", "<pubDate>19 May 2023 08:30 -0400</pubDate>", ""],
    ["<pubDate>yesterday</pubDate>", "<pubDate>Tue, 19 May 2023 08:30:00 EST</pubDate>", "<pubDate/>", ""],
    ["<dc:date>2023-05-19T08:30:00+02:00</dc:date>", "<dc:date>2023-05-19</dc:date>", "", ""],
    [
        "<description>Text &amp;amp; more &lt;b&gt;bold&lt;/b&gt;</description>",
        "<description><![CDATA[<p>x</p>]]></description>",
        "",
    ],
    ["<description>One</description><description>Two</description>", "<description/>", "", ""],
    ["<content:encoded><![CDATA[<p>All <img src='/i.png'/></p>]]></content:encoded>", "<content:encoded/>", "", ""],
    ["<dc:creator>Ida Quill</dc:creator>", "<author>ida@gazette.example (Ida Quill)</author>", "", ""],
    ["<dc:creator>Otto Fenn</dc:creator>", "<author/>", "", ""],
    [
        "<category>Sea</category><category domain='x'>Sky &amp;amp; air</category><category/>",
        "<dc:subject>Sea</dc:subject>",
        "",
    ],
    [
        "<enclosure url='https://m.example/1.jpg' type='image/jpeg'/>",
        "<enclosure url='https://m.example/1.mp3' type='audio/mpeg'/>",
        "",
    ],
    [
        "<media:thumbnail url='https://m.example/t.jpg' width='90'/>",
        "<media:content url='/m.jpg' medium='image'/>",
        "",
        "",
    ],
    ["<media:credit>Ida Quill</media:credit>", "<media:description>A quay</media:description>", "", "", ""],
    [
        "<own:thing rank='3'>z</own:thing>",
        "<itunes:summary>Sum</itunes:summary>",
        "<comments>https://g.example/c</comments>",
        "",
        "",
    ],
    [
        "<feedburner:origLink>https://gazette.example/own</feedburner:origLink>",
        "<atom:link href='https://g.example/a'/>",
        "",
        "",
        "",
    ],
]
ATOM = [
    [
        "<title>Plain &lt;b&gt;</title>",
        "<title type='html'>A &amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt; move</title>",
        "<title/>",
        "",
    ],
    [
        "<link href='https://gazette.example/1'/>",
        "<link rel='alternate' type='text/html' href='/1'/>",
        "<link rel='self' href='/s'/>",
    ],
    [
        "<link rel='enclosure' type='image/png' href='/e.png'/>",
        "<link rel='alternate' type='application/json' href='/j'/>",
        "",
        "",
    ],
    ["<id>urn:x:1</id>", "<id>https://gazette.example/id/1</id>", "<id>t3_abc</id>", "<id>/id/1</id>", ""],
    ["<published>2023-05-19T08:30:00Z</published>", "<published>2023-05-19T08:30:00.123-04:00</published>", ""],
    ["<updated>2023-05-20T08:30:00Z</updated>", "<updated>soon</updated>", "", ""],
    ["<author><name>Ida Quill</name></author>", "<author><name>Ida</name><email>i@g.example</email></author>", ""],
    ["<author><name>Otto Fenn</name><uri>/o</uri></author>", "", ""],
    ["<category term='sea'/><category term='sky' label='Sky'/>", "<category term='x'>y</category>", ""],
    ["<summary>5 &lt; 6 &amp;amp; 7</summary>", "<summary type='html'>&lt;p&gt;x&lt;/p&gt;</summary>", "", ""],
    ["<content type='html'>&lt;p&gt;All&lt;/p&gt;</content>", "<content>One\n\nTwo &lt;3</content>", "", ""],
    [
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>x</div></content>",
        "<content src='/c'/>",
        "",
        "",
        "",
        "",
    ],
    [
        "<rights>R</rights>",
        "<source><title>S</title></source>",
        "<contributor><name>C</name></contributor>",
        "",
        "",
        "",
    ],
]


def quickly(body: bytes, content_type: str = "") -> Feed | None:
    text, _ = document_in(decoded(body, content_type))
    try:
        return read_quickly(parse_xml(text), text, URL)
    except IllFormed:
        return None


def carefully(body: bytes, content_type: str = "") -> Feed:
    return read_leniently(document_in(decoded(body, content_type))[0], URL)


def drawn(seed: int, table: list[list[str]], count: int) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(count):
        parts = [chance.choice(row) for row in chance.sample(table, k=chance.randint(2, len(table)))]
        yield "".join(parts)


def rss(entry: str, head: str = "") -> bytes:
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' {NAMESPACES}><channel>"
        f"<title>The &amp;amp; Gazette</title><link>https://gazette.example/</link>{head}<item>{entry}</item><item><title>Second</title></item>"
        "</channel></rss>"
    ).encode()


def rdf(entry: str) -> bytes:
    return (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        f"{NAMESPACES}><channel rdf:about='x'><title>G</title><link>https://gazette.example/</link></channel>"
        f"<item rdf:about='https://gazette.example/about'>{entry}</item></rdf:RDF>"
    ).encode()


def atom(entry: str) -> bytes:
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en_GB' {NAMESPACES}><title>G</title><id>https://g.example/f</id>"
        f"<link href='https://gazette.example/'/><entry>{entry}</entry></feed>"
    ).encode()


@pytest.mark.parametrize(("make", "table"), [(rss, RSS), (rdf, RSS), (atom, ATOM)], ids=["rss", "rdf", "atom"])
def test_what_is_read_quickly_is_read_as_feedparser_reads_it(make, table) -> None:
    taken = 0
    for entry in drawn(20240519, table, 400):
        quick = quickly(make(entry))
        if quick is not None:
            taken += 1
            assert quick == carefully(make(entry)), entry
    assert taken > 60


ORDINARY = [row[0] for row in RSS[0:1] + RSS[2:4] + RSS[5:6] + RSS[8:9] + RSS[11:12] + RSS[13:16]]


def test_an_ordinary_feed_is_read_quickly() -> None:
    body = rss("".join(ORDINARY), "<language>en</language><atom:link href='/feeds/all.xml' rel='self'/><ttl>60</ttl>")
    quick = quickly(body, "application/rss+xml; charset=utf-8")
    assert quick is not None
    assert (quick.title, quick.language) == ("The & Gazette", "en")
    assert quick == carefully(body, "application/rss+xml; charset=utf-8")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (rss("<title>Bär</title>").decode().encode("iso-8859-1").replace(b"UTF-8", b"iso-8859-1"), ""),
        (rss("<title>Bär</title>").decode().encode("cp1251", "replace"), "text/xml; charset=windows-1251"),
        (rss("<title>Bär</title>").decode().encode("utf-16"), ""),
        (
            b"<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://x.example/rss.dtd'>"
            + rss("<title>x</title>")[38:],
            "",
        ),
        (b"<!-- a licence -->\n\n" + rss("<title>x</title>"), ""),
        (rss("<title>x</title><pubDate>Tue, 19 May 2023 08:30:00 CEST</pubDate>"), ""),
        (rss("<title>x</title><itunes:author>Ida</itunes:author><itunes:summary>s</itunes:summary>"), ""),
        (rss("<title>x</title><media:group><media:content url='/m.jpg' medium='image'/></media:group>"), ""),
        (rss("<title>x</title><dc:identifier>doi:1</dc:identifier>"), ""),
    ],
)
def test_what_is_well_formed_and_known_is_read_quickly(body: bytes, content_type: str) -> None:
    assert quickly(body, content_type) == carefully(body, content_type)


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE rss [<!ENTITY x 'y'>]>" + rss("<title>&x;</title>"),
        rss("<title>x</title>").replace(b"<item>", b"<item xml:base='/b/'>"),
        rss("<title>Gr\u00c3\u00bc\u00c3\u0178e</title>"),
        rss("<title>x &nbsp; y</title>"),
        rss("<title>x</title>")[:-6],
        rss("<title>x<b>y</b></title>"),
        rss("<title>x</title>").replace(b"rss/1.0/modules/content/", b"rss/1.0/modules/contemt/"),
        atom("<author>Ida Quill</author>"),
        atom("<link rel='alternate' type='text/html'/><id>tag:g.example,2026:1</id>"),
        atom("").replace(b"<title>G</title>", b"<media:title>G</media:title>"),
        b"<html><body>no feed</body></html>",
    ],
)
def test_the_rest_is_left_to_feedparser(body: bytes) -> None:
    assert quickly(body) is None


corpora = pytest.mark.skipif(not SHARED.exists(), reason="the corpora beside the repository are missing")
ELEMENT = re.compile(r"<([A-Za-z:]+)(\s[^<>]*)?>([^<>]*|<!\[CDATA\[.*?\]\]>)</\1>")


def feeds_of_the_corpora() -> list[str]:
    paths = sorted(
        [*(SHARED / "corpora" / "feeds" / "feed-rs").glob("*.xml"), *(SHARED / "cases" / "feeds").glob("*.xml")]
    )
    texts = [document_in(decoded(path.read_bytes())) for path in paths]
    return [text for text, root in texts if root in ("rss", "feed", "rdf") and is_well_formed(text)]


def is_well_formed(text: str) -> bool:
    try:
        return parse_xml(text) is not None
    except IllFormed:
        return False


@corpora
def test_at_least_half_of_the_well_formed_feeds_of_the_corpora_is_read_quickly_and_all_alike() -> None:
    texts = feeds_of_the_corpora()
    quick = {text: read_quickly(parse_xml(text), text, URL) for text in texts}
    taken = [text for text, feed in quick.items() if feed is not None]
    assert len(taken) * 2 > len(texts) > 60
    for text in taken:
        assert quick[text] == read_leniently(text, URL)


@corpora
def test_200_mutations_of_them_are_read_alike() -> None:
    chance = random.Random(20261110)
    texts = [text for text in feeds_of_the_corpora() if len(text) < 60_000]
    compared = 0
    while compared < 200:
        text = mutated(chance.choice(texts), chance)
        quick = read_quickly(parse_xml(text), text, URL) if is_well_formed(text) else None
        if quick is not None:
            compared += 1
            assert quick == read_leniently(text, URL), text


def mutated(text: str, chance: random.Random) -> str:
    """The text with some elements gone, doubled, exchanged, emptied or under another's name."""
    for _ in range(chance.randint(1, 4)):
        elements = list(ELEMENT.finditer(text))
        one, other = chance.choice(elements), chance.choice(elements)
        whole, name, attributes, held = one[0], one[1], one[2] or "", one[3]
        changed = chance.choice(
            [
                "",
                whole * 2,
                f"<{other[1]}{attributes}>{held}</{other[1]}>",
                f"<{name}{attributes}></{name}>",
                f"<{name}{other[2] or ''}>{other[3]}</{name}>",
            ]
        )
        text = text[: one.start()] + changed + text[one.end() :]
    return text
