"""The palette (ctrl+p): everything there is to do, by all its names, and everything there is to go to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from textual import work
from textual.binding import Binding

from fetch.errors import NewsError
from tui import bindings as keys
from tui import sections
from tui.dialogs.picker import Picker
from tui.keymap import Keymap
from tui.panes.choices import Choice
from tui.panes.reader import ReaderPane
from tui.sections import Section
from tui.typeset import wording
from tui.typeset.theme import COLOURS

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.library import Library

_SCHEMES = {"night": "Dark paper", "day": "Light paper", "terminal": "The terminal's own colours"}
_RECENT = 12  # articles
_ALSO = {
    "add": "subscribe feed rss atom new source import opml url catalogue follow",
    "arrange": "interval limits retention proxy headers configure source",
    "back": "close up return",
    "browse": "open web original url external firefox",
    "passages": "furniture boilerplate prompt hide passage teach site not the story",
    "changes": "diff edits revisions history updated",
    "copy": "yank url address clipboard share",
    "density": "compact dense rows lines layout",
    "export": "save as file epub markdown opml json pack download",
    "find": "search page text",
    "fold": "group cluster duplicates threads",
    "follow": "url links open",
    "help": "shortcuts bindings manual",
    "history(-1)": "previous",
    "mark": "seen done",
    "mark_all": "catch up seen done clear",
    "mark_many": "catch up range older",
    "note": "comment annotate",
    "prune": "clean delete old space purge vacuum",
    "quit": "exit leave close",
    "refresh": "update reload fetch sync download",
    "refresh_source": "update reload fetch",
    "refresh_within": "limit bytes data budget",
    "related_": "similar",
    "save": "star favourite favorite bookmark later keep queue",
    "search": "find library query filter",
    "sections": "feeds sources subscriptions folders groups unsubscribe remove",
    "settings": "preferences options configuration config",
    "sort": "sort arrange newest oldest",
    "suspend_process": "background terminal",
    "tags": "label category",
    "throw_away": "delete remove hide trash",
    "timeline": "thread cluster story chronology",
    "toggle_list": "hide show headlines",
    "toggle_related": "hide show similar",
    "undo": "revert back restore",
    "view": "filter unread saved incomplete",
    "zoom": "fullscreen focus distraction",
}
"""By which other names people look for an action."""

Taken: TypeAlias = "str | Section | int"
"""What the palette is left with: an action, a section to list, or the id of an article to open."""


class Command(NamedTuple):
    """Something to do or to go to: what the palette is left with, and how it is offered."""

    act: Taken
    choice: Choice


def commands(keymap: Keymap) -> list[Command]:
    """All there is to do; what is better reached by its own key, as the numbered stories are, left out."""
    done = [
        _command(binding, binding.action, group, keymap)
        for group, bindings in keys.GROUPS.items()
        for binding in bindings
        if not binding.action.startswith(("related(", "focus_pane", "leave", "palette"))
    ]
    of_the_reader = [binding for binding in ReaderPane.BINDINGS if isinstance(binding, Binding)]
    done += [
        _command(binding, binding.action.removeprefix("screen."), "Reading", keymap)
        for binding in of_the_reader
        if binding.action.startswith("screen.")
    ]
    done.sort(key=lambda command: list(keys.GROUPS).index(command.choice.group))
    return done + [
        Command(f"theme('{name}')", Choice(f"Theme: {name}", _SCHEMES[name], "Themes", also="colours dark light"))
        for name in COLOURS
    ]


def places(library: Library) -> list[Command]:
    """The views, the sources and the kept searches."""
    views = [Command(view, Choice(view.title, "", "Sections")) for view in (*sections.VIEWS, sections.SINGLE)]
    sources = [
        Command(
            sections.of_source(source.id, title),
            Choice(title, ", ".join(source.groups), "Sources", also=wording.site(source.url)),
        )
        for source in library.sources()
        if (title := source.title or wording.site(source.url))
    ]
    kept = [
        Command(Section(each.name, each.query, f"Nothing found for “{each.query}”."), Choice(each.name, "", "Searches"))
        for each in library.searches()
    ]
    return [*views, *sources, *kept]


def _command(binding: Binding, action: str, group: str, keymap: Keymap) -> Command:
    also = _ALSO.get(action) or _ALSO.get(action.partition("(")[0], "")
    key = keys.names_of(binding, keymap).partition("  ")[0]
    return Command(action, Choice(binding.description, binding.tooltip, group, key, also))


class CommandPalette(Picker[Taken]):
    """The commands to pick from; it is left with what was taken."""

    def __init__(
        self, recent: Sequence[Entry], ask: Callable[[Callable[[Library], list[Command]]], Awaitable[list[Command]]]
    ) -> None:
        """`recent` are the articles opened last, `ask` puts a question to the library in the background."""
        super().__init__("Commands", "What would you like to do, or where to go?", label=22)
        opened = [
            Command(entry.id, Choice(entry.headline, entry.source, "Recent articles")) for entry in recent[:_RECENT]
        ]
        self._commands = opened
        self._ask = ask

    def on_mount(self) -> None:
        """What is known at once, to begin with; the library's sources follow."""
        self._commands = [*commands(self.keymap), *self._commands]
        self.offer([command.choice for command in self._commands])
        self._offer_places()

    @work(exclusive=True, group="filling")
    async def _offer_places(self) -> None:
        try:
            found = await self._ask(places)
        except NewsError as error:
            self.complain(str(error))
            return
        self._commands += found
        self.offer_more([command.choice for command in found])

    def not_found(self, words: str) -> str:
        """Nothing is called so."""
        return f"Nothing here is called “{words}”; {self.keymap.said('{main.search|slash}')} searches the articles."

    def take(self, at: int) -> None:
        """Leave with what it stands for."""
        self.leave(self._commands[at].act)
