"""The headline: what most of a page's sources agree on, without the site's name."""

import json

import pytest

from fetch.extract import extract
from tests.pages import LINES, URL, story

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
        *[f"{MOLE} {mark} Harbour Gazette" for mark in "–—·•:~<>@/\\"],
        *[f"{MOLE}{mark}Harbour Gazette" for mark in ("|", "ǀ", "丨", "｜", "ㅣ", " :: ", "--")],
        f"{MOLE} (Harbour Gazette)",
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
        (
            "Mole is late again - News - The Tern Gazette",
            "<h1>The Tern Gazette</h1><article><h2>Mole is late again</h2>",
        ),
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


def test_the_one_heading_beats_what_a_plug_in_writes_for_search_engines() -> None:
    sharpened = "The 10 best moles of this year - ultimate mole guide"
    claims = json.dumps({"@type": "Article", "headline": sharpened, "name": sharpened})
    head = (
        f"<title>{sharpened}</title><meta property=og:title content='{sharpened}'>"
        f"<meta name=twitter:title content='{sharpened}'><script type='application/ld+json'>{claims}</script>"
    )
    assert headline(head) == MOLE


def test_what_a_news_site_claims_of_its_article_stays() -> None:
    claims = json.dumps({"@type": "NewsArticle", "headline": MOLE, "datePublished": "2024-03-05"})
    head = f"<title>{MOLE}</title><script type='application/ld+json'>{claims}</script>"
    assert headline(head, heading="<h1>Mole unfinished</h1>") == MOLE


def test_a_claim_that_was_cut_at_a_length_is_no_headline() -> None:
    whole = "The harbour board has heard for the third year in a row that the new mole is far from being finished"
    claims = json.dumps({"@type": "NewsArticle", "headline": whole[:80], "datePublished": "2024-03-05"})
    assert headline(f"<script type='application/ld+json'>{claims}</script>", heading=f"<h1>{whole}</h1>") == whole


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        (f"{MOLE} : Tern and harbour", f"<h1>Tern and harbour</h1><h2>{MOLE}</h2>"),
        (f"{MOLE} » Tern e.V.", f"<h1>Tern e.V. Friends of the harbour and its moles</h1><h2>{MOLE}</h2>"),
        (f"The Tern » Archive » {MOLE}", f"<h1><a href='https://terns.example/'>The Tern</a></h1><h2>{MOLE}</h2>"),
        (f"Terns | {MOLE}", f"<h1>Newsletter</h1><h2>{MOLE}</h2>"),
    ],
)
def test_a_smaller_heading_that_the_title_holds_beats_the_sites_own(title: str, headings: str) -> None:
    page = f"<title>{title}</title><body>{headings}<div>{STORY}</div></body>"
    assert extract(page.encode(), "https://harbour.example/mole-not-finished-harbour-board-hears").headline == MOLE


def test_a_kicker_without_a_name_goes_where_the_head_has_the_headline_alone() -> None:
    head = f"<title>{MOLE}</title><meta property=og:title content='{MOLE}'><meta name=title content='{MOLE}'>"
    assert headline(head, heading=f"<h1><span>Tern Bay</span> {MOLE}</h1>") == MOLE


def test_the_address_decides_between_wordings_that_as_much_speaks_for() -> None:
    page = f"<title>All about moles</title><body><h1>All about moles</h1><h1>{MOLE}</h1><div>{STORY}</div></body>"
    assert extract(page.encode(), "https://gazette.example/mole-not-finished-harbour-board-hears").headline == MOLE


def test_readings_beside_characters_are_no_part_of_a_headline() -> None:
    heading = "<h1><ruby>港<rt>みなと</rt></ruby>の<ruby>防波堤<rt>ぼうはてい</rt></ruby>はまだ完成していない</h1>"
    assert headline(heading=heading) == "港の防波堤はまだ完成していない"


def test_a_line_break_parts_words() -> None:
    assert headline(heading="<h1>Mole not finished,<br>harbour board hears</h1>") == MOLE


def test_the_host_of_a_page_in_an_archive_is_the_archived_one() -> None:
    page = f"<title>{MOLE} | Ternpost</title><body><h2>Menu</h2><div>{STORY}</div></body>"
    url = "https://archive.example/web/2016/http://www.ternpost.example/2016/mole"
    assert extract(page.encode(), url).headline == MOLE


@pytest.mark.parametrize(
    "title",
    [
        "Lock opens after three years (The Quay Courier)",
        "Lock opens after three years @ The Quay Courier",
        "The Quay Courier: Lock opens after three years",
    ],
)
def test_the_sites_name_in_brackets_behind_an_at_sign_or_before_a_colon(title: str) -> None:
    head = '<meta property="og:site_name" content="The Quay Courier">'
    page = story(head=head, headline=title).replace(f"<h1>{title}</h1>".encode(), b"")
    assert extract(page, URL).headline == "Lock opens after three years"


@pytest.mark.parametrize(
    "part",
    [
        "<svg><title>Lock</title></svg>",
        "<span aria-hidden=true>● </span>",
        "<span style='display:none'>Exclusive</span>",
    ],
)
def test_what_is_not_shown_is_no_part_of_a_headline(part: str) -> None:
    page = story().replace(b"<h1>", f"<h1>{part}".encode())
    assert extract(page, URL).headline == "Ferry sails twice a day again"
