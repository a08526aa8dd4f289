"""Of several <article>s on a page, those of other stories are left out, and the entries of a live blog are not."""

import pytest

from fetch.extract import extract
from tests.pages import LINES, URL

HEADLINE = "Ferry sails twice a day again"
TEXT = "".join(
    f"<p>{line}</p>" for line in (*LINES, *(f"{line} So the harbour master said on day two." for line in LINES))
)
OTHER = "".join(
    f"<p>In the {n} valley the hay was late this year, as the rain had kept the farmers from the meadows for weeks.</p>"
    for n in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
)
TEASER = "<article><h3><a href=/hay>Hay is late</a></h3><p>In the valleys the hay was late, as it rained.</p></article>"


def text_of(body: str, headline: str = HEADLINE) -> str:
    page = f"<!doctype html><html lang=en><head><title>{headline}</title></head><body>{body}</body></html>"
    return extract(page.encode(), URL).text


@pytest.mark.parametrize(
    "body",
    [
        f"<main><article><h1>{HEADLINE}</h1>{TEXT}</article><article><h1>Hay is late</h1>{OTHER}</article></main>",
        f"<main><article><h2>Hay is late</h2>{OTHER}</article><article><h1>{HEADLINE}</h1>{TEXT}</article></main>",
        f"<main><article><h1>{HEADLINE}</h1>{TEXT}</article>{TEASER * 3}</main>",
        f"<main><h1>{HEADLINE}</h1><div>{TEXT}</div><section>{TEASER * 3}</section></main>",
    ],
)
def test_another_story_is_left_out(body: str) -> None:
    text = text_of(body)
    assert all(line in text for line in LINES)
    assert "hay" not in text


def test_entries_of_a_live_blog_are_the_storys() -> None:
    entries = "".join(
        f"<article class=entry><h2>At {hour} o'clock</h2><p>Boat number {hour} left the port with mail, eggs and "
        f"coffee on board, and was seen from the lighthouse shortly after. That was all for {hour}.</p></article>"
        for hour in range(8, 12)
    )
    headline = "Live: ferry sails twice a day again"
    text = text_of(f"<main><article><h1>{headline}</h1>{TEXT}</article>{entries}</main>", headline)
    assert all(f"That was all for {hour}." in text for hour in range(8, 12))


def test_articles_within_the_storys_own_are_its_parts() -> None:
    parts = "".join(
        f"<article><h2>Part {at}</h2><p>{line} This is part {at}.</p></article>" for at, line in enumerate(LINES)
    )
    text = text_of(f"<main><article><h1>{HEADLINE}</h1>{TEXT}{parts}</article></main>")
    assert all(f"This is part {at}." in text for at in range(4))


@pytest.mark.parametrize(
    "headline",
    ["Footnotes on the bridge", "Comments on the budget are due", "More stories from the quay", "Subscribe to peace"],
)
def test_a_headline_that_begins_as_the_heading_of_a_box_is_none(headline: str) -> None:
    said = (
        "The council met on Monday to consider the new bridge, which has been argued about for eleven years.",
        "The harbour master said the bridge would close.",
        "Opponents gathered outside the hall with lanterns and a brass band that played until midnight.",
        "The cost of the work is given as forty million, of which the ministry pays a third.",
        "Nobody from the ferry company wanted to comment on the vote, or on the timetable.",
    )
    paragraphs = "".join(f"<p>{each}<sup><a href=#fn{at}>{at}</a></sup></p>" for at, each in enumerate(said, 1))
    page = f"<!doctype html><title>{headline} | Gazette</title><article><h1>{headline}</h1>{paragraphs}</article>"
    assert len(extract(page.encode(), "https://gazette.example/news/bridge").body) == len(said)
