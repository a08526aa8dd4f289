"""What the roles look like: text that can be read, and states that show without colour."""

from __future__ import annotations

from typing import get_args

import pytest
from rich.color import Color
from rich.style import Style
from textual.filter import ANSIToTruecolor

from tests.tui.conftest import Opening, settled
from tui.typeset.theme import COLOURS, PLAIN_THEME, Ground, RoleStyles

pytestmark = pytest.mark.anyio

GROUNDS: tuple[Ground, ...] = get_args(Ground)
NOT_TEXT = {"rule", "rail", "hold", "off"}
READABLE = 4.5  # WCAG 2.2, 1.4.3 (AA)
ENHANCED = 7.0  # WCAG 2.2, 1.4.6 (AAA)
SEEN = 3.0  # WCAG 2.2, 1.4.11: what is no text


def luminance(colour: Color) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style: Style) -> float:
    assert style.color
    assert style.bgcolor
    darker, lighter = sorted((luminance(style.color), luminance(style.bgcolor)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", sorted(set(COLOURS) - {PLAIN_THEME}))
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_role_can_be_read_on_every_ground(theme: str, ground: Ground) -> None:
    styles = RoleStyles(theme)
    found = {role: round(contrast(styles.style(role, ground)), 2) for role in set(styles.roles) - NOT_TEXT}
    assert {role: ratio for role, ratio in found.items() if ratio < READABLE} == {}


@pytest.mark.parametrize("theme", ["contrast", "contrast-day"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_high_contrast_is_that(theme: str, ground: Ground) -> None:
    styles = RoleStyles(theme)
    found = {role: round(contrast(styles.style(role, ground)), 2) for role in set(styles.roles) - NOT_TEXT}
    assert {role: ratio for role, ratio in found.items() if ratio < ENHANCED} == {}
    assert {role for role in NOT_TEXT if contrast(styles.style(role, "paper")) < SEEN} <= {"rail"}


def test_the_terminals_own_colours_name_no_grey_which_may_be_the_colour_of_its_paper() -> None:
    styles = RoleStyles(PLAIN_THEME)
    named = {style.color.name for role in styles.roles if (style := styles.style(role)).color}
    assert not {name for name in named if "black" in name or "white" in name}
    assert styles.style("meta").dim


def test_the_highlight_shows_where_there_are_no_colours() -> None:
    styles = RoleStyles(PLAIN_THEME)
    assert styles.style("text", "chosen").reverse
    assert not styles.style("text", "paper").reverse


async def test_a_terminal_of_sixteen_colours_gets_its_own(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLORTERM", raising=False)
    async with opened(theme="") as pilot:
        assert pilot.app.theme == PLAIN_THEME
        assert not any(isinstance(each, ANSIToTruecolor) for each in pilot.app.get_line_filters())
        pilot.app.theme = "night"
        await settled(pilot)
        assert any(isinstance(each, ANSIToTruecolor) for each in pilot.app.get_line_filters())
