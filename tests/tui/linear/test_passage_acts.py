"""What is done with the passage that was said last: highlighted, noted, cited; and what the screen has beside that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cache.highlight import TextRange
from cache.paths import places
from cache.site import MissingPassages, SiteRule
from cache.writes import highlights
from cache.writes.store import Store
from fetch.article import Article, Break, Cell, Code, Footnote, Points, Quote, Table, Update
from fetch.passages import DroppedPassage
from tests.tui.linear.keys_pressed import LinearReader, linear_reader
from tests.tui.newsroom import NOW, PILOTS, paragraph, shelve
from tui.bindings import BINDINGS
from tui.config.key_words import USUAL
from tui.linear import spoken

pytestmark = pytest.mark.anyio

TEXTS = PILOTS.text.split("\n")
LEFT_OUT = {
    "list.select": "M marks many by a letter, and W writes the list",
    "list.count_": "digits are counted without being keys of their own",
    "reader.find": "main.search finds in the article where one is open",
    "reader.": "an article is walked through with the keys of a list",
    "related.": "stories beside the article are choices, with the keys of a list",
    "passage.highlight": "main.passage does that at once with the passage that was said",
    "passage.words": "words are chosen by seeing them; --words of the command line takes them typed",
    "passage.word_": "as passage.words",
    "passage.first_word": "as passage.words",
    "passage.last_word": "as passage.words",
    "passage.more_": "as passage.words",
    "main.related_": "digits in an article are these",
    "main.pane_": "there are no panes",
    "main.right": "there are no panes",
    "main.list": "there are no panes",
    "main.rows": "each row is one line, as long as it needs",
    "main.wider": "there are no columns",
    "main.narrower": "there are no columns",
    "main.zoom": "there are no panes",
    "main.palette": "help says every key and what it does",
    "main.suspend": "ctrl+z is the terminal's own",
    "prompt.leave": "escape leaves a line that is typed, whatever keys are set",
    "prompt.again": "a search is typed anew",
}
"""Keys of the screen that the linear reader has not, by the beginnings of their ids, and why."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shelve(tmp_path)
    return tmp_path


async def opened(reader: LinearReader, url: str = PILOTS.url) -> None:
    reader.desk.enter(reader.desk.stories.section, reader.desk.library.entry(url).id)
    await reader.press("enter")


def kept(reader: LinearReader, url: str = PILOTS.url) -> list[tuple[str, str]]:
    return [(each.text, each.note) for each in reader.desk.library.highlights(url)]


async def test_it_has_every_key_of_the_screen_that_means_something_by_line(home: Path) -> None:
    async with linear_reader(home) as reader:
        has = set(reader.commands._commands)
    rooms = ("main.", "list.", "reader.", "related.", "passage.", "prompt.", "highlights.")
    of_screen = {each for each in USUAL if each.startswith(rooms)} | {each.id for each in BINDINGS}
    missing = of_screen - has
    untold = {each for each in missing if not each.startswith(tuple(LEFT_OUT))}
    assert untold == set()
    assert [each for each in LEFT_OUT if not any(key.startswith(each) for key in missing)] == []


async def test_the_passage_that_was_said_is_highlighted_and_the_same_key_takes_it_back(home: Path) -> None:
    async with linear_reader(home) as reader:
        await opened(reader)
        assert (await reader.press("p"))[-1] == "No passage was said yet; j says the first."
        await reader.press("j", "j")
        assert await reader.press("p") == ["Highlighted, and kept with the article."]
        assert kept(reader) == [(TEXTS[1], "")]
        assert (await reader.press("full_stop"))[-1] == f"{TEXTS[1]} Highlighted."
        assert await reader.press("p") == ["No longer highlighted. u brings it back."]
        assert kept(reader) == []
        await reader.press("u")
        assert kept(reader) == [(TEXTS[1], "")]


async def test_a_note_on_a_passage(home: Path) -> None:
    async with linear_reader(home) as reader:
        await opened(reader)
        await reader.press("j")
        assert await reader.press("semicolon", typed="\x1b") == ["The note was not changed."]
        assert await reader.press("semicolon", typed="Ask.\r") == ["Noted."]
        assert kept(reader) == [(TEXTS[0], "Ask.")]
        assert (await reader.press("full_stop"))[-1].endswith(" Highlighted. Note: Ask.")
        assert await reader.press("semicolon", typed=".\r") == ["The note: Ask.", "The note is gone."]
        assert kept(reader) == [(TEXTS[0], "")]


async def test_a_passage_is_cited_with_its_source(home: Path) -> None:
    async with linear_reader(home) as reader:
        await opened(reader)
        said = await reader.press("j", "c")
        assert f"> {TEXTS[0]}" in said
        assert any(PILOTS.url in each for each in said)


async def test_highlights_are_listed_gone_to_and_taken_away(home: Path) -> None:
    async with linear_reader(home) as reader:
        await opened(reader)
        nothing = "Nothing is highlighted here; p highlights the passage that was said last."
        assert await reader.press("w") == [nothing]
        await reader.press("j", "p", "j", "j", "p", "semicolon", typed="Why?\r")
        assert await reader.press("w") == ["Highlights, 2:", TEXTS[0]]
        assert await reader.press("j") == [f"{TEXTS[2]} Note: Why?"]
        assert (await reader.press("enter"))[-1] == f"Quote: {TEXTS[2]} Highlighted. Note: Why?"
        await reader.press("w", "ctrl+r")
        assert kept(reader) == [(TEXTS[2], "Why?")]
        assert "lists highlights" in (await reader.press("ctrl+r"))[-1]


async def test_words_of_a_passage_are_told_and_those_that_are_gone(home: Path) -> None:
    async with linear_reader(home) as reader:
        entry = reader.desk.library.entry(PILOTS.url)
        at = PILOTS.text.index("five times in one")
        with Store(places(home).library) as store:
            highlights.make(store.connection, entry.id, TextRange(PILOTS.text, at, at + 17), NOW.timestamp())
            highlights.make(store.connection, entry.id, TextRange("Only here.", 0, 10), NOW.timestamp())
        await opened(reader)
        said = await reader.press("space")
        assert [each for each in said if each.endswith("Highlighted: five times in one.")] != []
        assert (await reader.press("w", "j"))[-1] == "Only here. No longer in the text."
        assert (await reader.press("enter"))[-1] == "These words are no longer in the text."


async def test_what_is_no_text_of_the_article_is_not_highlighted(tmp_path: Path) -> None:
    shelve(tmp_path, [Article("https://c.example/b", "B", (Break(), paragraph("One.")), published=NOW)])
    async with linear_reader(tmp_path) as reader:
        await opened(reader, "https://c.example/b")
        await reader.press("j")
        for key in "pc":
            assert await reader.press(key) == ["This passage has no text of the article."]


async def test_words_are_found_in_the_article_and_behind_a_slash_in_the_library(home: Path) -> None:
    async with linear_reader(home) as reader:
        await opened(reader)
        first = next(text for text in TEXTS if "night" in text)
        assert first in (await reader.press("slash", typed="NIGHT\r"))[-1]
        at = reader.desk.level.at
        await reader.press("slash", typed="\r")
        assert reader.desk.level.at > at
        assert await reader.press("slash", typed="no such words\r") == ["“no such words” is not here."]
        assert await reader.press("slash", typed="\x1b") == ["Nothing was looked for."]
        await reader.press("g", "slash", typed="one  rule\r")
        await reader.press("slash", typed="/pilots\r")
        assert reader.desk.stories.section.query == "pilots"


async def test_a_list_has_no_passage(home: Path) -> None:
    async with linear_reader(home) as reader:
        for key in ("p", "semicolon", "c", "w", "C", "number_sign"):
            assert await reader.press(key) == ["No article is open."]


async def test_a_list_upon_an_article_is_not_said_to_be_all_that_is_open(home: Path) -> None:
    async with linear_reader(home) as reader:
        await reader.press("enter", "j", "X")
        for key in ("p", "c", "exclamation_mark"):
            said = await reader.press(key)
            assert said == ["This is for the article below this list; escape goes back to it."]
        await reader.press("escape")
        assert await reader.press("p") == ["Highlighted, and kept with the article."]


def test_every_passage_knows_what_of_the_text_it_says() -> None:
    body = (
        paragraph("One, and only."),
        Points(((paragraph("a"),), (paragraph("a"), paragraph("b")))),
        Quote((paragraph("Said."), paragraph("Again.")), "Somebody"),
        Table(((Cell(paragraph("Port").spans), Cell(paragraph("Calls").spans)),) * 2, "Calls"),
        Code("a = 1\n\n***\nb = 2", "python"),
        Update(NOW, "Later", (paragraph("More."),)),
        Footnote("1", (paragraph("Below."),)),
    )
    article = Article("https://c.example/a", "A", body)
    passages = spoken.passages(article)
    said = [article.text[slice(*each.text_range)] for each in passages]
    assert [text for text in said if text] == [text for text in article.text.split("\n") if text.strip("* ")]
    assert said[passages.index(next(each for each in passages if "Somebody" in each.said))] == ""


async def test_a_passage_is_no_part_of_the_stories_of_its_site_and_part_again(home: Path) -> None:
    async with linear_reader(home) as reader:
        await opened(reader)
        said = await reader.press("X")
        assert said[0].startswith("No part of the stories of courier.example, or part again, ")
        assert said[1] == TEXTS[0]
        assert "Left out from now on" in (await reader.press("enter"))[-1]
        assert TEXTS[0] not in reader.desk.library.article(PILOTS.url).text
        assert (await reader.press("g"))[-1] == TEXTS[1]
        await reader.press("u")
        assert TEXTS[0] in reader.desk.library.article(PILOTS.url).text


async def test_what_is_missing_is_taken_from_the_page(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped = (DroppedPassage("What was left out.", 40), DroppedPassage("Far below.", 9000, "notes"))
    async with linear_reader(home) as reader:
        await opened(reader)
        library, kept_rules = reader.desk.library, []
        entry = library.entry(PILOTS.url)

        async def missing(ref: object) -> MissingPassages:
            return MissingPassages(entry, (), False, (), dropped)

        async def keep(found: MissingPassages, rule: SiteRule) -> None:
            kept_rules.append(rule)

        monkeypatch.setattr(library, "missing_passages", missing)
        monkeypatch.setattr(library, "keep_passage", keep)
        said = await reader.press("exclamation_mark")
        assert said[-2:] == ["What the page holds beside this text, 3:", "What was left out."]
        assert (await reader.press("j", "enter"))[-1].startswith("Part of the story from now on.")
        assert kept_rules == [SiteRule("courier.example", "notes", "place", kept=True)]
        assert reader.desk.level.title == PILOTS.headline
        dropped = ()
        assert (await reader.press("exclamation_mark"))[-1].endswith("holds nothing beside this text.")


async def test_addresses_of_links_and_footnotes(tmp_path: Path) -> None:
    noted = Footnote("1", (paragraph("Below."),))
    article = Article("https://c.example/a", "A", (*PILOTS.body, noted), published=NOW)
    shelve(tmp_path, [article])
    async with linear_reader(tmp_path) as reader:
        await opened(reader, article.url)
        links = spoken.links(article)
        assert links
        assert (await reader.press("C", "enter"))[-1] == links[0][0]
        await reader.press("H")
        await reader.press("number_sign")
        assert (await reader.press("j", "enter"))[-1] == "Footnote 1: Below."
        assert reader.desk.level.title == "A"


async def test_how_a_source_is_kept_and_asked(home: Path) -> None:
    async with linear_reader(home) as reader:
        await opened(reader)
        library = reader.desk.library
        source_id = library.entry(PILOTS.url).source_id
        said = await reader.press("E")
        assert said[0].startswith("How ")
        rows = reader.desk.level.rows
        assert "Articles a refresh: as many as usual." in rows
        assert rows[-1] == "Headers and secrets are left to `broadsheet arrange`."
        values = {"Name": "The Courier", "Groups": "Sea/Harbours", "Keep for": "30", "Ask no": "6h"}
        for begins, typed in values.items():
            reader.desk.level.at = next(at for at, row in enumerate(rows) if row.startswith(begins))
            assert (await reader.press("enter", typed=f"{typed}\r"))[0] == "Kept; u takes it back."
        source = library.source(source_id)
        assert (source.title, source.groups, source.keep_days, source.every) == (
            "The Courier",
            ("Sea/Harbours",),
            30,
            21_600,
        )
        reader.desk.level.at = next(at for at, row in enumerate(rows) if row.startswith("Keep for"))
        assert (await reader.press("enter", typed="soon\r"))[-1] == "“soon” is not a number above zero."
        await reader.press("enter", typed=".\r")
        assert library.source(source_id).keep_days is None
        await reader.press("u")
        assert library.source(source_id).keep_days == 30


async def test_an_article_of_no_source_has_none_to_set_up(home: Path) -> None:
    single = replace(PILOTS, url="https://single.example/a")
    with Store(places(home).library) as store:
        entry_id = store.entries.entry_for(single.url, single.headline, now=NOW.timestamp())
        store.articles.store_article(entry_id, single, NOW.timestamp())
    async with linear_reader(home) as reader:
        await reader.commands._articles.open(entry_id)
        assert await reader.press("E") == ["This article is of no source of yours."]
