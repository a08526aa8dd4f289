"""Colours: the themes, and what each role of a line looks like in them.

The paper themes name their colours; the terminal theme uses the terminal's own sixteen, and is what a terminal gets
that shows no more, or a reader who set NO_COLOR.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from rich.style import Style
from textual.theme import Theme

Ground: TypeAlias = Literal["paper", "held", "chosen"]
"""What a line stands on: plain paper, the highlight of a pane without focus, the highlight of the pane with focus."""


class Colours(NamedTuple):
    """The colours of one theme, as Rich names them; "" is the terminal's own, dimmed for `muted` and `faint`."""

    paper: str
    text: str
    strong: str
    muted: str
    faint: str
    accent: str
    link: str
    gold: str
    warning: str
    held: str
    chosen: str
    dark: bool = True


COLOURS = {
    "night": Colours(
        paper="#191817",
        text="#cfc9bb",
        strong="#f4efe2",
        muted="#9e988a",
        faint="#45413a",
        accent="#d98e6c",
        link="#8fb2c7",
        gold="#d6b25e",
        warning="#dd7f74",
        held="#23211f",
        chosen="#322e29",
    ),
    "day": Colours(
        paper="#f8f4ea",
        text="#36322b",
        strong="#14120e",
        muted="#645d50",
        faint="#d3cbb9",
        accent="#a2401f",
        link="#2c5a7a",
        gold="#7c5400",
        warning="#a8281c",
        held="#f1ebdc",
        chosen="#e6dec9",
        dark=False,
    ),
    "contrast": Colours(
        paper="#000000",
        text="#ffffff",
        strong="#ffffff",
        muted="#d8d8d8",
        faint="#8a8a8a",
        accent="#ffb38a",
        link="#9fdcff",
        gold="#ffe14d",
        warning="#ffa8a0",
        held="#1c1c1c",
        chosen="#2f2f2f",
    ),
    "contrast-day": Colours(
        paper="#ffffff",
        text="#000000",
        strong="#000000",
        muted="#2e2e2e",
        faint="#767676",
        accent="#7a2300",
        link="#003a75",
        gold="#553800",
        warning="#8a0000",
        held="#f0f0f0",
        chosen="#e0e0e0",
        dark=False,
    ),
    "terminal": Colours(
        paper="",
        text="",
        strong="",
        muted="",
        faint="",
        accent="red",
        link="cyan",
        gold="yellow",
        warning="red",
        held="",
        chosen="",
    ),
}
DEFAULT_THEME = "night"
PLAIN_THEME = "terminal"


_MORE: dict[str, Colours] = {}
"""Themes beside ours that are in use: Textual's, and the reader's own."""


def themes() -> list[Theme]:
    """The themes as Textual wants them, for dialogs, the palette and scroll bars."""
    return [_theme(name, palette) for name, palette in COLOURS.items()]


def with_theme(name: str, colours: Colours) -> Theme:
    """One theme more, or other colours for one that is not ours."""
    if _MORE.get(name) != colours:
        _MORE[name] = colours
        role_styles.cache_clear()
    return _theme(name, colours)


class RoleStyles:
    """What roles look like in one theme; with `visual_order`, text written from right to left is put in order here."""

    def __init__(self, name: str, *, visual_order: bool = False) -> None:
        self.visual_order = visual_order
        self.palette = COLOURS.get(name) or _MORE.get(name, COLOURS[DEFAULT_THEME])
        self._roles = _roles(self.palette)
        self._mixed: dict[tuple[str, Ground], Style] = {}

    @property
    def roles(self) -> Collection[str]:
        """The names of all roles."""
        return self._roles.keys()

    def style(self, role: str, ground: Ground = "paper") -> Style:
        """The role's style on that ground."""
        mixed = self._mixed.get((role, ground))
        if mixed is None:
            mixed = self._mixed[role, ground] = self._mix(self._roles.get(role, self._roles["text"]), ground)
        return mixed

    def _mix(self, style: Style, ground: Ground) -> Style:
        colour = {"paper": self.palette.paper, "held": self.palette.held, "chosen": self.palette.chosen}[ground]
        if colour:
            return style + Style(bgcolor=colour)
        # Colours turned round would make stripes of a row; what it is set in stays.
        return style.without_color + Style(reverse=True, dim=False) if ground == "chosen" else style


@lru_cache(maxsize=8)
def role_styles(name: str, visual_order: bool = False) -> RoleStyles:
    """The roles' styles in a theme; a theme that is not ours has those of the default one."""
    return RoleStyles(name, visual_order=visual_order)


def _roles(of: Colours) -> dict[str, Style]:
    def style(colour: str, *, bold: bool = False, italic: bool = False, underline: bool = False) -> Style:
        # Only what is set is said: a False would switch off what the ground asks for.
        return Style(color=colour or None, bold=bold or None, italic=italic or None, underline=underline or None)

    def quiet(colour: str, *, italic: bool = False) -> Style:
        # No grey of the sixteen can be read everywhere: in some schemes it is the colour of the paper.
        return style(colour, italic=italic) + Style(dim=not colour or None)

    return {
        "text": style(of.text),
        "strong": style(of.strong, bold=True),
        "emphasis": style(of.text, italic=True),
        "code": style(of.link),
        "keyword": style(of.accent, bold=True),
        "string": style(of.gold),
        "literal": style(of.gold),
        "name": style(of.strong),
        "comment": quiet(of.muted, italic=True),
        "link": style(of.link, underline=True),
        "mark": quiet(of.muted),
        "note": style(of.accent),
        "noteref": style(of.accent),
        "reference": quiet(of.muted),
        "headline": style(of.strong, bold=True),
        "dek": style(of.text, italic=True),
        "section": style(of.accent, bold=True),
        "byline": style(of.text),
        "meta": quiet(of.muted),
        "rule": quiet(of.faint),
        "heading": style(of.strong, bold=True),
        "subheading": style(of.text, bold=True),
        "quote": style(of.text, italic=True),
        "attribution": quiet(of.muted),
        "bar": style(of.accent),
        "bullet": style(of.accent),
        "slides": style(of.accent),
        "caption": quiet(of.muted, italic=True),
        "credit": quiet(of.muted),
        "tablehead": style(of.strong, bold=True),
        "time": style(of.accent, bold=True),
        "omission": quiet(of.muted, italic=True),
        "notice": style(of.gold, italic=True),
        "unread": style(of.strong, bold=True),
        "read": quiet(of.muted),
        "summary": quiet(of.muted),
        "dot": style(of.accent, bold=True),
        "star": style(of.gold),
        "warning": style(of.warning),
        "highlight": style(of.gold, underline=True),
        "words": style(of.strong, bold=True, underline=True) + Style(reverse=True),
        "match": style(of.gold, bold=True),
        "found": style(of.gold) + Style(reverse=True),
        "hit": style(of.accent, bold=True, underline=True) + Style(reverse=True),
        "hint": style(of.gold, bold=True) + Style(reverse=True),
        "number": style(of.accent, bold=True),
        "why": quiet(of.muted, italic=True),
        "group": style(of.accent, bold=True),
        "masthead": style(of.strong, bold=True),
        "key": style(of.strong, bold=True),
        "done": style(of.accent),
        "cursor": style(of.accent),
        "removed": quiet(of.muted) + Style(strike=True),
        "added": style(of.strong, bold=True, underline=True),
        "off": style(of.text),
        "rail": quiet(of.held or of.faint),
        "hold": quiet(of.faint),
    }


def _quiet_bars(thumb: str, ground: str) -> dict[str, str]:
    """The scroll bars of dialogs, as quiet as the panes' rails."""
    grounds = ("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active")
    thumbs = ("scrollbar", "scrollbar-hover", "scrollbar-active")
    return dict.fromkeys(thumbs, thumb) | dict.fromkeys((*grounds, "scrollbar-corner-color"), ground)


def _theme(name: str, of: Colours) -> Theme:
    if not of.paper:
        return Theme(
            name=name,
            ansi=True,
            primary="ansi_red",
            secondary="ansi_cyan",
            accent="ansi_red",
            warning="ansi_yellow",
            error="ansi_red",
            success="ansi_green",
            foreground="ansi_default",
            background="ansi_default",
            surface="ansi_default",
            panel="ansi_default",
            boost="ansi_default",
            variables={
                "faint": "ansi_bright_black",
                "muted": "ansi_default",
                "ansi-background": "ansi_default",
                "ansi-foreground": "ansi_default",
                "border-blurred": "ansi_bright_black",
                "input-cursor-text-style": "reverse",
                "block-cursor-background": "ansi_default",
                "block-cursor-foreground": "ansi_default",
                "block-cursor-text-style": "reverse",
                **_quiet_bars("ansi_bright_black", "ansi_default"),
            },
        )
    return Theme(
        name=name,
        dark=of.dark,
        primary=of.accent,
        secondary=of.link,
        accent=of.accent,
        warning=of.gold,
        error=of.warning,
        success=of.link,
        foreground=of.text,
        background=of.paper,
        surface=of.paper,
        panel=of.held,
        variables={
            "faint": of.faint,
            "muted": of.muted,
            "chosen": of.chosen,
            "border": of.accent,
            "border-blurred": of.faint,
            **_quiet_bars(of.faint, of.paper),
            "block-cursor-background": of.chosen,
            "block-cursor-foreground": of.strong,
            "input-selection-background": of.chosen,
            "footer-key-foreground": of.accent,
        },
    )
