"""Boxes that are not shown, dialogs, and what readers wrote are never the story."""

import time

import pytest

from fetch.extract import extract
from tests.pages import LINES, URL, story

BOX = "Win a weekend on the islands with breakfast and a boat trip, if you tell us which of them has the lighthouse."
READERS = [
    f"I have lived on island number {at} for years, and never was a winter as long as this one." for at in range(8)
]


@pytest.mark.parametrize(
    "box",
    [
        f"<div hidden><p>{BOX}</p></div>",
        f"<div style='color:red; display:none'><p>{BOX}</p></div>",
        f"<section aria-hidden=true><p>{BOX}</p></section>",
        f"<div role=dialog aria-modal=true><p>{BOX}</p></div>",
        f"<div role=alertdialog><h2>Before you read on</h2><p>{BOX}</p></div>",
        f"<dialog open><p>{BOX}</p></dialog>",
        f"<div hidden>{''.join(f'<p>{line}</p>' for line in LINES)}</div>",
        f"<p hidden>{BOX}</p>",
        f"<div style='DISPLAY: none'><p>{BOX}</p></div>",
        f"<div style='visibility:hidden'><p>{BOX}</p></div>",
        f"<div class='teaser d-none'><p>{BOX}</p></div>",
        f"<div class='modal fade'><div><p>{BOX}</p></div></div>",
        f"<section class=z aria-modal=true><p>{BOX}</p></section>",
        f"<div role=search><p>{BOX}</p></div>",
        f"<div role=region aria-label=Advertisement><p>{BOX}</p></div>",
        f"<div class=newsletter-box><h3>By mail</h3><p>{BOX}</p></div>",
        "<div id=coral_talk_stream>" + "".join(f"<div><p>{line}</p></div>" for line in READERS) + "</div>",
        "".join(
            f"<div itemscope itemtype='https://schema.org/Comment'><p itemprop=text>{line}</p></div>"
            for line in READERS
        ),
        "".join(f"<div class=x7><p>{line}</p><button>Reply</button></div>" for line in READERS),
        "".join(f"<div class=x7><p>{line}</p><p>antworten · melden</p></div>" for line in READERS),
        "".join(f"<div class=x7><p>{line}</p><a href=/login>Log in to reply</a></div>" for line in READERS),
        "".join(f"<div class=x7><p>{line}</p><span>12 Likes</span> <a href=#>Report</a></div>" for line in READERS),
        "<div id=disqus_thread>" + "".join(f"<div><p>{line}</p></div>" for line in READERS) + "</div>",
        "<section class='comment-list open'>" + "".join(f"<div><p>{line}</p></div>" for line in READERS) + "</section>",
        "<div class=x7>" + "".join(f"<div><p>{line}</p><a href=#r>Reply</a></div>" for line in READERS) + "</div>",
        "".join(f"<div class=x7><p>{line}</p><a href=#r>Antworten</a></div>" for line in READERS),
    ],
)
def test_a_box_is_no_part_of_the_story(box: str) -> None:
    assert extract(story(box), URL).text.split("\n") == list(LINES)


def test_a_page_that_hides_its_story_until_a_script_shows_it_is_read() -> None:
    text = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"<article><h1>Ferry sails twice a day again</h1><div style='display:none'>{text}</div></article>"
    assert extract(page.encode(), URL).text.split("\n") == list(LINES)


def test_a_story_in_an_element_named_for_comments_is_read() -> None:
    text = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"<div class=comments><h1>Ferry sails twice a day again</h1>{text}</div>"
    assert extract(page.encode(), URL).text.split("\n") == list(LINES)


@pytest.mark.parametrize("names", ["hidden md:block", "d-none d-lg-block", "promotion", "newsletters-post single"])
def test_what_is_shown_on_some_screens_or_as_large_as_a_story_is_read(names: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"<article><h1>Ferry sails twice a day again</h1><div class='{names}'>{text}</div><p>{BOX}</p></article>"
    assert extract(page.encode(), URL).text.split("\n") == [*LINES, BOX]


def test_a_story_that_can_be_replied_to_and_reported_is_read() -> None:
    text = "".join(f"<p>{line}</p>" for line in LINES)
    bar = "<p><a href=#>Reply</a></p>"
    page = f"<article><h1>Ferry sails twice a day again</h1><div>{bar}</div><div>{text}{bar}</div></article>"
    assert set(LINES) <= set(extract(page.encode(), URL).text.split("\n"))


def test_the_time_for_boxes_within_each_other_grows_with_their_number() -> None:
    def seconds(lines: int) -> float:
        text = "".join(
            f"<p>{READERS[at % 8]} So it was said on day {at}.</p><button>Reply</button>" for at in range(lines)
        )
        page = story("<div class=promo>" * 400, text)
        began = time.process_time()
        extract(page, URL)
        return time.process_time() - began

    few = min(seconds(200) for _ in range(3))
    assert min(seconds(1_600) for _ in range(2)) < 32 * few  # in proportion 8, by the square 64


@pytest.mark.parametrize(
    "ending",
    [
        "The ferry company declined to comment.",
        "A spokesman could not be reached for comment on Sunday.",
        "“We will discuss it,” he said.",
        "The vote was moderated by a judge.",
        "The ministry has yet to reply.",
        "Das Ministerium wollte das nicht kommentieren.",
        "He logged in at 9:14 and deleted the files, the court heard.",
        "Contact with the crew was lost at 2:10 a.m.",
        "Officials said the copyright on the songs had lapsed in 1998.",
        "The photo was taken an hour before the ship sank.",
        "The terms of the settlement were not made public.",
        "Sponsored by three members of both parties, the bill passed 71 to 29.",
        "Related charges against two officers were dropped in May.",
        "“Follow the money,” he said, “and you will find who ordered it.”",
        "Print runs were doubled after the arrest.",
        "He contributed to three books on the war.",
        "Die Fotografin wurde am Montag aus der Haft entlassen.",
        "L’auteur de l’étude a refusé de répondre.",
    ],
)
def test_a_sentence_that_ends_a_story_with_a_word_of_the_page_is_of_it(ending: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in (*LINES, ending))
    page = f"<article><h1>Ferry sails twice a day again</h1>{text}</article>"
    assert extract(page.encode(), URL).text.split("\n") == [*LINES, ending]


@pytest.mark.parametrize(
    "ending",
    [
        "You must be logged in to post a comment.",
        "Please log in to comment on this story.",
        "Be the first to comment on this story.",
        "Bitte melden Sie sich an, um zu kommentieren.",
        "<a href=/talk>Discuss this story in our forum.</a>",
    ],
)
def test_what_asks_for_comments_is_not(ending: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in (*LINES, ending))
    page = f"<article><h1>Ferry sails twice a day again</h1>{text}</article>"
    assert extract(page.encode(), URL).text.split("\n") == list(LINES)
