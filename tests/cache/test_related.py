"""The related-stories index on a real library file."""

import sqlite3
from datetime import date

import pytest

from cache import related, stories

FLEET = "Orlan shipyard launches frigate Vestra"
FLEET_TEXT = "The Orlan shipyard in Port Maren launched the frigate Vestra with 84 sailors, said Admiral Dunja Kest."
AGAIN = "Frigate Vestra leaves Orlan slipway"
AGAIN_TEXT = (
    "Admiral Dunja Kest watched the frigate Vestra leave the slipway of the Orlan yard at Port Maren with 84 sailors."
)
OTHER = "Tulip prices fall in Brenholm market"
OTHER_TEXT = "Growers in Brenholm sold tulips for a third of last spring's price, the flower market said."


@pytest.fixture
def connection(tmp_path):
    connection = sqlite3.connect(tmp_path / "library.db", isolation_level=None)
    for statement in related.SCHEMA.split(";"):
        connection.execute(statement)
    yield connection
    connection.close()


def land(connection, entry_id, headline, text, day=date(2031, 3, 3), source_id=0):
    related.add(
        connection,
        entry_id,
        url=f"https://example.test/{entry_id}",
        source_id=source_id,
        published=day,
        headline=headline,
        text=text,
    )


def settle(connection):
    while related.settle(connection):
        pass


def pour(connection, count=70, first=100):
    """Unrelated articles, enough for words to have a rarity."""
    for number in range(first, first + count):
        text = " ".join(f"word{number * 7 + k} filler{k % 5}" for k in range(40))
        land(connection, number, f"Title{number} filler{number % 5}", text)


def test_same_event_is_one_story_and_says_why(connection):
    pour(connection)
    land(connection, 1, FLEET, FLEET_TEXT)
    land(connection, 2, AGAIN, AGAIN_TEXT)
    land(connection, 3, OTHER, OTHER_TEXT)
    settle(connection)
    [match] = related.find(connection, 1, headline=FLEET, text=FLEET_TEXT)
    assert (match.entry_id, match.group) == (2, "story")
    assert "Dunja Kest" in match.why
    assert stories.story_of(connection, 1) == stories.story_of(connection, 2) != stories.story_of(connection, 3)


def test_removed_entries_leave_no_trace(connection):
    pour(connection)
    settle(connection)
    before = list(connection.execute("SELECT word, entries FROM related_words WHERE word >= 0 ORDER BY word"))
    land(connection, 1, FLEET, FLEET_TEXT)
    settle(connection)
    related.remove(connection, [1])
    settle(connection)
    after = connection.execute("SELECT word, entries FROM related_words WHERE word >= 0 ORDER BY word")
    assert before == list(after)
    assert related.near(connection, 1) == []
    assert not connection.execute("SELECT 1 FROM reports WHERE entry_id = 1").fetchall()
