"""Marks on a page: what is found, where it stands, and what of a wide line is seen."""

from __future__ import annotations

import pytest

from tui.panes.page_find import PageFind, find, hinted, marked, moved
from tui.typeset.line import Line, Run, line


@pytest.mark.parametrize(
    ("words", "texts", "parts"),
    [
        ("pilot", ["The Pilot", "", "pilots"], [((0, 4, 9),), ((2, 0, 5),)]),
        ("resume", ["Son Résumé"], [((0, 4, 10),)]),
        ("RÉSUMÉ", ["son resume"], [((0, 4, 10),)]),
        ("night passage", ["of the night", "passage there"], [((0, 7, 12), (1, 0, 7))]),
        ("night  passage", ["┃ a night", "┃ passage"], [((0, 4, 9), (1, 0, 9))]),
        ("夜間", ["三島の夜間航行"], [((0, 3, 5),)]),
        ("한국", ["한국어", "하늘"], [((0, 0, 2),)]),
        ("straße", ["Straße", "strasse"], [((0, 0, 6),)]),
        ("a.b", ["axb", "a.b"], [((1, 0, 3),)]),
        ("", ["all"], []),
        ("  ", ["all"], []),
        ("ghost", [], []),
    ],
)
def test_words_are_found_whatever_their_case_and_where_lines_end(
    words: str, texts: list[str], parts: list[tuple[tuple[int, int, int], ...]]
) -> None:
    assert [hit.parts for hit in find(words, texts)] == parts


def test_one_goes_round_from_hit_to_hit_beginning_where_one_is() -> None:
    page = [line(text, "text") for text in ("a b", "b", "c", "b")]
    found = PageFind("b")
    found.look(page)
    found.open_from(2)
    assert found.at == 2
    found.go(1)
    assert found.at == 0
    found.go(-1)
    assert [run.role for at in (0, 3) for run in found.marked(at, page[at]).runs] == ["text", "found", "hit"]
    found.open_from(9)
    assert found.at == 0


def test_a_mark_keeps_where_the_words_lead() -> None:
    link = Line((Run("see ", "text"), Run("the text", "link", "https://a.example/"), Run("[1]", "mark", "x")))
    found = marked(link, [(2, 7)], "found")
    assert found.text == link.text
    assert [(run.text, run.role, run.href) for run in found.runs][1:4] == [
        ("e ", "found", ""),
        ("the", "found", "https://a.example/"),
        (" text", "link", "https://a.example/"),
    ]


def test_the_numbers_of_links_are_lit_as_far_as_they_begin_so() -> None:
    marks = Line(tuple(Run(f"[{number}]", "mark", f"u{number}") for number in (1, 2, 12)))
    numbers = {"u1": 1, "u2": 2, "u12": 12}
    assert [run.role for run in hinted(marks, "", numbers).runs] == ["hint"] * 3
    assert [run.role for run in hinted(marks, "1", numbers).runs] == ["hint", "mark", "hint"]


def test_signs_say_where_more_of_a_wide_line_is() -> None:
    wide = Line((Run("▏ ", "slides"), Run("abcdef", "code"), Run("ghij", "name")))
    assert [moved(wide, offset, 8).text for offset in (0, 3, 4, 9)] == ["▏ abcde›", "‹ defgh›", "‹ efghij", "‹ j"]
    assert moved(Line((Run("▏ ", "slides"), Run("海峡新報", "code"))), 0, 7).text == "▏ 海峡›"
