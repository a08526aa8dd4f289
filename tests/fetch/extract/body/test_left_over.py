"""What is left over of boxes and templates, and what a story's end holds."""

import pytest

from cache.formats.markdown import render
from fetch.article import Article
from fetch.extract import extract
from fetch.extract.body.appeal_phrases import ASKS, BEGINNINGS, LABELS

LINES = [
    f"<p>The harbour board met for the {n} time and heard, in some detail, why the eastern mole is not finished yet, "
    f"and what it would cost to finish it before the winter of the {n} year.</p>"
    for n in ("first", "second", "third", "fourth", "fifth", "sixth")
]


def read(within: str, after: str = "", head: str = "") -> Article:
    page = (
        f"<!doctype html><html lang=en><head><title>Mole not done</title>{head}</head><body><main><article>"
        f"<h1>Mole not done, harbour board hears</h1>{''.join(LINES[:3])}{within}{''.join(LINES[3:])}{after}"
        "</article></main></body></html>"
    )
    return extract(page.encode(), "https://gazette.example/mole")


PLAIN = read("").text


@pytest.mark.parametrize(
    "box",
    [
        "<div class=support-us><h3>Support our work</h3><p>Independent news costs money. If you can, please donate "
        "a few crowns today and help us to keep going for everyone.</p><a href=/donate>Donate now</a></div>",
        "<div class=jobs-widget><h3>Jobs of the day</h3><ul><li><a href=/j/1>Lock keeper (m/f/d)</a></li><li>"
        "<a href=/j/2>Harbour pilot</a></li></ul><p>Find your new job with our job market, every day over four "
        "hundred offers from the region.</p></div>",
        "<section class=box><h4>Get our newsletter</h4><p>The most important stories of the day, every morning "
        "at seven in your inbox. You can unsubscribe at any time.</p><form><input type=email></form></section>",
    ],
)
def test_of_a_box_nothing_is_left_over(box: str) -> None:
    assert read(box).text == PLAIN


def test_a_heading_over_text_of_the_story_stays() -> None:
    said = "<p>The clay moves, say the engineers, and whoever builds on it has to wait until it rests again.</p>"
    assert "What the engineers say" in read(f"<section><h3>What the engineers say</h3>{said}</section>").text


@pytest.mark.parametrize(
    "mark",
    ["$$ARTICLEAD$$", "{{ad.slot.2}}", "[[ad-in-article]]", "&lt;!-- ad --&gt;", "%%AD_SLOT%%", "__AD__", "${teaser}",
     "[ad_1]", "{% include ad %}", "@@BANNER@@", "##AD_MID##", "%AD_BLOCK%", "{AD_MID}", "undefined",
     "[object Object]", "[gallery ids='1,2']", "[contact-form-7 id=“12” title=“Form”]", "[/caption]"],
)  # fmt: skip
def test_marks_that_a_template_left_are_no_text(mark: str) -> None:
    assert read(f"<p>{mark}</p>").text == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "Anzeige",
        "Реклама:",
        "- Advertisement. Scroll to continue reading. -",
        "Article continues below this ad",
        "Follow us on <a href='https://twitter.com/gazette'>Twitter</a> and <a href=https://t.me/gazette>Telegram</a>",
        "Download our app for Android and never miss a story.",
        "<b>Unterstützen Sie uns.</b> Unabhängiger Journalismus kostet Geld. <a href=/spenden>Jetzt spenden</a>",
        "Suscríbete a nuestro <a href=/newsletter>boletín</a> de cada mañana.",
    ],
)
def test_appeals_and_labels_between_paragraphs_are_no_text(line: str) -> None:
    assert read(f"<p>{line}</p>").text == PLAIN


def test_what_is_asked_first_of_a_line_lets_every_phrase_by() -> None:
    plain = [phrase.replace("_", " ") for phrase in (LABELS + ASKS).split() if phrase.replace("_", "").isalpha()]
    assert len(plain) > 30
    assert {phrase[:2] for phrase in plain} <= set(BEGINNINGS.split())


@pytest.mark.parametrize(
    "line",
    [
        "Advertisements for the mole were put up all over the town by the board.",
        "Follow the plant to the end of the mole, and you stand where the old lighthouse was.",
        "Help us, the keepers cried, and nobody on the quay could hear them over the wind of that night.",
        "Support our troops, said the banner that hung from the crane, and nobody knew who had put it there.",
    ],
)
def test_sentences_that_begin_as_appeals_do_are_text(line: str) -> None:
    assert line in read(f"<p>{line}</p>").text


def test_brackets_and_sums_are_text() -> None:
    said = (
        "[Applause] $5 is what it costs, {as they say} on the quay, and 50% of it is paid by the harbour board itself."
    )
    assert said in read(f"<p>{said}</p>").text


def test_the_pictures_that_end_a_story_are_whole() -> None:
    slides = "".join(
        f"<div class=slide><figure><img src=/p{n}.jpg><figcaption>The mole on day {n}.</figcaption></figure></div>"
        for n in range(5)
    )
    assert len(read("", f"<div class=slideshow>{slides}</div>").images) == 5


NOTED = (
    "<p>The mole is forty years old.<sup id=r1><a href='#fn1'>1</a></sup> It was built twice.<sup><a href='#fn2'>2</a>"
    "</sup> Nobody has measured it since the last of the great storms, the board was told.</p>"
)
NOTES = (
    "<section class=footnotes><ol><li id=fn1><p>So says the report of the harbour board, on its fourth page. "
    "<a href='#r1'>↩</a></p></li><li id=fn2><p>Or so.</p></li></ol></section>"
)


def test_notes_are_linked_both_ways_and_all_of_them_stay() -> None:
    page = render(read(NOTED, NOTES))
    assert "forty years old.[^1] It was built twice.[^2] Nobody" in page
    assert "[^1]: So says the report" in page
    assert "[^2]: Or so." in page


def test_a_bracketed_number_without_a_note_is_no_mark() -> None:
    said = "<p>They wrote [1] on the wall of the mole, and nobody ever learned why they did it.</p>"
    assert "\\[1\\]" in render(read(said))


LINES_OF_CODE = (
    "<div class='syntaxhighlighter python'><div class='line number1'><code class=keyword>def</code> "
    "<code>run(n):</code></div><div class='line number2'><code class=spaces>&nbsp;&nbsp;&nbsp;&nbsp;</code>"
    "<code class=keyword>return</code> <code>n + 1</code></div></div>"
)


def test_code_a_div_a_line_is_one_block_with_its_indentation() -> None:
    assert "```\ndef run(n):\n    return n + 1\n```" in render(read(LINES_OF_CODE))


CLAIMED = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Mole not done, harbour board hears",'
    '"isAccessibleForFree":false,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":"%s"}}'
    "</script>"
)


@pytest.mark.parametrize(
    ("selector", "reason"),
    [(".paywall", ""), (".article .paywall, .paywall", ""), (".paywall-offer", "paywall"), ("..nothing[", "paywall")],
)
def test_a_paid_part_that_the_page_shows_is_not_missing(selector: str, reason: str) -> None:
    behind = f"<div class=paywall>{LINES[0]}{LINES[1]}</div><div class=paywall-offer><p>Subscribe today.</p></div>"
    page = (
        f"<!doctype html><html lang=en><head><title>Mole not done</title>{CLAIMED % selector}</head><body><main>"
        f"<article><h1>Mole not done, harbour board hears</h1>{LINES[2]}{behind}</article></main></body></html>"
    )
    article = extract(page.encode(), "https://gazette.example/mole")
    assert article.reason == reason
    assert "second time" in article.text
