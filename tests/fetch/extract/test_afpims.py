"""The origin page: the markup of AFPIMS sites, with invented text, and with the seed's own where it lies beside us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

import pytest

from fetch.article import Article
from fetch.errors import Blocked
from fetch.extract import extract

SHARED = Path(__file__).parents[4] / "shared"
URL = "https://www.ternfleet.example/Media/NEWS/News-Article-View/Article/3950001/harbour-forum/"


@dataclass(frozen=True)
class Story:
    headline: str
    teaser: str
    caption: str = ""


@dataclass(frozen=True)
class Origin:
    headline: str
    day: str
    byline: str
    office: str
    lead: str
    paragraphs: tuple[str, ...]
    block: str
    stories: tuple[Story, ...]


INVENTED = Origin(
    headline="Forum renews the net-mending pact between two islands",
    day="29 October 2024",
    byline="From Odalys Fenwright,",
    office="Tern Island Supply Office Public Affairs",
    lead="The Tern Island Supply Office continues to mend nets together with its neighbours across the strait.",
    paragraphs=(
        "The Tern Island Supply Office continues to mend nets together with its neighbours across the strait.",
        (
            "Cmdr. Ivo Palmgren, who leads the office, took part in the neighbours’ Industry Day beside the 374th "
            "Rope Squadron."
        ),
        "“Nobody mends a net alone,” Palmgren said. “Our team brings the twine, and they bring forty years of knots.”",
        (
            "Industry Day carried on what the two islands had agreed in June, when they signed the terms of a common "
            "workshop."
        ),
        (
            "“There are three legs to this stool,” he said earlier this year. “One is the twine, one is the needle, "
            "and one is time.”"
        ),
        "With the workshop as a foundation, both islands are set to go on deepening their ties, he added.",
    ),
    block="IN THE TERNFLEET NEWS",
    stories=(
        Story(
            "Ready at dawn: fifty menders sail aboard the Sandpiper for the first patrol of the year",
            "March 11, 2025 - STRAIT OF TERNS - As dawn comes through the red-lit passageways, the familiar song "
            "sounds...",
            "Menders of the 31st Rope Unit talk with their crew during a rehearsal on Recon Beach, Tern Island, Feb. "
            "17, 2025. The unit rehearses twice a year, so that every mender knows every boat of the fleet. (Tern "
            "Fleet photo by Cpl. Angela Dorn)",
        ),
        Story(
            "Knot laboratory hosts panel at the science conference",
            "March 11, 2025 - PORT HOLLIS - The knot laboratory hosted a panel during the 2025 conference at the "
            "convention hall...",
            "The knot laboratory hosts a panel in Port Hollis, March 4, 2025. The conference brought ropemakers "
            "together. The laboratory keeps its shelves open to all who mend, asks nothing of them but their names, "
            "and has done so ever since the great storm took the old hall, its roof, its library of knots and every "
            "boat that lay in the harbour below on that night in November.",
        ),
        Story(
            "Sandpiper group: one team, one net",
            "March 11, 2025 - HOLLIS, Tern Island - The Sandpiper group and the 31st Rope Unit completed their first "
            "patrol...",
            "250228-N-TW227-1569 STRAIT OF TERNS (Feb. 28, 2025) The Sandpiper, center, steams in formation with the "
            "Curlew.",
        ),
        Story(
            "Carl Ibsen group departs Busby harbour",
            "March 10, 2025 - BUSBY, South Tern – The Carl Ibsen group departed Busby, March 7, after a scheduled "
            "five-day visit...",
        ),
        Story(
            "Eighth Fleet begins its yearly exercise",
            "March 10, 2025 - CAMP HOLLIS, South Tern - Eighth Fleet began its portion of the exercise Sunday, March "
            "9...",
        ),
    ),
)


def page(origin: Origin) -> bytes:
    """The page in the markup of AFPIMS sites."""
    text = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in origin.paragraphs)
    items = "".join(item(number, story) for number, story in enumerate(origin.stories, start=4100000))
    return f"""<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8"><title>{escape(origin.headline)} > Tern Fleet > News-Article-View</title>
<meta property="og:title" content="{escape(origin.headline)}"><meta property="og:type" content="article">
<meta property="og:site_name" content="Tern Fleet"><meta property="og:description" content="{escape(origin.lead)}">
<link rel="canonical" href="{URL}"></head>
<body id="Body"><form method="post" id="Form">
<div class="dod-banner"><section class="usa-banner">
<header><p>An official website of the United States government</p></header>
<div class="usa-banner__content"><p><strong>Official websites use .mil</strong></p>
<p>A .mil website belongs to an official U.S.
Department of Defense organization in the United States.</p><p><strong>Secure .mil websites use HTTPS</strong></p>
<p>A lock (lock ) or https:// means you’ve safely connected to the .mil website. Share sensitive information only on
official, secure websites.</p></div></section></div>
<div id="skip-link-holder"><a id="skip-link" href="#skip-target">Skip to main content (Press Enter).</a></div>
<nav class="main-nav"><ul><li><a href="/Home/">Home</a></li><li><a href="/Media/">Media</a></li></ul></nav>
<div class="DnnModule DnnModule-ArticleCSViewArticle"><div class="article-view" itemscope itemtype="http://schema.org/NewsArticle">
<h1 class="maintitle">{escape(origin.headline)}</h1>
<div class="category-date"><span class="category">News</span> <span>{origin.day}</span></div>
<div class="header"><p>{escape(origin.byline)}<br>{escape(origin.office)}</p></div>
<p class="summary">{escape(origin.lead)}</p>
<div class="body">
{text}</div></div></div>
<div class="social-block"><h2>CONNECT WITH TERNFLEET</h2><p>ENGAGE &amp; CONNECT MORE WITH THE FLEET</p>
<ul class="social-icons"><li><a href="https://social.example/tern"><i class="fa"></i></a></li></ul></div>
<div class="related-news"><h2>{escape(origin.block)}</h2><div class="listing">{items}</div></div>
<div class="cards"><span>Guidance-Card-Icon</span> <span>Dept-Exclusive-Card-Icon</span></div>
<footer><p>Hosted by Tern Media Activity - WEB.mil</p></footer>
</form></body></html>""".encode()


def item(number: int, story: Story) -> str:
    address = f"/Media/NEWS/News-Article-View/Article/{number}/story-{number}/"
    caption = f'<p class="image-caption">{escape(story.caption)}</p>' if story.caption else ""
    return (
        f'<div class="item item-{number}"><a class="img-link" href="{address}"><img class="aimage" alt="" '
        f'src="https://media.ternfleet.example/2025/Mar/11/{number}/600/400/0/{number}.JPG"></a><div class="text">'
        f'<p class="title"><a href="{address}">{escape(story.headline)}</a></p>{caption}'
        f'<p class="summary">{escape(story.teaser)}</p></div></div>\n'
    )


def seed() -> Origin:
    """The parts of the seed's text."""
    path = SHARED / "seed" / "pacom-forum-us-japan.txt"
    if not path.exists():
        pytest.skip("the seed's text lies outside the repository, in ../shared/seed")
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    start = next(at for at, line in enumerate(lines) if line.startswith("Forum reinforces"))
    end = next(at for at, line in enumerate(lines) if line.startswith("CONNECT WITH"))
    block = next(at for at, line in enumerate(lines) if line.startswith("IN THE "))
    headline, day, byline, lead = lines[start : start + 4]
    rest = [line for line in lines[block + 1 :] if "Card-Icon" not in line]
    return Origin(headline, day, byline, "", lead, tuple(lines[start + 4 : end]), lines[block], tuple(_stories(rest)))


def _stories(lines: list[str]) -> list[Story]:
    stories, at = [], 0
    while at < len(lines):
        dated = next(place for place in range(at + 1, len(lines)) if lines[place].startswith("March 1"))
        stories.append(Story(lines[at], lines[dated], " ".join(lines[at + 1 : dated])))
        at = dated + 1
    return stories


@pytest.fixture(params=["invented", "seed"])
def origin(request: pytest.FixtureRequest) -> Origin:
    return INVENTED if request.param == "invented" else seed()


@pytest.fixture
def article(origin: Origin) -> Article:
    return extract(page(origin), URL)


def test_headline_once(origin: Origin, article: Article) -> None:
    assert article.headline == origin.headline
    assert origin.headline not in article.text


def test_date_is_a_day(article: Article) -> None:
    assert article.published == date(2024, 10, 29)


def test_byline_without_from_comma_and_office(origin: Origin, article: Article) -> None:
    assert article.authors == (origin.byline.removeprefix("From ").removesuffix(","),)


def test_every_paragraph_once_and_in_order(origin: Origin, article: Article) -> None:
    wanted = [" ".join(paragraph.split()) for paragraph in origin.paragraphs]
    assert article.text.split("\n") == wanted
    assert article.dek == ""


def test_nothing_around_it(article: Article) -> None:
    for foreign in ("official website", "CONNECT", "Card-Icon", "Hosted by", "Skip to", "NEWS"):
        assert foreign not in article.text


def test_five_related_stories(origin: Origin, article: Article) -> None:
    assert [teaser.headline for teaser in article.related] == [story.headline for story in origin.stories]
    for teaser, story in zip(article.related, origin.stories, strict=True):
        day, place, text = story.teaser.replace(" – ", " - ", 1).split(" - ", 2)
        assert teaser.published == date(2025, 3, int(day[6:8]))
        assert teaser.dateline == place
        assert teaser.summary == text
        assert teaser.picture is not None
        assert teaser.picture.caption == story.caption
        assert teaser.picture.src.startswith("https://media.")


def test_access_denied_is_an_error() -> None:
    path = SHARED / "corpora" / "afpims" / "akamai-access-denied-af.mil-2018.html"
    if not path.exists():
        pytest.skip("the saved page lies outside the repository, in ../shared/corpora")
    with pytest.raises(Blocked) as caught:
        extract(path.read_bytes(), "https://www.af.mil/News/")
    assert caught.value.reason == "access denied"
