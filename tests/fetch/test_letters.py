"""What is compared of texts: the letters and figures, whatever stands between them."""

import sys

import pytest

from fetch.letters import letters_only, natural_order


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("", ""),
        (" -- ", ""),
        ("The council’s vote: 12 to 3!", "Thecouncilsvote12to3"),
        ("snake_case and a low _line_", "snakecaseandalowline"),
        ("Großer Ärger — «Café»", "GroßerÄrgerCafé"),
        ("議会は、橋を残した。", "議会は橋を残した"),
        ("half a pair \ud800 of two", "halfapairoftwo"),
    ],
)
def test_letters_and_figures_are_left_of_a_text(text: str, letters: str) -> None:
    assert letters_only(text) == letters


def test_every_letter_and_figure_of_unicode_is_one() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    assert letters_only(everything) == "".join(filter(str.isalnum, everything))


def test_names_are_sorted_as_people_do() -> None:
    names = ["Part 10", "part 2", "Part", "2 2", "2 10", "", "9" * 5000, "9" * 18 + "x", "٣ b", "Ä"]
    assert sorted(names, key=natural_order)[:7] == ["", "2 2", "2 10", "٣ b", "9" * 5000, "9" * 18 + "x", "Part"]
    assert sorted(names, key=natural_order)[7:] == ["part 2", "Part 10", "Ä"]
