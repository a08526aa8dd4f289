"""Highlights are kept with their times, can be taken back, and between two libraries the newest act wins."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cache.db import reads
from cache.db.highlights import of_entry
from cache.highlight import Highlight, TextRange
from cache.rules.anchoring import placed
from cache.search import lists
from cache.search.query import parse
from cache.writes import highlights
from cache.writes.undo import UndoTrail, _stored
from cache.writes.undo_change import is_sound
from fetch.article import Article, Paragraph, Span

NOW = 1_800_000_000.0
TEXT = "The ferry left late.\nNobody on the quay minded much.\nThe board met at noon."
FIRST, SECOND = TextRange(TEXT, 0, 20), TextRange(TEXT, 21, 52)


@pytest.fixture
def story(store, keep):
    return keep("A story", TEXT)


def said(store, entry_id, **which):
    return [each.text for each in of_entry(store.connection, entry_id, **which)]


def test_a_passage_is_highlighted_and_the_same_act_takes_it_back(store, story):
    assert highlights.toggle(store.connection, story, SECOND, NOW)
    (made,) = of_entry(store.connection, story)
    assert (made.text, made.prefix, made.made) == ("Nobody on the quay minded much.", "The ferry left late.\n", NOW)
    part = TextRange(TEXT, 30, 34)
    assert highlights.toggle(store.connection, story, part, NOW + 1), "what it touches is withdrawn"
    assert said(store, story) == []
    (gone,) = of_entry(store.connection, story, withdrawn=True)
    assert gone.withdrawn == NOW + 1


def test_every_act_can_be_taken_back(store, story):
    trail = UndoTrail()
    acts = (
        lambda: highlights.make(store.connection, story, FIRST, NOW),
        lambda: highlights.annotate(store.connection, story, FIRST, "Ask.", NOW + 1),
        lambda: highlights.annotate(store.connection, story, SECOND, "New, with a note", NOW + 2),
        lambda: highlights.withdraw(store.connection, story, of_entry(store.connection, story), NOW + 3),
    )
    states = [[(each.text, each.note) for each in of_entry(store.connection, story)]]
    for act in acts:
        done = act()
        trail.remember(trail.store(store.connection, done), done)
        states.append([(each.text, each.note) for each in of_entry(store.connection, story)])
    assert states[-1] == []
    for before in reversed(states[:-1]):
        assert trail.undo(store.connection) == "The highlights are as before"
        assert sorted((each.text, each.note) for each in of_entry(store.connection, story)) == sorted(before)
    assert trail.undo(store.connection) == ""


def test_undo_is_there_at_the_next_start_and_takes_no_strange_rows(store, story):
    done = highlights.make(store.connection, story, FIRST, NOW)
    trail = UndoTrail()
    trail.store(store.connection, done)
    assert UndoTrail().undo(store.connection) == "The highlights are as before"
    assert said(store, story) == []
    for odd in ([1, 2, 3], ["a", "b"], ["a", "b", 7], "abc"):
        assert _stored("x", json.dumps([["highlight", story, odd, 0]])) is None
    assert _stored("x", json.dumps([["highlight", story, ["a", "b", "c"], 2]])) is None
    assert _stored("x", json.dumps([["highlight note", story, ["a", "b", "c"], "one"]])) is None


def test_a_note_without_a_word_highlights_nothing(store, story):
    assert highlights.annotate(store.connection, story, FIRST, "", NOW) is None
    assert said(store, story, withdrawn=True) == []


def test_a_note_that_was_written_since_stays(store, story):
    highlights.make(store.connection, story, FIRST, NOW)
    done = highlights.annotate(store.connection, story, FIRST, "mine", NOW + 1)
    trail = UndoTrail()
    trail.remember(trail.store(store.connection, done), done)
    highlights.annotate(store.connection, story, FIRST, "another program's", NOW + 2)
    assert "stays" in trail.undo(store.connection)
    assert of_entry(store.connection, story)[0].note == "another program's"


MADE = Highlight("The ferry left late.", "", "\nNobody on the quay minded much.", "mine", 100.0, None, 100.0)


@pytest.mark.parametrize(
    ("here", "coming", "stands"),
    [
        (MADE, replace(MADE, withdrawn=200.0), False),
        (replace(MADE, withdrawn=200.0), MADE, False),
        (replace(MADE, withdrawn=200.0), replace(MADE, made=300.0), True),
        (replace(MADE, withdrawn=100.0), MADE, True),
        (MADE, replace(MADE, withdrawn=50.0), True),
    ],
)
def test_of_two_acts_the_newest_wins_whichever_comes_first(store, keep, here, coming, stands):
    for number, order in enumerate(((here, coming), (coming, here))):
        entry_id = keep(f"Story {number}", TEXT)
        for each in (*order, *order):
            highlights.merge(store.connection, entry_id, each)
        assert (said(store, entry_id) == [MADE.text]) == stands
        times = {(each.made, each.withdrawn) for each in of_entry(store.connection, entry_id, withdrawn=True)}
        assert len(times) == 1


def test_of_two_notes_the_newest_stays(store, story):
    for note, at in (("second", 200.0), ("first", 100.0), ("third", 300.0)):
        highlights.merge(store.connection, story, replace(MADE, note=note, noted=at))
    assert of_entry(store.connection, story)[0].note == "third"


def test_it_is_found_by_a_search_and_no_more_once_it_is_withdrawn(store, story, keep):
    keep("Another", "Nothing in it.")
    highlights.make(store.connection, story, FIRST, NOW)
    for words in ("has:highlight", "has:highlights", "is:highlighted"):
        assert list(lists.listed(store.connection, parse(words).filters)) == [story]
    assert story not in lists.listed(store.connection, parse("-has:highlight").filters)
    highlights.toggle(store.connection, story, FIRST, NOW)
    assert list(lists.listed(store.connection, parse("has:highlight").filters)) == []
    assert "has:wings" in parse("has:wings").errors[0]


def test_what_turns_out_to_be_one_story_has_the_highlights_of_both(store, keep):
    from cache.writes.joining import join

    kept, doubled = keep("One", TEXT), keep("Two", TEXT)
    highlights.make(store.connection, kept, FIRST, NOW)
    highlights.make(store.connection, doubled, SECOND, NOW)
    join(store.connection, store.indexing, kept, doubled)
    assert sorted(said(store, kept)) == ["Nobody on the quay minded much.", "The ferry left late."]
    assert store.connection.value("SELECT count(*) FROM highlight") == 2


def test_they_go_with_their_article_and_none_is_made_for_one_that_is_gone(store, story):
    highlights.make(store.connection, story, FIRST, NOW)
    store.entries.delete([story])
    assert store.connection.value("SELECT count(*) FROM highlight") == 0
    assert highlights.make(store.connection, story, FIRST, NOW) is None
    assert not highlights.merge(store.connection, story, MADE)


def test_an_edit_of_the_text_changes_no_highlight(store, story):
    highlights.make(store.connection, story, SECOND, NOW)
    url = reads.entries(store.connection, [story])[0].url
    edited = Article(url, "A story", (Paragraph((Span("All is new."),)),))
    store.articles.store_article(story, edited, NOW + 10)
    assert said(store, story) == ["Nobody on the quay minded much."]


def test_of_the_same_words_in_the_same_surroundings_each_can_be_highlighted_and_taken_back(store, keep):
    line = "Departures are delayed until further notice."
    text = "\n".join([line] * 6)
    story, trail = keep("A board", text), UndoTrail()
    for number in (2, 3):
        start = number * (len(line) + 1)
        done = highlights.toggle(store.connection, story, TextRange(text, start, start + len(line)), NOW + number)
        trail.remember(trail.store(store.connection, done), done)

    def paragraphs():
        found = placed(text, of_entry(store.connection, story))
        return [each.place.paragraph for each in found]

    assert paragraphs() == [3, 4]
    assert trail.undo(store.connection) == "The highlights are as before"
    assert paragraphs() == [3]
    later = Highlight(line, *of_entry(store.connection, story)[0].quote[1:3], made=NOW, occurrence=3)
    assert highlights.merge(store.connection, story, later)
    assert paragraphs() == [3, 5]


@pytest.mark.parametrize("which", ["-1", "1" * 20, "²", "x", 1, None])
def test_an_undo_whose_place_is_none_is_left_alone(which):
    assert is_sound(["highlight", 1, ["a", "", "", "3"], 1])
    assert not is_sound(["highlight", 1, ["a", "", "", which], 1])
