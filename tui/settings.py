"""What a reader sets by keys and the library remembers: the name of each setting, its default, what it may be."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias, get_args

Density: TypeAlias = Literal[1, 2, 4]
"""The lines of a row in the list: the headline and its facts in one, in two, or both with the dek in four."""

DENSITIES: tuple[Density, ...] = get_args(Density)
Order: TypeAlias = Literal["given", "newest", "oldest", "source", "reports"]
"""The order of a list: as it is given, or by time, by source, or the story that most reports tell first."""

ORDERS: tuple[Order, ...] = get_args(Order)[1:]
VIEW_NAMES = ("all", "unread", "saved", "incomplete")
"""The usual views, as the settings file names them."""
SECTION_NAMES = (
    "front",
    "all",
    "today",
    "unread",
    "saved",
    "queue",
    "incomplete",
    "failed",
    "noted",
    "passages",
    "single",
    "tags",
)
"""What stands above kept searches and sources in the list of sections, as the settings file names it."""
DATE_LANGUAGES = (
    *("ar", "bg", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "he", "hi", "hr", "hu", "id", "is"),
    *("it", "ja", "ko", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi"),
    *("zh", "zh_TW"),
)
"""The languages that dates can be told in beside English, by ISO 639."""
WIDTHS = {"narrow": 0, "middle": 80, "wide": 120}
"""The classes of width, each with the columns it begins at: one pane fits, two, three."""


FEW_SOURCES = 3
"""Sources from which on a front page has something to compare."""
FEW_STORIES = 3
"""Entries of a span from which on a start begins with it."""
BROAD = 160
"""Columns from which on the front page is a newspaper's, in the place of list and article."""


class Setting(NamedTuple):
    """A setting's name in the library, and its value until the reader chooses another."""

    name: str
    default: Any


FOLDED = Setting("folded", True)
FOLDED_BRANCHES = Setting("folded_branches", [])
RELATED_TOLD = Setting("related_told", 0)
ORDER = Setting("order", "given")
DENSITY = Setting("density", 2)
BACKGROUND = Setting("background", "")
FRONT_SPAN = Setting("front.span", "24h")
FRONT_OPEN = Setting("front.open", None)
"""Whether the front page was on screen as the reader was left; None until it was on screen once."""
FRONT_KEPT = Setting("front.kept", [])
COLUMNS = Setting("columns", {})
"""The cells of list and sidebar for each class of width, 0 for as many as the stylesheet says."""
HIDDEN_PANES = Setting("hidden_panes", [])
OPEN_ARTICLE = Setting("open_article", 0)


def width_class(columns: int) -> str:
    """The class of width of a screen with so many columns."""
    return next((name for name, least in reversed(WIDTHS.items()) if columns >= least), "narrow")
