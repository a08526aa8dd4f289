"""What the reader does with an article, or with the whole list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cache.errors import DiskFull
from tests.tui.newsroom import PILOTS, shelve
from tests.tui.screen.conftest import Harness, ListStandIn
from tui import sections
from tui.screen.listing import SectionList
from tui.screen.marking import Marking

pytestmark = pytest.mark.anyio


@pytest.fixture
def drawn() -> list[str]:
    """Notes when the open article was drawn again."""
    return []


@pytest.fixture
def listing(harness: Harness, article_list: ListStandIn) -> SectionList:
    return SectionList(harness.context, article_list, harness.watch, harness.writing, lambda: None)


@pytest.fixture
def marking(harness: Harness, article_list: ListStandIn, listing: SectionList, drawn: list[str]) -> Marking:
    return Marking(harness.context, article_list, listing, harness.writing, lambda: drawn.append("again"))


async def test_read_and_saved_go_on_and_off(harness: Harness, marking: Marking) -> None:
    entry_id = harness.library.ids()[0]
    for expected in (True, False):
        marking.toggle_read(entry_id)
        marking.toggle_saved(entry_id)
        await harness.done()
        entry = harness.library.entry(entry_id)
        assert (entry.read, entry.saved) == (expected, expected)
    assert [said.split()[0] for said in harness.said] == ["Saved.", "Put"]


async def test_an_article_that_is_gone_is_left_alone_and_that_is_said(harness: Harness, marking: Marking) -> None:
    acts = (marking.toggle_read, marking.toggle_saved, marking.throw_away, marking.ask_tags, marking.ask_note)
    for act in acts:
        act(424242)
    assert (harness.tasks, harness.asked) == ([], [])
    assert harness.said == ["This article is on no list any more; nothing was changed."] * len(acts)
    for act in acts:
        act(0)
    assert len(harness.said) == len(acts), "an empty list has nothing to act on"


async def test_tags_are_asked_for_with_those_there_are(harness: Harness, marking: Marking, drawn: list[str]) -> None:
    entry_id = harness.library.ids()[0]
    marking.ask_tags(entry_id)
    harness.question.answered("#night, harbour")
    await harness.done()
    assert set(harness.library.entry(entry_id).tags) == {"night", "harbour"}
    assert drawn == ["again"]
    marking.ask_tags(entry_id)
    assert set(harness.asked[-1][1].split()) == {"night", "harbour"}
    harness.question.answered("")
    await harness.done()
    assert harness.library.entry(entry_id).tags == ()
    assert harness.said == ["Tagged.", "The tags are gone."]


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("navy,budget", ("budget", "navy")),
        ("#Navy, budget ,", ("budget", "navy")),
        (",,,", ()),
        ("n#1,x", ("n#1", "x")),
    ],
)
async def test_tags_may_have_commas_between_them(
    harness: Harness, marking: Marking, typed: str, tags: tuple[str, ...]
) -> None:
    first = harness.library.ids()[0]
    marking.ask_tags(first)
    harness.question.answered(typed)
    await harness.done()
    assert harness.library.entry(first).tags == tags


async def test_a_tag_that_has_a_comma_is_left_alone_and_taken_away_by_those_who_mean_it(
    harness: Harness, marking: Marking
) -> None:
    first = harness.library.ids()[0]
    await harness.library.tag(first, {"a,b"}, ())
    marking.ask_tags(first)
    harness.question.answered("a,b more")
    await harness.done()
    assert harness.library.entry(first).tags == ("a,b", "more")
    marking.ask_tags(first)
    harness.question.answered("more")
    await harness.done()
    assert harness.library.entry(first).tags == ("more",)


async def test_a_line_in_which_nothing_was_typed_changes_no_note_and_no_tag(harness: Harness, marking: Marking) -> None:
    entry_id, note = harness.library.ids()[0], "Ask Ines:\n- the *pier*\n\n  who paid? "
    odd = "INSERT INTO tag (entry_id, name, at) VALUES (?, 'Two\nLines', 1), (?, '#odd', 1)"
    await harness.library.write(lambda store: store.connection.run(odd, (entry_id, entry_id)))
    await harness.library.note(entry_id, note)
    tags = set(harness.library.entry(entry_id).tags)
    for ask in (marking.ask_note, marking.ask_tags):
        ask(entry_id)
        harness.question.answered(harness.asked[-1][1].strip())
        await harness.done()
    assert (harness.library.note_of(entry_id), set(harness.library.entry(entry_id).tags)) == (note, tags)
    assert harness.said == ["The note was not changed.", "No tag was changed."]


async def test_a_note_is_asked_for_with_the_one_there_is(harness: Harness, marking: Marking) -> None:
    entry_id = harness.library.ids()[0]
    marking.ask_note(entry_id)
    harness.question.answered("ask Ines")
    await harness.done()
    marking.ask_note(entry_id)
    assert harness.asked[-1][1] == "ask Ines"


async def test_what_is_thrown_away_comes_back_with_undo(
    harness: Harness, article_list: ListStandIn, marking: Marking
) -> None:
    entry_id = article_list.ids[1]
    marking.throw_away(entry_id)
    assert entry_id not in article_list.ids, "the row goes at once"
    await harness.done()
    assert entry_id not in harness.library.ids()
    marking.undo()
    await harness.done()
    assert entry_id in article_list.ids


async def test_a_tag_that_came_from_elsewhere_while_one_typed_stays(harness: Harness, marking: Marking) -> None:
    entry_id = harness.library.ids()[0]
    await harness.library.tag(entry_id, ["harbour"])
    marking.ask_tags(entry_id)
    await harness.library.tag(entry_id, ["elsewhere"])
    harness.question.answered("night")
    await harness.done()
    assert harness.library.entry(entry_id).tags == ("elsewhere", "night")


async def test_a_row_thrown_away_comes_back_where_that_failed(
    harness: Harness, article_list: ListStandIn, marking: Marking, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(ids: object) -> None:
        raise DiskFull("The disk is full.")

    monkeypatch.setattr(harness.library, "throw_away", fail)
    entry_id = article_list.ids[1]
    marking.throw_away(entry_id)
    await harness.done()
    assert entry_id in article_list.ids
    assert harness.said == ["The disk is full."]


async def test_only_what_had_come_in_when_listed_is_marked(
    harness: Harness, listing: SectionList, marking: Marking, home: Path
) -> None:
    listing.enter(sections.ALL)
    await harness.done()
    late = replace(PILOTS, url="https://courier.example/late", headline="Came in unseen")
    shelve(home, [late])
    marking.mark_all_read()
    await harness.done()
    assert [entry.headline for entry in harness.library.entries(harness.library.ids("is:unread"))] == [late.headline]
    assert harness.said[-1] == "Marked 15 stories read. u takes it back."


async def test_reports_folded_behind_a_row_are_marked_with_it(
    harness: Harness, listing: SectionList, marking: Marking
) -> None:
    first, second = harness.library.ids()[:2]
    await harness.library.write(
        lambda store: store.connection.sql.executemany(
            "INSERT OR REPLACE INTO reports (entry_id, story) VALUES (?, 1)", [(first,), (second,)]
        )
    )
    listing.enter(sections.ALL)
    await harness.done()
    assert len(harness.library.fold(harness.library.ids())) == len(harness.library.ids()) - 1
    marking.mark_all_read()
    await harness.done()
    assert harness.library.count("is:unread") == 0


async def test_undo_says_when_there_is_nothing(harness: Harness, marking: Marking) -> None:
    marking.undo()
    await harness.done()
    assert harness.said == ["There is nothing to take back."]


async def test_the_whole_list_is_marked_once(harness: Harness, marking: Marking) -> None:
    marking.mark_all_read()
    await harness.done()
    assert harness.library.count("is:unread") == 0
    marking.mark_all_read()
    await harness.done()
    assert harness.said[-1] == "Everything here is read."


async def test_only_the_reading_list_has_an_order(
    harness: Harness, article_list: ListStandIn, listing: SectionList, marking: Marking
) -> None:
    marking.reorder(1)
    assert "section Saved" in harness.said[-1]
    await harness.library.save(article_list.ids[:3])
    listing.enter(sections.SAVED)
    first, second, third = article_list.ids
    article_list.index = 0
    marking.reorder(1)
    await harness.done()
    assert list(harness.library.reading_list()) == [second, first, third]
