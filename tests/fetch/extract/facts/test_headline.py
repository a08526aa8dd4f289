"""The headline: what most of a page's sources agree on, without the site's name."""

import json

import pytest

from fetch.extract import extract
from tests.pages import LINES

STORY = "".join(
    f"<p>The harbour board met for the {n}th time and heard, in some detail, of the mole, which is not done yet.</p>"
    for n in range(1, 8)
)
MOLE = "Mole not finished, harbour board hears"


def headline(head: str = "", heading: str = f"<h1>{MOLE}</h1>") -> str:
    page = f"<html lang=en><head>{head}</head><body><main><article>{heading}{STORY}</article></main></body></html>"
    return extract(page.encode(), "https://www.harbourgazette.example/mole").headline


@pytest.mark.parametrize(
    "title",
    [
        f"{MOLE} | Harbour Gazette",
        f"{MOLE} - Harbour Gazette",
        f"Harbour Gazette » {MOLE}",
    ],
)
def test_the_sites_name_is_cut_off_a_title(title: str) -> None:
    head = f"<title>{title}</title><meta property=og:site_name content='Harbour Gazette'>"
    assert headline(head, heading="") == MOLE


def test_what_the_page_shows_beats_what_it_sharpens_for_elsewhere() -> None:
    assert headline("<meta property=og:title content='You will not believe this mole'>") == MOLE


def test_what_the_publisher_claims_beats_a_heading_that_is_the_sites_name() -> None:
    claims = json.dumps({"@type": "NewsArticle", "headline": MOLE, "datePublished": "2024-03-05"})
    head = f"<script type='application/ld+json'>{claims}</script><meta property=og:site_name content='Harbour Gazette'>"
    assert headline(head, heading="<h1>Harbour Gazette</h1>") == MOLE


def test_a_meta_that_is_called_headline_counts() -> None:
    head = f"<title>{MOLE}-Harbour-Gazette</title><meta name=headline content='{MOLE}'>"
    assert headline(head, heading="") == MOLE


def test_a_page_without_any_has_none() -> None:
    assert headline(heading="") == ""


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("Mole is late again | The Tern Gazette", "<h1>The Tern Gazette</h1><h2>Mole is late again</h2>"),
        ("The Tern Gazette: Mole is late again", "<h1><a href=/>The Tern Gazette</a></h1><h2>Mole is late again</h2>"),
        ("Mole is late again", "<h1>Newest comments</h1><h1>Newest comments</h1><h1>Mole is late again</h1>"),
        ("Mole is late again", "<h1><span class=kicker>Harbour</span>Mole is late again</h1>"),
        ("Mole is late again", "<h1><span class=sr-only>Subscribers only:</span> Mole is late again</h1>"),
    ],
)
def test_a_heading_that_is_not_the_storys(title: str, headings: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"<title>{title}</title><body>{headings}<article>{text}</article></body>"
    assert extract(page.encode(), "https://www.terngazette.example/news/mole-is-late").headline == "Mole is late again"


def test_a_kicker_that_the_headline_goes_on_from_stays() -> None:
    text = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"<h1><span class=kicker>The mole</span>: late again this year</h1><article>{text}</article>"
    assert extract(page.encode(), "https://gazette.example/mole").headline == "The mole: late again this year"
