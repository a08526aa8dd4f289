"""Cells are counted so that no terminal can count more, and what is drawn is counted by all alike or closed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, list_term_programs, wcstwidth, wcswidth, wcwidth

from fetch.text import drawable
from tests.modules import ROOT
from tests.tui.test_widths import FORMS
from tui.typeset.cells import as_drawn, cells, head, is_certain
from tui.typeset.wrap import break_lines, clip, pad, wrap

ODD = "".join(FORMS.values())
TEXTS = st.text(st.one_of(st.sampled_from(ODD + " a—"), st.characters()), max_size=80).map(drawable)
LENIENT = {"extraterm", "bobcat", "terminology"}
"""The first composes letters that are sent in parts; the second counts two signs of 2002 as one cell; the third gives
27 marks of Indian scripts and Tibetan a cell, and to go by it would set Hindi a third narrower for everybody."""
TERMINALS = [each for each in list_term_programs() if each not in LENIENT]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("I ❤\ufe0f it", "I ❤ it"),
        ("1\ufe0f\u20e3 #\ufe0f\u20e3", "1 #"),
        ("👍🏽👋🏿", "👍👋"),
        ("🇩🇪 🇺🇦", "DE UA"),
        ("👨\u200d👩\u200d👧 and 👩🏽\u200d🚀", "👨 and 👩"),
        ("🏳\ufe0f\u200d🌈", "🏳"),
        ("葛\U000e0100", "葛"),
        ("क्\u200dष می\u200cخواهم", "क्\u200dष می\u200cخواهم"),
        ("🏽", "🏽"),
    ],
)
def test_emoji_are_drawn_in_a_form_of_sure_width(text: str, drawn: str) -> None:
    assert as_drawn(text) == drawn
    assert cells(text) == cells(drawn)


def test_what_is_certain_is_counted_alike_by_every_terminal() -> None:
    certain = [chr(code) for code in range(0x20, 0x30000) if code != 0x7F and is_certain(chr(code))]
    assert len(certain) > 60_000
    for character in certain:
        assert cells(character) == max(0, wcwidth(character)), hex(ord(character))
    for terminal in TERMINALS:
        odd = [hex(ord(one)) for one in certain if wcstwidth(f"a{one}", term_program=terminal) - 1 != cells(one)]
        assert odd == [], terminal


@given(TEXTS)
def test_property_no_terminal_counts_more(text: str) -> None:
    drawn = as_drawn(text)
    most = cells(text)
    assert most >= max(wcswidth(drawn), sum(max(0, wcwidth(one)) for one in drawn))
    for terminal in TERMINALS:
        counted = wcstwidth(drawn, term_program=terminal)
        assert counted == most if is_certain(drawn) else counted <= most, terminal


@given(TEXTS, st.integers(1, 30))
def test_property_lines_keep_to_their_width_and_part_no_cluster(text: str, width: int) -> None:
    bounds, at = {0}, 0
    for cluster in iter_graphemes(text):
        at += len(cluster)
        bounds.add(at)
    spans = break_lines(text, width)
    for start, end in spans:
        assert cells(text[start:end]) <= max(width, 2 * len(text[start:end]) if end - start == 1 else width) or (
            len(list(iter_graphemes(text[start:end]))) == 1
        )
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split()), "nothing is lost but spaces where lines end"
    assert cells(clip(text, width)) <= width
    assert cells(pad(text, width)) == width
    assert cells(head(text, width)) <= width
    assert wrap(text, width) == [text[start:end] for start, end in spans]


@pytest.mark.parametrize("mark", ["\U0001171e", "\u0903", "\u0d3e", "\u1160"])
def test_a_mark_that_takes_a_cell_behind_a_letter_is_counted_whatever_python_knows_of_it(mark: str) -> None:
    assert cells(f"\u0924{mark}") >= wcswidth(f"\u0924{mark}")
    assert cells(f"a{mark}") == 2


def test_our_own_marks_are_certain() -> None:
    own = {one for path in (ROOT / "tui").rglob("*.py") if path.name != "cells.py" for one in path.read_text("utf-8")}
    own = {one for one in own if one.isprintable()}
    assert len(own) > 110
    assert [one for one in own if not is_certain(one) and not one >= "\u2e80"] == []
