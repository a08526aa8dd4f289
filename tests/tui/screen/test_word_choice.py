"""Words within a passage are chosen by key, seen without colour, and are what is then copied, cited, marked, noted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cache.paths import places
from cache.writes.store import Store
from fetch.article import Article, Block, Code, Points
from tests.tui.conftest import Opening, settled
from tests.tui.newsroom import NOW, PILOTS, paragraph, shelve
from tests.tui.pilot import main_screen, press, screen
from tests.tui.screen.test_highlights import TEXTS, kept

pytestmark = pytest.mark.anyio


def chosen(pilot: Pilot[None]) -> str:
    """What of the article is set as chosen words."""
    return marked(pilot, "words")


def marked(pilot: Pilot[None], role: str) -> str:
    """What of the article is set in a role."""
    reader = main_screen(pilot).reader
    lines = (reader.view.dressed(at, line, 70) for at, line in enumerate(reader.page))
    return " ".join(text for line in lines if (text := "".join(run.text for run in line.runs if run.role == role)))


async def opened_with(pilot: Pilot[None], home: Path, *body: Block) -> None:
    """Open an article with this text."""
    article = Article("https://courier.example/words", "Words of it", tuple(body), published=NOW)
    shelve(home, [article])
    main_screen(pilot).articles.open(article.url)
    await settled(pilot)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 10)])
async def test_words_are_chosen_from_one_to_another_and_acts_are_on_exactly_these(
    opened: Opening, size: tuple[int, int]
) -> None:
    words = TEXTS[1].split()
    async with opened(*size, theme="terminal") as pilot:
        await press(pilot, "enter", "p", "j", "v")
        assert chosen(pilot) == words[0]
        await press(pilot, "l", "right", "h", "v", "l", "l", "l", "left")
        said = " ".join(words[1:4])
        assert chosen(pilot) == said == main_screen(pilot).reader.passage.text
        style = main_screen(pilot).reader.role_styles.style("words")
        assert style.reverse
        assert style.underline
        await press(pilot, "y")
        assert pilot.app.clipboard == said
        await press(pilot, "c")
        assert f"> {said}\n" in pilot.app.clipboard
        await press(pilot, "enter")
        assert kept(pilot) == [(said, "")]
        await press(pilot, "e", *"Why?", "enter")
        assert kept(pilot) == [(said, "Why?")]
        await press(pilot, "escape")
        assert main_screen(pilot).reader.passage.text == TEXTS[1]
        assert marked(pilot, "highlight") == said
        await press(pilot, "escape")
        assert not main_screen(pilot).reader.choosing


async def test_shift_and_an_arrow_choose_a_word_more_and_v_three_times_is_the_whole(opened: Opening) -> None:
    words = TEXTS[1].split()
    async with opened() as pilot:
        await press(pilot, "enter", "p", "j", "shift+right")
        assert chosen(pilot) == words[0]
        await press(pilot, "shift+right", "shift+right", "shift+left")
        assert chosen(pilot) == " ".join(words[:2])
        await press(pilot, "escape", "v", "v", "v")
        assert chosen(pilot) == ""
        assert main_screen(pilot).reader.choosing
        assert main_screen(pilot).reader.passage.text == TEXTS[1]
        await press(pilot, "v", "p")
        assert not main_screen(pilot).reader.choosing
        assert chosen(pilot) == ""


async def test_from_the_last_word_to_the_first_and_line_by_line(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "p", "j", "v", "h")
        assert "The passage begins here." in screen(pilot)
        await press(pilot, "G", "v", "g")
        assert chosen(pilot).split() == TEXTS[1].rstrip(".").split()
        await press(pilot, "escape", "v", "v", "j")
        reader = main_screen(pilot).reader
        lines = [reader.page[at].text.strip() for at in reader.passage.lines]
        assert chosen(pilot).startswith(f"{lines[0]} {lines[1].split()[0]}")
        assert len(chosen(pilot)) < len(f"{lines[0]} {lines[1]}")
        await press(pilot, "k")
        assert chosen(pilot) == lines[0].split()[0]
        await press(pilot, "k")
        assert "The passage begins here." in screen(pilot)


async def test_keys_of_words_mean_what_they_mean_elsewhere_until_words_are_chosen(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "p", "h")
        assert pilot.app.focused is main_screen(pilot).article_list
        await press(pilot, "l", "v")
        assert chosen(pilot) != ""
        await press(pilot, "escape", "escape", "v")
        assert chosen(pilot) == ""
        assert main_screen(pilot).listing.section.title != "All", "the key is the one of views again"


async def test_the_words_stay_chosen_at_another_width_and_in_view(opened: Opening) -> None:
    async with opened(120, 12) as pilot:
        await press(pilot, "enter", "p", "j", "v", "l", "v", "l", "l")
        said = chosen(pilot)
        await pilot.resize_terminal(44, 12)
        await settled(pilot)
        assert " ".join(chosen(pilot).split()) == said
        await press(pilot, "G")
        assert TEXTS[1].split()[-1] in screen(pilot)


@pytest.mark.parametrize(
    ("body", "keys", "said"),
    [
        ((paragraph("海峡の渡し船は遅れて出た。"),), ("l", "l", "v", "l", "l"), "の渡し"),
        ((paragraph("أعلن الميناء أن الجسر سيغلق غدا"),), ("h", "v", "h"), "الميناء أن"),
        ((Code("total += 1\nprint(total)", "python"),), ("l", "v", "l", "l"), "+= 1\nprint"),
        ((Points(((paragraph("One of them"),), (paragraph("two of them"),))),), ("l", "v", "l"), "of them"),
    ],
)
async def test_words_of_any_writing_and_kind(
    home: Path, opened: Opening, body: tuple[Block, ...], keys: tuple[str, ...], said: str
) -> None:
    async with opened() as pilot:
        await opened_with(pilot, home, *body)
        await press(pilot, "p", "v", *keys)
        assert main_screen(pilot).reader.passage.text == said
        assert "".join(chosen(pilot).split()) == "".join(said.split())
        await press(pilot, "enter")
        assert [text for text, _ in kept(pilot)] == [said]


async def test_words_of_a_table_and_of_a_link_are_marked_by_themselves(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "p")
        passage = main_screen(pilot).reader.passage
        while not passage.text.startswith("Port"):
            await press(pilot, "j")
        await press(pilot, "v", "G", "h", "v", "l")
        assert "".join(chosen(pilot).split()) == "".join(passage.text.split())
        await press(pilot, "enter", "escape")
        assert "".join(marked(pilot, "highlight").split()) == "".join(kept(pilot)[0][0].split())
        await press(pilot, "escape", "g", "p")
        while not passage.hrefs:
            await press(pilot, "j")
        await press(pilot, "v", "v", "G")
        assert chosen(pilot).replace(" ", "") in "".join(passage.text.split())


async def test_of_the_same_words_twice_those_that_were_chosen_are_found_again(home: Path, opened: Opening) -> None:
    text = "The ferry left, and the ferry came, and the ferry left again."
    async with opened() as pilot:
        await opened_with(pilot, home, paragraph(text))
        await press(pilot, "p", "v", *"lllllllll", "v", "l", "enter")
        assert kept(pilot) == [("ferry left", "")]
        (made,) = main_screen(pilot).articles.highlights
        assert made.place is not None
        assert made.place.start == text.rindex("ferry left")
        entry = main_screen(pilot).articles.entry
        with Store(places(home).library) as store:
            edited = replace(PILOTS, url=entry.url, body=(paragraph("New here."), paragraph("Yes: " + text)))
            store.articles.store_article(entry.id, edited, NOW.timestamp())
        (there,) = main_screen(pilot).library.highlights(entry.id)
        assert there.place is not None
        assert there.place.start == edited.text.rindex("ferry left")


async def test_a_passage_without_a_word_says_so(home: Path, opened: Opening) -> None:
    async with opened() as pilot:
        await opened_with(pilot, home, paragraph("– “…” –"), paragraph("More."))
        await press(pilot, "p", "v")
        assert "There is no word in this passage." in screen(pilot)
        await press(pilot, "shift+right")
        assert chosen(pilot) == ""


async def test_copied_words_are_not_called_the_passage(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "p", "j", "v", "y")
        assert "These words are on the clipboard." in screen(pilot)
        await press(pilot, "c")
        assert "These words are on the clipboard, with the source." in screen(pilot)
        await press(pilot, "escape", "c")
        assert "The passage is on the clipboard, with the source." in screen(pilot)
