"""The table of settings: from it the file, the handbook's reference, `config` and the dialog are made."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, TypeVar

from tui.config.kinds import Flag, Octets, OneOf, Program, Proxy, Queries, ThemeName, ValueKind, Whole, Word, Words
from tui.settings import DATE_LANGUAGES, DENSITIES, DENSITY, FOLDED, ORDERS, SECTION_NAMES, VIEW_NAMES, WIDTHS

T = TypeVar("T")


class ConfigKey(NamedTuple, Generic[T]):
    """A key of the settings file, "section.name"; `kept` is its name in the library, where a key on screen sets it."""

    key: str
    kind: ValueKind[T]
    default: T
    sentence: str
    kept: str = ""

    @property
    def section(self) -> str:
        """The table of the file that it stands in."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """Its name in that table."""
        return self.key.partition(".")[2]


_DAY = 24 * 60  # minutes

TEXTUAL_THEMES = (
    *("nord", "gruvbox", "dracula", "tokyo-night", "monokai", "flexoki", "atom-one-dark", "atom-one-light"),
    *("catppuccin-mocha", "catppuccin-latte", "catppuccin-frappe", "catppuccin-macchiato"),
    *("solarized-light", "solarized-dark", "rose-pine", "rose-pine-moon", "rose-pine-dawn"),
    *("textual-dark", "textual-light"),
)
"""Textual's own themes, without those of a terminal's own colours."""
THEME_NAMES = ThemeName(("auto", "night", "day", "contrast", "contrast-day", "terminal"), TEXTUAL_THEMES)
THEME = ConfigKey(
    "screen.theme",
    THEME_NAMES,
    "auto",
    "Paper of dark or light colour, either in high contrast, or the terminal's own; auto goes by its background.",
    kept="theme",
)
MEASURE = ConfigKey("screen.measure", Whole(30, 200), 70, "The longest line of an article, in characters.")
JUSTIFY = ConfigKey(
    "screen.justify", Flag(), False, "Whether paragraphs of an article are set to both edges, with wider spaces."
)
HYPHENS = ConfigKey(
    "screen.hyphens",
    Flag(),
    False,
    "Whether words are parted at the ends of an article's lines, by the rules of its language where it names one.",
)
DRAWN_IN = ConfigKey(
    "screen.marks",
    Word(("auto", "unicode", "ascii")),
    "auto",
    "Marks and borders; auto is ascii on old consoles and where the locale has no other letters, else unicode.",
)
BIDI = ConfigKey(
    "screen.bidi",
    Word(("auto", "reader", "terminal")),
    "auto",
    "Who puts text written from right to left in order; auto leaves it to terminals that are known to.",
)
PICTURES = ConfigKey(
    "screen.pictures",
    Word(("off", "on", "anywhere")),
    "off",
    "Pictures, fetched with their articles: on does so but over SSH, anywhere there, too; neither under a budget.",
)
LANGUAGE = ConfigKey(
    "screen.language",
    Word(("en", "auto", *DATE_LANGUAGES)),
    "en",
    "The language of dates, with its months, days and words for how long ago; auto is that of the locale.",
)
WHAT_Q_DOES = ConfigKey(
    "screen.q",
    Word(("back", "leave")),
    "back",
    "What q does: back goes back a level, and from the list out; leave leaves.",
)
RELATED = ConfigKey(
    "screen.related",
    Flag(),
    True,
    f"Whether related stories stand beside the article on screens of {WIDTHS['wide']} columns or more.",
)
_AS_FITS = "as many as the screen has room for"
LIST_WIDTH = ConfigKey(
    "screen.list_width", Whole(20, 1000, _AS_FITS), 0, "Columns of the list, where there are others."
)
RELATED_WIDTH = ConfigKey(
    "screen.related_width", Whole(20, 1000, _AS_FITS), 0, "Columns of the related stories beside the article."
)
VIEWS_IN_TURN = ConfigKey(
    "list.views", Words(VIEW_NAMES), VIEW_NAMES, "What v goes through; the reader opens with the first of them."
)
SECTIONS_SHOWN = ConfigKey(
    "list.sections",
    Words(SECTION_NAMES),
    SECTION_NAMES,
    "Which sections stand, in this order, above kept searches and sources where one chooses a section.",
)
SORTED = ConfigKey(
    "list.order",
    Word(ORDERS),
    "newest",
    "The order of sections and sources; searches and what you saved keep their own.",
)
FOLD = ConfigKey(
    "list.fold",
    Flag(),
    bool(FOLDED.default),
    "Whether all reports of a story share one row.",
    kept=FOLDED.name,
)


def _rows(width: str, screens: str) -> ConfigKey[int]:
    return ConfigKey(
        f"list.rows_{width}",
        OneOf(DENSITIES),
        int(DENSITY.default),
        f"Lines of a row on screens {screens}: headline and facts in one or two, with the dek in four.",
        kept=f"{DENSITY.name}.{width}",
    )


ROWS = {
    "narrow": _rows("narrow", f"of less than {WIDTHS['middle']} columns"),
    "middle": _rows("middle", f"of {WIDTHS['middle']} to {WIDTHS['wide'] - 1} columns"),
    "wide": _rows("wide", f"of {WIDTHS['wide']} columns or more"),
}
PREVIEW = ConfigKey(
    "list.preview_from",
    Whole(80, 1000, "none"),
    160,
    "Columns from which on the reader shows the article the highlight rests on, without marking it read.",
)
DATES = ConfigKey(
    "list.dates",
    Word(("ago", "clock", "iso")),
    "ago",
    "How lists tell when: ago as 3 h or 4 Nov; clock as 14:05 or 4 Nov; iso as 14:05 or 2026-11-04.",
)
EVERY = ConfigKey(
    "refresh.every", Whole(5, 7 * _DAY, "none"), 0, "Minutes between refreshes that begin by themselves while open."
)
ON_START_AFTER = ConfigKey(
    "refresh.on_start_after",
    Whole(1, 365 * _DAY, "none"),
    0,
    "Refresh on start, too, where the last answer is older than so many minutes.",
)
BUDGET = ConfigKey(
    "refresh.budget", Octets(), "", "How many bytes a refresh may take, where key or command says no other number."
)
MOST = ConfigKey(
    "refresh.most",
    Whole(1, 100_000),
    200,
    "Articles of one source that a refresh fetches, where the source has no number of its own.",
)
BROWSER = ConfigKey("open.browser", Program(), (), "What opens an address of the web.")
PLAYER = ConfigKey("open.player", Program(), (), "What opens the sound and films that feeds hand out.")
PROXY = ConfigKey(
    "network.proxy",
    Proxy(),
    "",
    "The proxy of all requests, in place of the environment's; that of a source goes first.",
)
KEYRING = ConfigKey(
    "network.keyring",
    Flag(),
    True,
    "Whether secrets go to the system's keyring; else they go to a file that you alone can read.",
)
FRONT_MORE = ConfigKey(
    "front.more",
    Queries(),
    (),
    "Searches, as you type them: stories that one finds stand higher on the front page; none unless you write some.",
)
FRONT_LESS = ConfigKey(
    "front.less",
    Queries(),
    (),
    "Searches, as you type them: stories that one finds stand lower on the front page; none unless you write some.",
)
FRONT_LEARN = ConfigKey(
    "front.learn",
    Flag(),
    False,
    "Whether stories of sources and sections of which you read on in articles, or saved them, stand a little higher.",
)
KEEP_DAYS = ConfigKey(
    "keep.days", Whole(1, 36_500, "without end"), 0, "Days that articles are kept where their source has no limits."
)
KEEP_COUNT = ConfigKey(
    "keep.count", Whole(1, 1_000_000, "all"), 0, "Articles kept of each source that has no limits, the newest."
)
PRESET = ConfigKey(
    "keys.preset",
    Word(("default", "vim", "newsboat")),
    "default",
    "The keys to begin with: Broadsheet's own, or with those that people know from vim or newsboat.",
)

TABLE: tuple[ConfigKey[Any], ...] = (
    THEME,
    MEASURE,
    JUSTIFY,
    HYPHENS,
    DRAWN_IN,
    BIDI,
    PICTURES,
    LANGUAGE,
    WHAT_Q_DOES,
    RELATED,
    LIST_WIDTH,
    RELATED_WIDTH,
    VIEWS_IN_TURN,
    SECTIONS_SHOWN,
    SORTED,
    FOLD,
    *ROWS.values(),
    PREVIEW,
    DATES,
    EVERY,
    ON_START_AFTER,
    BUDGET,
    MOST,
    BROWSER,
    PLAYER,
    PROXY,
    KEYRING,
    FRONT_MORE,
    FRONT_LESS,
    FRONT_LEARN,
    KEEP_DAYS,
    KEEP_COUNT,
    PRESET,
)
BY_KEY = {each.key: each for each in TABLE}
SECTIONS = {
    "screen": "What the reader looks like.",
    "list": "The list of headlines.",
    "refresh": "Fetching what is new.",
    "open": "Programs that open what Broadsheet does not show, each as a list of words, which no shell reads.",
    "network": "The network, and secrets for it.",
    "front": "The front page.",
    "keep": "What `prune` leaves. What you save, tag or note stays, whatever stands here.",
    "keys": 'Keys. Any may be another: "main.next" = "n", by the names that `broadsheet config --keys` lists.',
}
"""The tables of the file, each with what is in it."""
HOOK = "hook"
"""What else may stand in the file, as often as one likes: `tui.config.hook_tables`."""
