"""Textual's own themes, and those of a reader's own: every role can be read in them."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.theme import BUILTIN_THEMES

from tests.tui.typeset.test_theme import NOT_TEXT, READABLE
from tests.tui.typeset.test_theme import contrast as contrast_of_style
from tui.config.table import TEXTUAL_THEMES
from tui.typeset.theme import COLOURS, Ground, RoleStyles, with_theme
from tui.typeset.theme_colours import contrast, mix, mixed, textual_colours


def test_all_of_textuals_themes_are_there_but_those_of_the_terminals_colours() -> None:
    assert set(TEXTUAL_THEMES) <= set(BUILTIN_THEMES)
    assert {name for name in BUILTIN_THEMES if not name.startswith("ansi")} - set(TEXTUAL_THEMES) == set()
    assert not set(TEXTUAL_THEMES) & set(COLOURS)


@pytest.mark.parametrize("name", TEXTUAL_THEMES)
def test_every_role_can_be_read_in_each(name: str) -> None:
    theme = with_theme(name, textual_colours(name))
    assert theme.dark == BUILTIN_THEMES[name].dark
    styles = RoleStyles(name)
    for ground in get_args(Ground):
        found = {role: contrast_of_style(styles.style(role, ground)) for role in set(styles.roles) - NOT_TEXT}
        assert {role: ratio for role, ratio in found.items() if ratio < READABLE - 0.05} == {}


OTHERS = ("strong", "muted", "accent", "held", "chosen")
COLOUR = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(
    st.fixed_dictionaries({"paper": COLOUR, "text": COLOUR}, optional=dict.fromkeys(OTHERS, COLOUR)),
    st.none() | st.booleans(),
)
def test_from_any_two_colours_all_are_mixed(named: dict[str, str], dark: bool | None) -> None:
    colours = mixed(named, dark=dark)
    assert colours.paper == named["paper"]
    assert dark in (None, colours.dark)
    with_theme("any", colours)
    styles = RoleStyles("any")
    for ground in get_args(Ground):
        found = {role: contrast_of_style(styles.style(role, ground)) for role in set(styles.roles) - NOT_TEXT}
        assert {role: ratio for role, ratio in found.items() if ratio < READABLE - 0.05} == {}


@pytest.mark.parametrize(("paper", "dark"), [("#ffffff", False), ("#f4ecd8", False), ("#000000", True)])
def test_whether_a_theme_is_dark_is_seen_by_its_paper(paper: str, dark: bool) -> None:
    assert mixed({"paper": paper, "text": "#808080"}).dark is dark


def test_a_mixture_is_between_the_two() -> None:
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
