"""The names in a byline, up to where they end."""

import pytest

from fetch.extract.facts.names import names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ida Quill", ["Ida Quill"]),
        ("Ida Quill and Otto Fenn", ["Ida Quill", "Otto Fenn"]),
        ("Ida Quill, Otto Fenn & Bo Ruiz", ["Ida Quill", "Otto Fenn", "Bo Ruiz"]),
        ("Ida Quill und Otto von der Heide", ["Ida Quill", "Otto von der Heide"]),
        ("Ida Quill, Harbour Desk", ["Ida Quill"]),
        ("Ida Quill Senior Writer", ["Ida Quill"]),
        ("Ida Quill, Gazette Staff", ["Ida Quill"]),
        ("Ida Quill Gazette Staff", ["Ida Quill"]),
        ("Ida Quill Mar 5, 2024", ["Ida Quill"]),
        ("Ida Quill. This story first ran in March.", ["Ida Quill"]),
        ("Ida Quill für den Hafenboten", ["Ida Quill"]),
        ("Staff Sgt. Ida Quill", ["Staff Sgt. Ida Quill"]),
        ("Capt. Ida Quill", ["Capt. Ida Quill"]),
        ("Reporter 10", ["Reporter 10"]),
        ("idaq am 24. Juli", ["idaq"]),
        ("Ида Квилл и Отто Фенн", ["Ида Квилл", "Отто Фенн"]),
        ("Ida Quill, Otto Fenn, and Bo Ruiz", ["Ida Quill", "Otto Fenn", "Bo Ruiz"]),
        ("Ida Quill ⋅ Senior Harbour Analyst ⋅ Updated March 5, 2025", ["Ida Quill"]),
        ("Ida Quill, Trial Attorney", ["Ida Quill"]),
        ("Ida Quill, Gazette Harbour News", ["Ida Quill"]),
        ("Ida Quill, Mole and Sons Ltd", ["Ida Quill"]),
        ("Gazette-Redakteurin Ida Quill", ["Ida Quill"]),
        ("Ida Quill and Otto Fenn The Tern Press", ["Ida Quill", "Otto Fenn"]),
        ("Ida and Otto", ["Ida", "Otto"]),
        ("Ida Quill, in Festivals", ["Ida Quill"]),
        ("Author Ida Quill", ["Ida Quill"]),
        ("Our Editors", []),
        ("What Readers Can’t Miss", []),
        ("Ida van ’t Quill", ["Ida van ’t Quill"]),
        ("Ida van't Quill", ["Ida van't Quill"]),
        ("April Lee", ["April Lee"]),
        ("April 5", []),
        ("Ida May", ["Ida May"]),
        ("Ida May May 5", ["Ida May"]),
        ("Ida 3/4/2025", ["Ida"]),
        ("I\xadda Quill", ["Ida Quill"]),
        ("& Ida Quill Writer, Harbour", ["Ida Quill"]),
        ("Admin", []),
        ("Staff Writer", []),
        ("Redaktion", ["Redaktion"]),
        ("https://gazette.example/ida", []),
        ("5 March 2024", []),
        ("", []),
    ],
)
def test_a_list_of_names_ends_where_something_else_begins(text: str, names: list[str]) -> None:
    assert names_in(text, frozenset({"gazette"})) == names


@pytest.mark.parametrize(
    "text",
    [
        "Watch Live",
        "Stories You’ll Love",
        "Social Media",
        "Start Shopping Now",
        "Ida Quill Lifestyle",
        "The mole is not done",
        "Harbour",
        "A. M.",
        "Ida Quill says",
        "ida quill",
    ],
)
def test_what_does_not_look_like_a_person(text: str) -> None:
    assert names_in(text, people=True) == []
