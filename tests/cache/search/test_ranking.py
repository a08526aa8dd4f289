"""Articles are found by the words people type, and no input is anything but words."""

import random
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from cache.db import reads
from cache.found import Counted
from cache.search.query import parse
from cache.search.ranking import Search


@pytest.fixture
def found(store):
    """The headlines a query finds, best first."""

    def headlines(typed, typing=False):
        ids = Search(store.connection, parse(typed, typing=typing)).best()
        return [entry.headline for entry in reads.entries(store.connection, ids)]

    return headlines


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Two ships sailed on Monday.", "ship"),
        ("A ship was sailing.", "ships sailed"),
        ("The ministries agreed.", "ministry"),
        ("He carries on.", "carry"),
        ("The café in São Tomé", "cafe sao tome"),
        ("The cafe in Sao Tome", "café são tomé"),
        ("København og Łódź, Straße", "kobenhavn lodz strasse"),
        ("Ναύπλιο λιμάνι", "ναυπλιο"),
        ("Киев и Ёлка", "киев елка"),
        ("東京都知事が横須賀を訪問した。", "東京都"),
        ("東京都知事が横須賀を訪問した。", "横須賀"),
        ("東京都知事が横須賀を訪問した。", "問"),
        ("東京都知事が横須賀を訪問した。", '"横須賀を訪問"'),
        ("中国海军舰队访问上海", "舰队"),
        ("미국은 한국과 훈련했다", "한국"),
        ("กองทัพเรือไทย", "ทัพเรือ"),
        ("नौसेना ने अभ्यास किया", "नौसेना"),
        ("القُوَّاتُ البَحْرِيَّة", "القوات"),
        ("ＡＢＣ ｶﾞｽ", "abc ガス"),
        ("O'Brien said U.S. forces", "o'brien u.s."),
        ("Curly O’Brien’s ship", "o'brien's"),
        ("The F-35B and the P-8A", "f-35b"),
        ("Wi‑Fi at 10:30", "wi-fi 10:30"),
        ("the pearl harbor base", '"pearl harbor"'),
        ("Reuters reports", "reuters"),
    ],
)
def test_found(keep, found, text, typed):
    keep("Story", text)
    keep("Another", "Nothing of the kind is told here, in any form.")
    assert found(typed) == ["Story"]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("The new plan", "news"),
        ("The university", "universal"),
        ("Marin County", "marine"),
        ("Organ music", "organization"),
        ("A general strike", "generate"),
        ("harbor of pearl", '"pearl harbor"'),
        ("The pearl. Then a harbor", '"pearl harbor"'),
        ("京都の東", "東京都"),
        ("A carrier drill", "carrier -drill"),
        ("A carrier war game", '-"war game" carrier'),
    ],
)
def test_not_found(keep, found, text, typed):
    keep("Story", text)
    assert found(typed) == []


def test_not_counts_only_for_the_whole_phrase(keep, found):
    keep("Story", "A game of war with a carrier")
    assert found('carrier -"war game"') == ["Story"]


def test_only_what_is_unwanted(keep, found):
    keep("Drill", "A drill.")
    keep("Harbour", "A harbour.")
    assert found("-drill") == ["Harbour"]


def test_words_may_stand_anywhere_in_an_article(keep, found):
    keep("Carrier leaves", "The harbour was quiet.", authors=("Kim Sato",), source="The Wire", keywords=("pacific",))
    assert found("carrier harbour kim wire pacific") == ["Carrier leaves"]


def test_fields(keep, found):
    keep("Carrier leaves", "Said Sato.", authors=("Kim Berg",))
    keep("Harbour opens", "Said Kim Berg of the carrier.", authors=("Ana Sato",))
    assert found("author:sato") == ["Harbour opens"]
    assert found("headline:carrier") == ["Carrier leaves"]
    assert found('author:"kim berg" carrier') == ["Carrier leaves"]
    assert found("-author:sato") == ["Carrier leaves"]


def test_either(keep, found):
    keep("A", "carrier")
    keep("B", "destroyer")
    keep("C", "frigate")
    assert sorted(found("carrier OR destroyer")) == ["A", "B"]


def test_a_headline_counts_more_than_a_text(keep, found):
    keep("Carrier leaves", "The harbour was quiet.")
    keep("Harbour quiet", "The carrier left.")
    assert found("carrier") == ["Carrier leaves", "Harbour quiet"]


def test_an_old_headline_is_not_lost_behind_many_new_texts(keep, found, monkeypatch):
    monkeypatch.setattr("cache.search.ranking.RANKED", 3)
    keep("Carrier leaves", "The harbour was quiet.")
    for number in range(8):
        keep(f"Story {number}", "The carrier left.")
    assert found("carrier")[0] == "Carrier leaves"
    assert sorted(found("carrier")) == sorted(["Carrier leaves", *(f"Story {number}" for number in range(8))])


def test_a_text_about_a_word_comes_before_one_that_names_it(keep, found):
    keep("About", "The carrier left. A carrier is large. The carrier crew waved.")
    keep("Passing", "One carrier. " + "Something else happened here today. " * 30)
    assert found("carrier") == ["About", "Passing"]


def test_of_equals_the_newer_comes_first(keep, found):
    keep("Old", "The carrier left.")
    keep("New", "The carrier left.")
    assert found("carrier") == ["New", "Old"]


def test_beginnings_while_typing(keep, found):
    keep("Carrier leaves", "A quiet harbour.")
    keep("Quiet day", "The carrier.")
    assert found("c", typing=True) == ["Carrier leaves"]
    assert found("carr", typing=True) == ["Carrier leaves", "Quiet day"]
    assert found("quiet harb", typing=True) == ["Carrier leaves"]
    assert sorted(found("quiet h", typing=True)) == ["Carrier leaves", "Quiet day"]
    assert found("day", typing=True) == ["Quiet day"]


def test_what_is_rewritten_is_no_longer_found(store, keep, write, found):
    entry_id = keep("Harbour", "Ten ships.")
    store.articles.store_article(entry_id, write("Harbour", "Twelve boats.", url="https://paper.example/harbour"), 0)
    assert found("ships") == []
    assert found("boats") == ["Harbour"]
    # FTS5 looks for words that lead nowhere, and for rows that were not taken out as they were put in.
    for name in ("text_index", "headline_index"):
        store.connection.run(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")


def test_a_long_batch_is_indexed_as_a_short_one(store, keep, write, found, monkeypatch):
    monkeypatch.setattr("cache.writes.indexing.MOST_WAITING", 3)
    with store.batch():
        ids = [keep(f"Story {number}", "Ten ships.") for number in range(8)]
        for entry_id in ids[:4]:
            store.articles.store_article(entry_id, write(f"Story {entry_id}", "Twelve boats.", url=""), 0)
        store.entries.delete(ids[6:])
    assert len(found("ships")) == 2
    assert len(found("boats")) == 4
    for name in ("text_index", "headline_index"):
        store.connection.run(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
        assert len(store.connection.rows(f"SELECT rowid FROM {name} WHERE {name} MATCH 'story'")) == 6


def test_more_than_the_ranked_follow_newest_first(keep, found, store, monkeypatch):
    monkeypatch.setattr("cache.search.ranking.RANKED", 3)
    for number in range(8):
        keep(f"Story {number}", "The carrier left.")
    assert found("carrier") == [f"Story {number}" for number in reversed(range(8))]
    finder = Search(store.connection, parse("carrier"))
    assert finder.count() == 8
    assert list(finder.best(4)) == list(finder.best())[:4]
    assert list(finder.best(3, 2)) == list(finder.best())[2:5]


def test_a_phrase_of_common_words_is_found_in_every_text(store, keep, found, monkeypatch):
    monkeypatch.setattr("cache.search.ranking.READ_IN_A_MOMENT", 4)
    for number in range(12):
        keep(f"Story {number}", "The harbour of Vardo." if number in (0, 11) else "Of Vardo, the harbour.")
    assert found('"harbour of vardo"') == ["Story 11", "Story 0"]
    finder = Search(store.connection, parse('"harbour of vardo"'))
    assert len(finder.best(10, hurried=True)) == 1
    assert finder.count() == 2
    assert finder.counted() == Counted(1, whole=False)
    assert Search(store.connection, parse("harbour of vardo")).counted() == Counted(12)


def test_a_search_that_nobody_waits_for_ends(store, keep):
    for number in range(12):
        keep(f"Story {number}", "The harbour.")
    asked = iter(range(100))
    assert len(Search(store.connection, parse("harbour"), stop=lambda: next(asked) >= 3).best()) == 3


def test_a_phrase_in_a_field_stands_there_word_by_word(keep, found):
    keep("The white house", "Painted.", authors=("Kim Berg",))
    keep("A house of white stone", "Near the white house.", authors=("Berg Kim", "Ana Sato"))
    assert found('headline:"white house"') == ["The white house"]
    assert found('author:"kim berg"') == ["The white house"]
    assert found('-author:"kim berg" house') == ["A house of white stone"]


def test_either_of_a_field_and_a_word(keep, found):
    keep("A", "carrier", authors=("Kim Berg",))
    keep("B", "frigate")
    keep("C", "nothing")
    assert sorted(found("author:kim OR frigate")) == ["A", "B"]
    assert found("-author:kim -frigate") == ["C"]


@pytest.mark.parametrize("typed", ["A東", '"A東"', "headline:A東"])
def test_a_lone_character_behind_a_word_is_a_beginning(keep, found, typed):
    keep("A東京", "text A東京")
    keep("B", "nothing")
    assert found(typed) == ["A東京"]


def test_a_beginning_with_a_star_is_looked_for_in_texts_however_short(keep, found):
    keep("Carrier leaves", "A quiet harbour.")
    keep("Quiet day", "The carrier.")
    assert found("ca*") == ["Carrier leaves", "Quiet day"]


def test_no_input_is_syntax(store, keep, found):
    """Whatever is typed, FTS5 sees only words: never an error, never a column, an operator or a prefix of its own."""
    keep("Harbour", "The harbour and the near ship or not. 東京都")
    pieces = [
        *"\"*^:(){}+-,.;\\/&|!<>=%$#@~`'",
        "\x00",
        " ",
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        "NEAR/2",
        "headline:",
        "text:",
    ]
    pieces += [
        "harbour",
        "ship",
        "東京",
        "京",
        "é",
        "\u0301",
        "\u200d",
        "\ud800",
        "\U0001f600",
        "ा",
        "rowid:",
        "is:",
        "-",
    ]
    chance = random.Random(7)
    for _ in range(1500):
        typed = "".join(chance.choices(pieces, k=chance.randint(1, 8)))
        for typing in (False, True):
            try:
                found(typed, typing)
            except sqlite3.Error as error:  # pragma: no cover - it is what must not happen
                pytest.fail(f"{typed!r} reached the index as syntax: {error}")


def test_a_language_or_section_is_found_however_rare(keep, found, monkeypatch):
    monkeypatch.setattr("cache.search.lists._FEW", 3)
    for number in range(4):
        keep(f"Story {number}", language="en-GB", section="World News")
    keep("Bericht", language="de", section="Kultur")
    keep("Brief", language="DE-at", section="50% off")
    assert sorted(found("lang:DE")) == ["Bericht", "Brief"]
    assert found("lang:de-at") == ["Brief"]
    assert len(found("lang:en")) == 4
    assert len(found("-lang:en")) == 2
    assert found("lang:e") == found("lang:fr") == found("section:sport") == []
    assert found("section:kult") == ["Bericht"]
    assert found('section:"0% o"') == ["Brief"]
    assert len(found("section:world")) == 4


def test_what_is_not_whole_is_found_by_its_reason(store, keep, write, found):
    keep("Whole")
    for number, reason in enumerate(("paywall", "not found")):
        store.articles.store_failure(
            store.entries.entry_for(f"https://paper.example/{number}", reason.title(), now=1), reason, 2
        )
    assert found("reason:paywall") == ["Paywall"]
    assert found('reason:"not f"') == ["Not Found"]
    assert found("reason:%") == []


@pytest.mark.parametrize(
    "typed", ["harb", "harbour", "h", "the harb", "-quay harbour", "is:unread harb", "author:kim harb"]
)
def test_a_hurried_answer_has_the_first_of_a_longer_one(store, keep, typed):
    chance = random.Random(7)
    for at in range(60):
        headline = chance.choice(["Harbour", "The harbour", "Harbinger of the news", "Quay", "The bakers"])
        words = chance.choice(["the harbour", "a harbinger", "the quay", "bread and the harbours"])
        moment = datetime(2026, 3, 1, 12, tzinfo=UTC) - timedelta(hours=chance.randrange(3000))
        keep(f"{headline} {at}", f"It is about {words} of the town.", authors=("Kim Ro",), published=moment)
    search = Search(store.connection, parse(typed, typing=True))
    whole = list(search.best(400, hurried=True))
    assert len(whole) > 10
    for limit, offset in ((1, 0), (5, 0), (5, 3), (12, 0), (30, 2)):
        assert list(search.best(limit, offset, hurried=True)) == whole[offset : offset + limit]


def test_texts_are_not_looked_at_where_headlines_fill_a_hurried_answer(store, keep):
    for at in range(8):
        keep(f"Harbour {at}", "The harbour is closed.")
    asked = []
    store.connection.sql.set_trace_callback(asked.append)
    search = Search(store.connection, parse("harb", typing=True))
    assert len(search.best(5, hurried=True)) == 5
    assert not any("text_index MATCH" in each for each in asked)
    assert len(search.best(9, hurried=True)) == 8
    assert any("text_index MATCH" in each for each in asked)
