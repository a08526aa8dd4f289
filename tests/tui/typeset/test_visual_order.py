"""Text written from right to left as it is drawn from the left, with its roles and its marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetch.article import Article, Paragraph, Points, Span
from tests.tui.newsroom import NOW
from tui.typeset.article import lay_out
from tui.typeset.cells import cells
from tui.typeset.line import Line, Run
from tui.typeset.marks import terminal_orders
from tui.typeset.visual_order import in_visual_order, line_in_visual_order, text_in_visual_order

HEBREW, ARABIC = "שלום", "ميناء"


def text(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


@pytest.mark.parametrize(
    ("logical", "right_to_left", "visual"),
    [
        ("plain words", False, "plain words"),
        (HEBREW, True, HEBREW[::-1]),
        (f"{ARABIC} 2024", True, f"2024 {ARABIC[::-1]}"),
        (f"a {HEBREW} b", False, f"a {HEBREW[::-1]} b"),
        (f"{HEBREW} world (אחד)", True, f"(דחא) world {HEBREW[::-1]}"),
        ("שָׁלוֹם", True, "םוֹלשָׁ"),  # a mark stays behind its letter
        ("", True, ""),
    ],
)
def test_letters_stand_as_they_are_drawn(logical: str, right_to_left: bool, visual: str) -> None:
    assert text(in_visual_order([Run(logical, "text")], right_to_left=right_to_left)) == visual


def test_roles_and_links_go_with_their_letters() -> None:
    link = Run("דהו", "link", "https://x.example/")
    runs = (Run("אבג ", "text"), link, Run(" זחט.", "text"))
    assert in_visual_order(runs, right_to_left=True) == (
        Run(".טחז ", "text"),
        Run("והד", "link", "https://x.example/"),
        Run(" גבא", "text"),
    )
    line = Line((Run("   ", "text"), *runs), 1)
    assert line_in_visual_order(line)[0] == Run("   ", "text")
    assert line_in_visual_order(Line(runs))[1].text == "והד", "without a paragraph each run is for itself"


def test_a_paragraph_knows_where_it_begins_also_behind_the_mark_of_a_list() -> None:
    words = Paragraph((Span(" ".join([HEBREW] * 30)),))
    article = Article("https://a.example/1", HEBREW, (words, Points(((words,),)), Paragraph((Span("Left"),))))
    lines = [*lay_out(article, 40, now=NOW)]
    for line in lines:
        begin = line.right_to_left_from
        if HEBREW in line.text:
            assert begin is not None
            assert HEBREW not in "".join(run.text for run in line.runs[:begin])
        else:
            assert begin is None


@given(st.text(alphabet="ab 1(.אבגابت\u05b8\u064b•–", max_size=40), st.booleans())
def test_property_nothing_is_lost_and_nothing_takes_other_room(logical: str, right_to_left: bool) -> None:
    runs = tuple(Run(part, str(at)) for at, part in enumerate(logical.split("a")))
    found = in_visual_order(runs, right_to_left=right_to_left)
    mirrored = str.maketrans("(", ")")
    assert sorted(text(found).translate(mirrored)) == sorted(text(runs).translate(mirrored))
    assert sum(cells(run.text) for run in found) == sum(cells(run.text) for run in runs)


@given(st.text(max_size=20), st.booleans())
def test_property_any_text_is_put_in_some_order(logical: str, right_to_left: bool) -> None:
    found = text(in_visual_order([Run(f"{logical}א{logical}", "text")], right_to_left=right_to_left))
    assert len(found) == 2 * len(logical) + 1


@pytest.mark.parametrize(
    ("environment", "orders"),
    [
        ({}, False),
        ({"VTE_VERSION": "5600"}, False),
        ({"VTE_VERSION": "6800"}, True),
        ({"VTE_VERSION": "x" * 90}, False),
        ({"VTE_VERSION": "9" * 5000}, False),
        ({"KONSOLE_VERSION": "220401"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, True),
        ({"TERM_PROGRAM": "tmux"}, False),
    ],
)
def test_terminals_that_do_it_themselves_are_known(environment: dict[str, str], orders: bool) -> None:
    assert terminal_orders(environment) == orders


def test_facts_and_what_is_filled_up_with_blanks_keep_their_places() -> None:
    facts = Line((Run(f"{ARABIC} · 8 Jan · +1", "meta"), Run(f"  {HEBREW}   ", "text")))
    assert text(line_in_visual_order(facts)) == f"{ARABIC[::-1]} · 8 Jan · +1  {HEBREW[::-1]}   "
    headline = Line((Run(f"{ARABIC} · {HEBREW}", "unread"),))
    assert text(line_in_visual_order(headline)) == f"{HEBREW[::-1]} · {ARABIC[::-1]}", "a sentence is one"
    assert text_in_visual_order(f"{ARABIC} · 4 related · i") == f"{ARABIC[::-1]} · 4 related · i"
