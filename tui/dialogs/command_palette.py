"""The palette (ctrl+p): everything there is to do, by all its names, and everything there is to go to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from textual import work
from textual.binding import Binding, BindingType

from fetch.errors import NewsError
from tui import bindings as keys
from tui import sections
from tui.config.table import TEXTUAL_THEMES
from tui.dialogs.action_words import ALSO
from tui.dialogs.picker import Picker
from tui.keymap import Keymap, verbatim
from tui.panes.choices import Choice
from tui.panes.reader import ReaderPane
from tui.sections import Section
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.library import Library

_SCHEMES = {
    "night": "Dark paper",
    "day": "Light paper",
    "contrast": "White on black, in high contrast",
    "contrast-day": "Black on white, in high contrast",
    "terminal": "The terminal's own colours",
}
_RECENT = 12  # articles
Taken: TypeAlias = "str | Section | int | ActOnPage"
"""What the palette is left with: an action, one of the page below, a section to list, or an article's id."""


class ActOnPage(NamedTuple):
    """An action of the page that the palette was opened over."""

    action: str


class Command(NamedTuple):
    """Something to do or to go to: what the palette is left with, and how it is offered."""

    act: Taken
    choice: Choice


def commands(keymap: Keymap, own_themes: Sequence[str] = ()) -> list[Command]:
    """All there is to do; what is better reached by its own key, as the numbered stories are, left out."""
    done = [
        _command(binding, binding.action, group, keymap)
        for group, bindings in keys.KEY_GROUPS.items()
        for binding in bindings
        if not binding.action.startswith(("related(", "focus_pane", "leave", "palette"))
    ]
    of_the_reader = [binding for binding in ReaderPane.BINDINGS if isinstance(binding, Binding)]
    done += [
        _command(binding, binding.action.removeprefix("screen."), "Reading", keymap)
        for binding in of_the_reader
        if binding.action.startswith("screen.")
    ]
    done.sort(key=lambda command: list(keys.KEY_GROUPS).index(command.choice.group))
    return done + [
        Command(f"theme('{name}')", Choice(f"Theme: {name}", what, "Themes", also="colours dark light"))
        for name, what in (_SCHEMES | dict.fromkeys(TEXTUAL_THEMES, "") | dict.fromkeys(own_themes, "Your own")).items()
    ]


def of_page(bindings: Sequence[BindingType], keymap: Keymap) -> list[Command]:
    """What the keys of a page do, but those that close it."""
    found = [each for each in bindings if isinstance(each, Binding) and each not in (keys.SUSPEND, keys.PALETTE)]
    done = [_command(each, each.action, "On this page", keymap) for each in found if each.action != "give_up"]
    return [command._replace(act=ActOnPage(str(command.act))) for command in done]


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
        Command(
            Section(each.name, each.query, f"Nothing found for “{verbatim(each.query)}”."),
            Choice(each.name, "", "Searches"),
        )
        for each in library.searches()
    ]
    return [*views, *sources, *kept]


def _command(binding: Binding, action: str, group: str, keymap: Keymap) -> Command:
    also = ALSO.get(action) or ALSO.get(action.partition("(")[0], "")
    key = keys.names_of(binding, keymap).partition("  ")[0]
    return Command(action, Choice(binding.description, binding.tooltip, group, key, also))


class CommandPalette(Picker[Taken]):
    """The commands to pick from; it is left with what was taken."""

    def __init__(
        self,
        recent: Sequence[Entry],
        ask: Callable[[Callable[[Library], list[Command]]], Awaitable[list[Command]]],
        own_themes: Sequence[str] = (),
        page_keys: Sequence[BindingType] = (),
    ) -> None:
        """`recent` are the articles opened last, `ask` puts a question to the library in the background, `page_keys`
        are those of the page that it is opened over.
        """
        super().__init__("Commands", "What would you like to do, or where to go?", label=22)
        opened = [
            Command(entry.id, Choice(entry.headline, entry.source, "Recent articles")) for entry in recent[:_RECENT]
        ]
        self._commands = opened
        self._own_themes = own_themes
        self._page_keys = page_keys
        self._ask = ask

    def on_mount(self) -> None:
        """What is known at once, to begin with; the library's sources follow."""
        on_page = of_page(self._page_keys, self.keymap)
        self._commands = [*on_page, *commands(self.keymap, self._own_themes), *self._commands]
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
