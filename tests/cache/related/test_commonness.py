"""What tells two events of one kind apart in a library that is too small to tell what is common."""

from __future__ import annotations

from cache.related import commonness, nearest
from cache.related.index import Idf
from cache.related.tokens import number, numbers
from tests.relating import assign_stories

TEXT = (
    "The building {0} in {1} was closed by a fire with many people inside, and the search goes on. Police searched the"
    " water through the night. The owner said that the vessel had passed its inspection. Divers were kept from the hull"
    " by waves and a falling tide, and relatives waited in the hall for a list of names, said {2} of the coast guard."
)


def settle(connection):
    while assign_stories(connection):
        pass


def test_reports_told_in_the_same_words_are_less_alike_where_their_headlines_name_others(connection, land, pour):
    pour(connection)
    named = ("Vestra", "Orlan", "Kest"), ("Marula", "Tovik", "Brandt"), ("Vestra", "Orlan", "Kest")
    for place, (ship, port, person) in enumerate(named, 1):
        headline, text = f"Fire closes building {ship} in {port}, {person} told police", TEXT.format(ship, port, person)
        land(connection, place, headline=headline, text=text, source_id=10 + place)
    settle(connection)
    alike = nearest.similar(nearest.LandedEntries(connection, Idf(connection), 0), [3])[3]
    assert 0 < alike[2] < alike[1] / 4


def test_a_library_that_is_large_or_holds_next_to_nothing_goes_by_itself():
    assert [commonness.smallness(entries) for entries in (1, 19, 20, 400, 450, 500, 100_000)] == [
        0,
        0,
        1,
        1,
        0.5,
        0,
        0,
    ]


def test_names_are_taken_from_headlines_of_known_words_alone():
    english = numbers("Building Vestra in Orlan: search goes ahead again " + TEXT)
    german = numbers(
        "Fähre Vestra sinkt vor Orlan Die Suche nach Vermissten wurde in der Nacht fortgesetzt, teilte der Hafen mit"
    )
    assert set(commonness.names(english)) >= {number("vestra"), number("orlan")}
    assert number("search") not in commonness.names(english)
    assert commonness.names(german) == ()
