"""The related-stories index on a real library file."""

import random
from datetime import UTC, date, datetime

import pytest

from cache.entry import Entry
from cache.related import index, matches, sidebar, stories, upkeep
from cache.related.matches import Match, OpenStory
from cache.related.vector import term_weights
from fetch.article import Teaser
from tests.relating import assign_stories, neighbours_of

FLEET = "Orlan shipyard launches frigate Vestra"
FLEET_TEXT = "The Orlan yard in Port Maren launched the frigate Vestra with 84 sailors, said Admiral Dunja Kest."
OTHER = "Tulip prices fall in Brenholm market"
OTHER_TEXT = "Growers in Brenholm sold tulips for a third of last spring's price, the flower market said."


def settle(connection):
    while assign_stories(connection):
        pass


def dump(connection):
    return {
        table: list(connection.execute(f"SELECT * FROM {table} {where} ORDER BY 1"))
        for table, where in (
            ("related_vectors", ""),
            ("related_words", "WHERE word >= 0"),
            ("related_postings", ""),
            ("related_fresh", ""),
            ("related_links", ""),
            ("reports", ""),
        )
    }


def find(connection, entry_id, headline=FLEET, text=FLEET_TEXT):
    return matches.find(connection, entry_id, OpenStory(headline, text))


def test_the_same_event_comes_with_the_reason(connection, land, pour):
    pour(connection)
    land(connection, 1, source_id=11)
    land(connection, 2, headline="Frigate Vestra leaves Orlan slipway", source_id=12)
    land(connection, 3, headline=OTHER, text=OTHER_TEXT, source_id=13)
    settle(connection)
    [match] = find(connection, 1)
    assert (match.entry_id, match.group) == (2, "story")
    assert "Dunja Kest" in match.why


def test_nothing_good_is_an_empty_list(connection, land, pour):
    pour(connection)
    land(connection, 1)
    settle(connection)
    assert find(connection, 1) == []


def test_what_landed_a_moment_ago_is_found_before_it_is_filed(connection, land, pour):
    pour(connection)
    settle(connection)
    land(connection, 1, source_id=11)
    land(connection, 2, source_id=12)
    assert connection.execute("SELECT count(*) FROM related_fresh").fetchone() == (2,)
    assert [match.entry_id for match in find(connection, 1)] == [2]


def test_earlier_and_later_are_told_apart(connection, land, pour):
    pour(connection)
    land(connection, 1, day=date(2031, 3, 20), source_id=11)
    for number, day in ((2, date(2031, 3, 1)), (3, date(2031, 4, 12))):
        other = f"Parliament in Brenholm pays for a frigate, part {number}"
        land(
            connection,
            number,
            headline=other,
            day=day,
            source_id=12,
            text="Vestra will cost 4 million, said Dunja Kest.",
        )
    settle(connection)
    assert {(match.entry_id, match.group) for match in find(connection, 1)} == {(2, "earlier"), (3, "later")}


@pytest.mark.parametrize(
    ("known", "group"),
    [
        ("2031-03-20T18:00:00+00:00", "later"),
        ("2031-03-20T09:00:00+00:00", "earlier"),
        ("2031-03-21T01:00:00+14:00", "earlier"),
        ("2031-03-20", "earlier"),
    ],
)
def test_of_one_day_the_time_tells_what_came_later(connection, land, pour, known, group):
    pour(connection)
    settle(connection)  # those that follow have no story yet
    moment = datetime.fromisoformat(known)
    land(connection, 1, day=date(2031, 3, 20), source_id=11)
    other = {"headline": "Parliament in Brenholm pays for a frigate", "source_id": 12}
    land(connection, 2, day=moment.date(), text="Vestra will cost 4 million, said Dunja Kest.", **other)
    connection.execute(
        "INSERT INTO entry (id, url, source_id, headline, at, seen, published) VALUES (2, 'u', 12, 'h', 0, 0, ?)",
        (known,),
    )
    noon = datetime(2031, 3, 20, 12, tzinfo=UTC)
    story = OpenStory(FLEET, FLEET_TEXT, published=noon)
    assert [match.group for match in matches.find(connection, 1, story)] == [group]


def test_beside_a_story_without_a_date_nothing_is_later(connection, land, pour):
    pour(connection)
    land(connection, 1, day=None, source_id=11)
    land(connection, 2, headline="Vestra frigate in trials", source_id=11)
    settle(connection)
    assert "later" not in {match.group for match in find(connection, 1)}


def test_a_date_that_cannot_be_is_no_date(connection, land, pour):
    pour(connection)
    land(connection, 1, day=date(9999, 12, 31), source_id=11)
    land(connection, 2, day=date(1, 1, 1), source_id=12)
    settle(connection)
    assert [match.entry_id for match in find(connection, 1)] == [2]


def test_copies_are_folded_under_one_row(connection, land, pour):
    pour(connection)
    for number in (1, 2, 3):
        land(connection, number, source_id=10 + number)
    settle(connection)
    [match] = find(connection, 1)
    assert {match.entry_id, *match.also} == {2, 3}


def test_all_reports_of_a_story_stand_beside_it(connection, land, pour):
    pour(connection)
    for number in range(1, 31):
        land(connection, number, source_id=10 + number, text=f"{FLEET_TEXT} Seen from pier {number * 3} by no{number}.")
    settle(connection)
    told = stories.same_story(connection, 1)
    shown = [number for match in find(connection, 1) for number in (match.entry_id, *match.also)]
    assert len(told) > 20
    assert told <= set(shown)


def test_removed_entries_leave_no_trace(connection, land, pour):
    pour(connection)
    settle(connection)
    before = dump(connection)
    land(connection, 1, links=["https://example.test/2"])
    settle(connection)
    upkeep.remove(connection, [1])
    assert {**dump(connection), "reports": before["reports"]} == before
    assert neighbours_of(connection, 1) == []


def test_two_connections_see_each_other_s_articles(connection, land, pour, another):
    pour(connection)
    settle(connection)
    with another() as second:
        land(connection, 1, source_id=11)
        land(second, 2, source_id=12)
        settle(second)
        assert [match.entry_id for match in find(connection, 1)] == [2]
        upkeep.remove(second, [2])
        assert find(connection, 1) == []


def test_what_left_and_came_back_is_answered_as_before(connection, land):
    told = dict(sample(80))
    for number, (headline, text) in told.items():
        land(connection, number, headline=headline, text=text)
    settle(connection)
    before = {number: neighbours_of(connection, number)[0].entry_id for number in told}
    upkeep.remove(connection, told)
    assert not any(rows for table, rows in dump(connection).items() if table != "related_words")
    for number, (headline, text) in told.items():
        land(connection, number, headline=headline, text=text)
    settle(connection)
    assert {number: neighbours_of(connection, number)[0].entry_id for number in told} == before


def test_a_story_that_is_not_in_the_library_finds_its_own(connection, land, pour):
    pour(connection)
    land(connection, 1, source_id=11)
    settle(connection)
    [match] = matches.find_text(connection, OpenStory(FLEET, FLEET_TEXT, published=date(2031, 3, 3)))
    assert (match.entry_id, match.group) == (1, "story")


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("防衛大臣がスピーチ", "中谷元防衛大臣はホノルルで地域の安全保障について話した。"),
        ("Министр обороны", "Министр обороны Ольга Вельт прибыла в Порт-Марен во вторник."),
        ("وزير الدفاع", "وصل وزير الدفاع إلى ميناء مارن لحضور تدشين الفرقاطة"),
        ("국방장관 연설", "국방장관은 항구에서 호위함 진수식에 참석했다"),
    ],
)
def test_every_script(connection, land, pour, headline, text):
    pour(connection)
    land(connection, 1, headline=headline, text=text, source_id=11)
    land(connection, 2, headline=headline, text=text + " " + OTHER_TEXT[:40], source_id=12)
    settle(connection)
    [match] = find(connection, 1, headline, text)
    assert match.entry_id == 2
    assert match.why
    assert all(part in headline + text for part in match.why.split(", "))


def test_the_page_s_own_stories_stand_first_and_once():
    teasers = (Teaser("https://example.test/7", "Named"), Teaser("https://example.test/8", "Elsewhere", "A summary"))
    entries = {7: Entry(7, "https://example.test/7", "Named"), 9: Entry(9, "https://example.test/9", "Found")}
    matches = [Match(7, "story", "Kest"), Match(9, "later", "Vestra")]
    rows = sidebar.rows(teasers, matches, entries, {"https://example.test/7": 7})
    assert [(row.group, row.entry_id, row.why) for row in rows] == [
        ("page", 7, "linked by the page"),
        ("page", 0, "linked by the page"),
        ("later", 9, "Vestra"),
    ]
    assert rows[1].summary == "A summary"


def test_weights_and_words_survive_packing(connection, land):
    land(connection, 1)
    kept = index.vector(connection, 1)
    assert kept is not None
    assert dict(kept.weights) == term_weights(FLEET, FLEET_TEXT)


def test_what_links_to_a_story_stands_beside_it_and_says_so(connection, land, pour):
    pour(connection)
    land(connection, 1, source_id=11)
    land(connection, 2, headline=OTHER, text=OTHER_TEXT, links=["http://www.example.test/1?utm_source=mail"])
    settle(connection)
    [match] = matches.find(connection, 1, OpenStory(FLEET, FLEET_TEXT, "https://example.test/1"))
    assert (match.entry_id, match.why) == (2, "links here")


def test_what_a_story_links_to_stands_first(connection, land, pour):
    pour(connection)
    land(connection, 1, source_id=11)
    land(connection, 2, source_id=12)
    land(connection, 3, headline=OTHER, text=OTHER_TEXT, source_id=13)
    settle(connection)
    found = matches.find(connection, 1, OpenStory(FLEET, FLEET_TEXT, links=frozenset({3})))
    assert [(match.entry_id, match.group) for match in found] == [(3, "page"), (2, "story")]
    assert found[0].why == "linked by the page"


def test_a_name_late_in_a_long_story_is_as_common_as_it_is(connection, land, pour):
    pour(connection)
    for number in range(1, 40):
        land(connection, number, headline=f"Report {number}", text=f"Then came Velm Tarn with things{number}.")
    filling = " ".join(f"word{number}x" for number in range(220))
    long = f"{FLEET_TEXT} {filling} Then came Velm Tarn."
    land(connection, 50, text=long, source_id=11)
    land(connection, 51, text=f"{FLEET_TEXT} Then came Velm Tarn.", source_id=12)
    settle(connection)
    why = next(match.why for match in find(connection, 50, FLEET, long) if match.entry_id == 51)
    assert "Dunja Kest" in why
    assert not why.startswith("Velm Tarn")


def test_a_page_that_everything_links_to_is_no_evidence(connection, land, pour):
    pour(connection)
    land(connection, 1)
    for number in range(2, 30):
        land(connection, number, headline=OTHER, text=OTHER_TEXT, links=["https://example.test/1"])
    assert matches.find(connection, 1, OpenStory(FLEET, FLEET_TEXT, "https://example.test/1")) == []


def sample(count):
    """Invented stories that share some words with some others."""
    rnd = random.Random(5)
    words = [f"{a}{b}en" for a in ("bar", "kel", "mor", "tis", "vond") for b in ("da", "gri", "lo", "mu", "sta")]
    for number in range(1, count + 1):
        told = rnd.sample(words, 9)
        yield number, (" ".join(told[:3]), " ".join(told * 2))
