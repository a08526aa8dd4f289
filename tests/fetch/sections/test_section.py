import json
import pathlib
import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from fetch.sections import find_teasers
from fetch.sections.section import next_page

URL = "https://www.harbor.example/News/"
SHARED = pathlib.Path(__file__).parents[4] / "shared" / "corpora" / "afpims"
NAVIGATION = """<header><nav class="main-menu"><ul><li><a href="/">Home</a></li><li><a href="/News/">News</a></li>
<li><a href="/About-Us/">About Us</a></li><li><a href="/About/Command-Leadership-Team/">Command Leadership Team</a></li>
<li><a href="/Careers/How-To-Join-The-Harbor-Watch/">How To Join The Harbor Watch</a></li></ul></nav></header>"""
FOOTER = """<footer><ul><li><a href="/Privacy-Policy/">Privacy Policy</a></li><li><a href="/Contact/">Contact</a></li>
<li><a href="/Site-Index/Freedom-Of-Information-Act-Requests/">Freedom of Information Act Requests</a></li>
<li><a href="https://www.facebook.com/harborwatch">Facebook</a></li></ul></footer>"""
HEADLINES = [
    "Harbor Watch rescues crew of stranded trawler",
    "New tide tables published for northern approaches",
    "Divers find wreck of nineteenth century mail boat",
    "Lightship returns to station after overhaul",
    "Cadets practise night navigation off Gull Island",
    "Buoy tenders finish spring round two weeks early",
]


def slug(headline: str) -> str:
    return headline.lower().replace(" ", "-")


def article(number: int) -> str:
    return f"https://www.harbor.example/News/Article/{3100 + number}/{slug(HEADLINES[number])}/"


def page(body: str, head: str = "") -> bytes:
    head = f"<head><title>News</title>{head}</head>"
    return f"<!doctype html><html lang='en'>{head}<body>{NAVIGATION}{body}{FOOTER}</body></html>".encode()


def listing(one: str) -> bytes:
    return page(
        "<div class='alist'>"
        + "".join(one.format(n=n, url=article(n), title=t) for n, t in enumerate(HEADLINES))
        + "</div>"
    )


ITEM = """<div class="item item-{n} item-310{n}"><figure><div class="image-wrap"><a href="{url}">
<div style="background-image: url(/x.jpg)"></div><img alt="People on a quay." src="/pictures/{n}.JPG"></a></div>
<figcaption><span class="category"><a class="content-type-text" href="/News/Releases/">News</a>
<time data-dateago="2024-01-0{n}T17:44:20" data-dateap="Jan. {n}, 2024">14 hours ago</time>
<a class="hide" href="/Home/Term/2580/know-your-harbor-watch/">Know Your Harbor Watch</a></span>
<h3 class="title"><a href="{url}">{title}</a></h3><p class="summary">Summary number {n} says what happened at sea.</p>
<a class="btn hide" href="{url}"> Read More</a></figcaption></figure></div>"""


@pytest.mark.parametrize(
    ("src", "is_picture"),
    [
        ("/2031-quay.png", True),
        ("/transport-strike.png", True),
        ("/clear-skies.png", True),
        ("/1.gif", False),
        ("/img/trans.gif", False),
        ("/img/lazy-image.png", False),
        ("/spacer.jpg", False),
        ("data:image/gif;base64,R0lGODlhAQABAAAAACw=", False),
    ],
)
def test_what_holds_the_place_of_a_picture_is_none(src: str, is_picture: bool) -> None:
    teasers = find_teasers(listing(ITEM.replace("/pictures/{n}.JPG", src)), URL)
    assert [teaser.picture is not None for teaser in teasers] == [is_picture] * len(HEADLINES)


def test_a_picture_link_a_title_and_read_more_are_one_story() -> None:
    teasers = find_teasers(listing(ITEM.replace("2024-01-0{n}", "2024-01-1{n}")), URL)
    assert [teaser.headline for teaser in teasers] == HEADLINES
    assert [teaser.url for teaser in teasers] == [article(n) for n in range(6)]
    assert teasers[1].summary == "Summary number 1 says what happened at sea."
    assert teasers[1].published == datetime(2024, 1, 11, 17, 44, 20, tzinfo=ZoneInfo("America/New_York"))
    assert teasers[1].picture is not None
    assert (teasers[1].picture.src, teasers[1].picture.alt) == (
        "https://www.harbor.example/pictures/1.JPG",
        "People on a quay.",
    )


def test_custom_elements_that_hold_everything_in_attributes() -> None:
    elements = "".join(
        f'<{name} :show-image="true" article-id="{n}" article-alt="A quay" '
        f'article-image-url="https://media.example/{n}.JPG" '
        f'article-summary="Summary &amp; more {n}" article-title="{title}" article-url="{article(n)}" '
        f'image-caption="Caption {n}" publish-date-ap="Dec. 30, 2024" publish-date-jss="2024-12-30T07:37:17"></{name}>'
        for n, (title, name) in enumerate(
            zip(HEADLINES, ["listing-with-preview", "story-card", "listing-dashboard-with-preview"] * 2, strict=True)
        )
    )
    teasers = find_teasers(page(f"<feature-template>{elements}</feature-template>"), URL)
    assert [(teaser.headline, teaser.url) for teaser in teasers] == [(t, article(n)) for n, t in enumerate(HEADLINES)]
    first = teasers[0]
    assert first.summary == "Summary & more 0"
    assert first.published == datetime(2024, 12, 30, 7, 37, 17, tzinfo=ZoneInfo("America/New_York"))
    assert first.picture is not None
    assert (first.picture.src, first.picture.alt, first.picture.caption) == (
        "https://media.example/0.JPG",
        "A quay",
        "Caption 0",
    )


def test_a_listing_with_datelines_and_numbered_pages() -> None:
    body = listing(
        '<div class="listing-row"><div id="linkTitle"><a href="{url}">{title}</a></div>'
        "<p>19 May 2023 {title} NORTH QUAY, Norland -- The watch put to sea at dawn with two boats.</p></div>"
    ).replace(
        b"</div><footer>",
        b'</div><ul class="pagination"><li class="active"><a href="?Page=1">1</a></li><li><a href="?Page=2">2</a></li>'
        b'<li><a href="?Page=3">3</a></li></ul><footer>',
    )
    teasers = find_teasers(body, URL)
    assert [teaser.headline for teaser in teasers] == HEADLINES
    assert (teasers[2].dateline, teasers[2].published) == ("NORTH QUAY, Norland", date(2023, 5, 19))
    assert teasers[2].summary == "The watch put to sea at dawn with two boats."
    assert next_page(body, URL) == "https://www.harbor.example/News/?Page=2"
    assert (
        next_page(body.replace(b' class="active"', b""), URL + "?Page=2") == "https://www.harbor.example/News/?Page=3"
    )


@pytest.mark.parametrize(
    "one",
    [
        '<ul class="article-listing"><li><h1><a href="{url}">{title}</a></h1><time>Jan. 11, 2024</time>'
        '<div class="summary"><p>Something of note happened at sea.</p></div></li></ul>',
        '<div class="alist-more-here"><div class="litem"><a href="{url}"><img src="/p.jpg" alt=""></a>'
        '<h2><a href="{url}">{title}</a></h2><span class="date">11 January 2024</span>'
        "<p>Something of note happened at sea.</p></div></div>",
        '<article><a href="{url}"><h2>{title}</h2><p>Something of note happened at sea.</p>'
        '<time datetime="2024-01-11">11.1.</time></a></article>',
    ],
    ids=["base sites", "marines", "one link around a card"],
)
def test_other_listings(one: str) -> None:
    teasers = find_teasers(listing(one), URL)
    assert [teaser.headline for teaser in teasers] == HEADLINES
    assert {teaser.published for teaser in teasers} == {date(2024, 1, 11)}
    assert {teaser.summary for teaser in teasers} == {"Something of note happened at sea."}


def test_a_bare_list_of_links() -> None:
    address = "News/ArticleDisplay/tabid/223/Article/64{n}350/{title}.html"
    one = f"<ul class='da_LatestNew'><li><a href='{address}'> {{title}}</a></li></ul>"
    assert [teaser.headline for teaser in find_teasers(listing(one), "https://www.harbor.example/")] == HEADLINES


def test_what_is_no_story_stays_out() -> None:
    more = """<div class="tags"><a href="/tag/buoys/">Buoys</a>
    <a href="/topics/storms-and-tides-of-the-north/">Storms and tides of the north</a></div>
    <span class="byline"><a href="/author/ida-quill/">Ida Quill</a></span>
    <div class="sponsored-box"><a href="/2024/05/06/ten-ropes-you-should-buy-this-summer-for-your-boat/">
    Ten ropes you should buy this summer for your boat</a></div>
    <a href="/sponsored/why-our-paint-keeps-barnacles-away/">Why our paint keeps barnacles away</a>
    <h3><a href="/News/Article/4001/paint-for-boats/">Sponsored: Why every boat needs a coat of our new paint</a></h3>
    <a href="https://chandler.example/shop/rope?item=3">Rope, three strands, on sale now</a>
    <a href="javascript:void(0)">Show me many more stories now</a><a href="#top">Back to the top of the page</a>"""
    teasers = find_teasers(listing(ITEM).replace(b"<footer>", more.encode() + b"<footer>"), URL)
    assert [teaser.headline for teaser in teasers] == HEADLINES


def test_a_json_ld_list() -> None:
    members = [
        {
            "@type": "ListItem",
            "position": n,
            "url": article(n),
            "name": title,
            "item": {"datePublished": "2024-01-11T10:00:00Z"},
        }
        for n, title in enumerate(HEADLINES)
    ]
    script = json.dumps({"@graph": [{"@type": "ItemList", "itemListElement": members}]})
    teasers = find_teasers(page("<div id=app></div>", f"<script type='application/ld+json'>{script}</script>"), URL)
    assert [teaser.headline for teaser in teasers] == HEADLINES
    assert teasers[0].published == datetime(2024, 1, 11, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "opening", ["<script id='__NEXT_DATA__' type='application/json'>", "<script>window.__STATE__ = "]
)
def test_a_page_that_draws_itself_from_its_state(opening: str) -> None:
    state = {
        "props": {"list": [{"headline": {"basic": t}, "canonical_url": article(n)} for n, t in enumerate(HEADLINES)]}
    }
    teasers = find_teasers(page(f"<div id=app></div>{opening}{json.dumps(state)}</script>"), URL)
    assert [teaser.headline for teaser in teasers] == HEADLINES


def test_a_relative_date_counts_from_now() -> None:
    one = '<article><h3><a href="{url}">{title}</a></h3><span class="date">3 hours ago</span></article>'
    published = find_teasers(listing(one), URL)[0].published
    assert isinstance(published, datetime)
    assert 2.9 < (datetime.now(UTC) - published).total_seconds() / 3600 < 3.1


def test_a_page_without_stories_gives_none() -> None:
    denied = b"<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>Reference #18</BODY></HTML>"
    assert find_teasers(denied, URL) == []
    assert find_teasers(b"", URL) == []
    assert find_teasers(page("<p>Nothing here.</p>"), URL) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<link rel="next" href="/News/?page=2">', "https://www.harbor.example/News/?page=2"),
        ('<a class="x" rel="next nofollow" href="page/2/">Onward</a>', "https://www.harbor.example/News/page/2/"),
        ('<a href="/News/page/2/">Older posts</a>', "https://www.harbor.example/News/page/2/"),
        ('<a href="/News/page/2/">Nächste Seite ›</a>', "https://www.harbor.example/News/page/2/"),
        ('<a href="?Page=2">2</a>', "https://www.harbor.example/News/?Page=2"),
        ('<a href="/fr/">››</a>', ""),
        ('<a rel="next" href="https://elsewhere.example/2">Next</a>', ""),
        ('<a rel="next" href="#">Next</a>', ""),
        ("<p>Nothing</p>", ""),
    ],
)
def test_the_next_page(body: str, expected: str) -> None:
    assert next_page(page(body), URL) == expected


def test_a_large_front_page_is_read_in_no_time() -> None:
    rows = "".join(
        ITEM.format(n=n % 6, url=article(n % 6) + f"?x={n}", title=f"{HEADLINES[n % 6]} {n}") for n in range(400)
    )
    body = page(rows)
    assert len(body) > 250_000
    find_teasers(body, URL)
    started = time.process_time()
    find_teasers(body, URL)
    assert time.process_time() - started < 1


def test_hostile_nesting_ends_soon() -> None:
    started = time.process_time()
    find_teasers(
        b"<div>" * 20_000 + b"<a href='/2024/01/02/a-story-that-is-deep-down'>A story that is deep down</a>", URL
    )
    find_teasers(b"<a href='/x?" + b"a" * 100_000 + b"'>" + b"word " * 20_000 + b"</a>", URL)
    rows = b"".join(
        b"<h3><a href='/2024/01/02/story-number-%d-of-many'>Story %d of very many</a></h3>" % (n, n)
        for n in range(30_000)
    )
    assert len(find_teasers(rows, URL)) == 3000
    assert time.process_time() - started < 6


corpus = pytest.mark.skipif(not SHARED.exists(), reason="the corpora beside the repository are not here")


@corpus
def test_the_listing_of_defense_gov_in_2020() -> None:
    teasers = find_teasers((SHARED / "defense.gov-home-2020-11.html").read_bytes(), "https://www.defense.gov/")
    by_url = {teaser.url.rstrip("/").rpartition("/")[2]: teaser for teaser in teasers}
    museum = by_url["new-museum-tells-the-story-of-the-us-army"]
    assert museum.headline == "New Museum Tells the Story of the U.S. Army"
    assert museum.published == datetime(2020, 11, 11, 17, 44, 20, tzinfo=ZoneInfo("America/New_York"))
    assert museum.picture is not None
    assert museum.summary.startswith("The National Museum of the United States Army officially opened")


@corpus
def test_the_listing_of_defense_gov_in_2024() -> None:
    (teaser,) = find_teasers(
        (SHARED / "listing-with-preview-defense.gov-2024-12.html").read_bytes(), "https://www.defense.gov/"
    )
    assert teaser.headline == "Medal of Honor Monday: Army Col. Robert L. Howard"
    assert "/Article/4014615/" in teaser.url


@corpus
def test_the_latest_news_of_af_mil_in_2016_and_a_denial() -> None:
    teasers = find_teasers((SHARED / "af.mil-latest-news-2016-partial.html").read_bytes(), "https://www.af.mil/")
    assert [teaser.headline for teaser in teasers][:2] == [
        "A look back at Desert Storm, 25 years later",
        "SecAF speaks at CSIS for Smart Women, Smart Power series",
    ]
    assert len(teasers) == 5
    assert find_teasers((SHARED / "akamai-access-denied-af.mil-2018.html").read_bytes(), "https://www.af.mil/") == []


def test_a_picture_or_paper_is_no_story():
    files = "".join(f"<p><a href='/files/{slug(title)}.{kind}?w=9'>{title}</a></p>"
                    for title, kind in zip(HEADLINES, ("jpg", "PDF", "mp4", "docx"), strict=False))  # fmt: skip
    assert not find_teasers(page(files), URL)


@pytest.mark.parametrize(
    ("kind", "text", "dated"),
    [
        ("post-date", "yesterday", True),
        ("postDate", "yesterday", True),
        ("entry__published", "2 weeks ago", True),
        ("update", "yesterday", False),
        ("candidates", "yesterday", False),
        ("sometimes", "yesterday", False),
        ("card-date", "Player and prayer in week 2 of Chicago", False),
    ],
)
def test_a_class_is_of_a_date_by_a_whole_word_and_a_text_too(kind: str, text: str, dated: bool) -> None:
    cards = "".join(
        f'<article><h2><a href="/News/Article/{number}/{slug(headline)}/">{headline}</a></h2>'
        f'<span class="{kind}">{text}</span></article>'
        for number, headline in enumerate(HEADLINES, start=100200)
    )
    teasers = find_teasers(f"<html lang='en'><body><main>{cards}</main></body></html>".encode(), URL)
    assert len(teasers) == len(HEADLINES)
    assert {teaser.published is not None for teaser in teasers} == {dated}


@pytest.mark.parametrize(
    ("codec", "label"), [("cp1251", "windows-1251"), ("koi8-r", "koi8-r"), ("utf-8", "utf-8"), ("cp1251", "cp1251")]
)
def test_the_header_says_the_charset(codec: str, label: str) -> None:
    headlines = ["Порт закрыт до весны", "Мол построят заново", "Маяк снова горит ночью", "Рыбаки вышли в море рано"]
    cards = "".join(
        f'<article><h2><a href="/News/Article/{number}/story-of-the-harbour-{number}/">{headline}</a></h2></article>'
        for number, headline in enumerate(headlines, start=100200)
    )
    page = f"<html lang='ru'><body><main>{cards}</main></body></html>".encode(codec)
    teasers = find_teasers(page, URL, content_type=f"text/html; charset={label}")
    assert [teaser.headline for teaser in teasers] == headlines
