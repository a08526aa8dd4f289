"""What a reader says is part of a site's stories, put in its place; and what a page drops, to choose from."""

from __future__ import annotations

from time import process_time

import pytest

from fetch.article import Points
from fetch.extract import dropped_passages, extract, extract_page, extract_story
from fetch.passages import How, KeptPassages

URL = "https://gazette.example/news/mole"
BEFORE = [
    f"Paragraph {n} tells how the council of the harbour town voted in the evening on the mole." for n in "abefgh"
]
BEHIND = [
    f"Paragraph {n} tells how the ferry of the harbour town goes on in the evening to the island." for n in "cdijkl"
]
CAISSON = "The first caisson weighs 900 tonnes and stands on gravel."
BOX = f"<div class='comments note-12'><p>{CAISSON}</p></div>"
FOOT = "<footer class=foot><p>About us and our paper.</p><p><a href=/i>Imprint of the paper</a></p></footer>"


def page(between: str = BOX, *, behind: str = FOOT, before: str = "") -> bytes:
    told = ["".join(f"<p>{said}</p>" for said in part) for part in (BEFORE, BEHIND)]
    return (
        f"<!doctype html><html lang=en><title>Mole vote | Gazette</title><body>{before}<article><h1>Mole vote</h1>"
        f"{told[0]}{between}{told[1]}</article>{behind}</html>"
    ).encode()


def read(markup: bytes, how: How, text: str) -> list[str]:
    return extract_page(markup, URL, kept=[KeptPassages(how, text)])[0].text.split("\n")


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ("place", "div.comments.note-0"),
        ("same", CAISSON.upper().replace("900", "850")),
        ("begins", "The first caisson"),
    ],
)
def test_a_passage_stands_where_the_page_has_it(how: How, text: str) -> None:
    assert CAISSON not in extract(page(), URL).text
    article, _ = extract_page(page(), URL, kept=[KeptPassages(how, text)])
    assert article.text.split("\n") == [*BEFORE, CAISSON, *BEHIND]
    assert [(kept.at, kept.how) for kept in article.by_rule] == [(6, how)]
    assert article.own_text == extract(page(), URL).text


def test_all_of_a_place_comes_with_it_in_the_forms_it_has() -> None:
    box = "<aside class=related><h3>Facts</h3><ul><li>It is <b>long</b>.</li><li>It is old.</li></ul></aside>"
    dropped = extract(page(box), URL).body
    article, _ = extract_page(page(box), URL, kept=[KeptPassages("place", "aside.related")])
    assert [block for block in article.body if block not in dropped] != []
    [points] = [block for block in article.body if isinstance(block, Points)]
    assert len(points.points) == 2
    assert [line for line in article.text.split("\n") if line in {"Facts", "It is long.", "It is old."}] == [
        "Facts",
        "It is long.",
        "It is old.",
    ]


def test_what_stands_outside_the_story_comes_before_or_behind_it() -> None:
    markup = page(before="<div class=opening><p>The lede of it all.</p></div>")
    assert read(markup, "place", "div.opening") == ["The lede of it all.", *BEFORE, *BEHIND]
    assert read(page(), "same", "About us and our paper.") == [*BEFORE, *BEHIND, "About us and our paper."]


@pytest.mark.parametrize(
    "foot",
    [
        "<p><a href=/i>Imprint of the paper</a></p><p>About us.</p>",
        "".join(
            f"<p>A line of the long footer, number {n}, says who prints what.</p>"
            for n in "abcdefghijklmnopqrstuvwxyzäöüß"
        ),
        f"<p>{'Word by word the footer is as long as a story is. ' * 60}</p>",
    ],
)
def test_a_place_that_is_mostly_links_or_long_adds_nothing(foot: str) -> None:
    markup = page(behind=f"<footer class=comments>{foot}</footer>")
    assert read(markup, "place", "footer.comments") == [*BEFORE, *BEHIND]
    passages = dropped_passages([(markup, URL, "")])
    assert all(passage.place == "" for passage in passages if passage.text != CAISSON)


def test_where_the_story_itself_stands_is_no_place_to_tell_by() -> None:
    markup = page(BOX.replace("comments note-12", "text")).replace(b"<article>", b"<article><div class=text>")
    markup = markup.replace(b"</article>", b"<p>Subscribe to our newsletter</p></div></article>")
    [passage] = [one for one in dropped_passages([(markup, URL, "")]) if one.text.startswith("Subscribe")]
    assert passage.place == ""
    assert "Subscribe to our newsletter" not in read(markup, "place", "div.text")


def test_offered_is_what_the_page_shows_beside_the_story() -> None:
    hidden = "<p hidden>Not shown.</p><nav><p>Menu</p></nav><div style='display:none'><p>Nor this.</p></div>"
    passages = dropped_passages([(page(BOX + hidden + BOX), URL, "")])
    assert [passage.text for passage in passages] == [CAISSON, "About us and our paper.", "Imprint of the paper"]
    letters = sum(sum(sign.isalnum() for sign in said) for said in BEFORE)
    assert passages[0][1:] == (letters, "div.comments.note-0")
    assert passages[1].place == "footer.foot"


def test_a_story_of_several_pages_is_read_whole_by_a_rule() -> None:
    second = page(BOX.replace("first", "second")).replace(b"Paragraph", b"Section")
    pages = [(page(), URL, ""), (second, URL + "?page=2", "")]
    kept = [KeptPassages("place", "div.comments.note-0")]
    article = extract_story(pages, kept=kept)
    assert article.text.split("\n").index(CAISSON.replace("first", "second")) == 19
    assert [at for at, *_ in article.by_rule] == [6, 19]
    before = [passage.before for passage in dropped_passages(pages)]
    assert before == sorted(before)


@pytest.mark.parametrize("text", ["", "div > [", "*", "a" * 100_000, "\ud800", ".\x00"])
def test_a_rule_that_means_nothing_adds_nothing(text: str) -> None:
    for how in ("same", "begins", "place"):
        assert read(page(), how, text) == [*BEFORE, *BEHIND]  # type: ignore[arg-type]


def test_many_passages_and_rules_take_no_longer_for_being_many() -> None:
    def seconds(size: int) -> float:
        markup = page("".join(f"<div class=b{n % 7}><p>Same words again {n % 3}.</p></div>" for n in range(size)))
        rules = [KeptPassages("begins", f"Other words {n}") for n in range(size)]
        began = process_time()
        extract_page(markup, URL, kept=[*rules, KeptPassages("place", "div.b0")])
        dropped_passages([(markup, URL, "")], rules)
        return process_time() - began

    few, many = (min(seconds(size) for _ in range(3)) for size in (100, 800))
    assert many < 24 * few
