from datetime import date

import pytest

from fetch.dateline import Opening, split_dateline


@pytest.mark.parametrize(
    ("text", "headline", "expected"),
    [
        (
            "19 May 2023 Crews meet PORT ELBA -- They met.",
            "Crews meet",
            Opening("They met.", "PORT ELBA", date(2023, 5, 19)),
        ),
        (
            "March 11, 2025 - NORTHERN SEA - As midnight struck",
            "",
            Opening("As midnight struck", "NORTHERN SEA", date(2025, 3, 11)),
        ),
        ("BUSAN, Norland – The ship came in.", "", Opening("The ship came in.", "BUSAN, Norland")),
        ("ST. ELBA (GNS), Jan. 3 — Snow fell.", "", Opening("Snow fell.", "ST. ELBA")),
        ("A plain sentence - with a dash.", "", Opening("A plain sentence - with a dash.")),
        ("NATO said that it would meet.", "", Opening("NATO said that it would meet.")),
        ("May 40, 2025 - never", "", Opening("May 40, 2025 - never")),
        ("31 June 2025 never", "", Opening("31 June 2025 never")),
        ("", "", Opening("")),
    ],
)
def test_what_stands_before_the_text(text: str, headline: str, expected: Opening) -> None:
    assert split_dateline(text, headline) == expected


def test_hostile_text_takes_no_time() -> None:
    assert split_dateline("A" * 100_000 + " -" * 50_000).place == ""
    assert split_dateline(("AB " * 60 + ", ") * 2000).place == ""
