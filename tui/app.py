"""The application: themes, stylesheet, and the one screen."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, on
from textual.actions import ActionParseResult
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import ANSIToTruecolor, LineFilter
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES
from textual.widget import Widget
from textual.widgets import Input

from cache.library import Library, open_library
from cache.paths import places, places_of
from tui import crash
from tui.config.config_file import ConfigFile, config_path
from tui.config.table import BIDI, DRAWN_IN, PICTURES, TEXTUAL_THEMES, THEME
from tui.keymap import Keymap, names
from tui.local_time import now
from tui.messages import BackgroundTold, TerminalTold
from tui.screen.main import MainScreen
from tui.settings import BACKGROUND
from tui.signals import has_shell, leaving
from tui.typeset.marks import Ascii, ascii_chosen, ascii_wanted, terminal_orders
from tui.typeset.theme import COLOURS, DEFAULT_THEME, PLAIN_THEME, themes, with_theme

if TYPE_CHECKING:
    from tui.driver import TerminalDriver
    from tui.screen.terminal_pictures import TerminalPictures


_LEADS_OUT = frozenset(("enter", "escape", "down"))  # keys that may close a line, or lead from it to what is below
_CLOSED_WITHIN = 0.2  # seconds


class Broadsheet(App[None]):
    """A newspaper in the terminal."""

    TITLE = "Broadsheet"
    CSS_PATH = "broadsheet.tcss"
    ENABLE_COMMAND_PALETTE = False  # the main screen has its own

    def __init__(
        self,
        library: Library,
        clock: Callable[[], datetime] = now,
        driver: type[Driver] | None = None,
        config: ConfigFile | None = None,
    ) -> None:
        """`config` is the settings file, the library's own without."""
        # NO_COLOR: only a terminal left to its own colours can be left without any.
        super().__init__(driver, ansi_color=True if "NO_COLOR" in os.environ else None)
        self.animation_level = "none"  # nothing moves that nobody has moved
        self._library = library
        self._terminal_wants = ascii_wanted(os.environ)
        self._told_background = ""
        self._begun = ""  # the first key of a sequence
        self._ahead: list[events.Key | events.Paste] = []  # what was typed before the screen was there
        config = config or ConfigFile(config_path(places_of(library.path).config))
        self.main_screen = MainScreen(library, clock, config, self._chosen_theme)
        for name in BUILTIN_THEMES:
            self.unregister_theme(name)
        for theme in themes():
            self.register_theme(theme)
        # Before anything is parsed: a theme set the usual way has the stylesheet parsed a second time.
        self.set_reactive(Broadsheet.theme, self._chosen_theme())
        self.stylesheet.set_variables(self.get_css_variables())
        for line_filter in self.get_line_filters():
            if isinstance(line_filter, ANSIToTruecolor):  # the terminal's own colours are to reach it as they are
                line_filter.enabled = not self.native_ansi_color

    def _fatal_error(self) -> None:
        """End with a sentence and a report; Textual's own would show every variable, secrets among them."""
        error = self._exception
        self.panic(Text(crash.report(error, places_of(self._library.path).state) if error else "Broadsheet broke off."))

    def get_default_screen(self) -> Screen[object]:
        """The main screen."""
        return self.main_screen  # type: ignore[return-value]

    def get_css_variables(self) -> dict[str, str]:
        """The colours that stylesheets name; none before there is a theme of ours, as Textual's own is never shown."""
        return super().get_css_variables() if self._registered_themes.keys() >= COLOURS.keys() else {}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What lines go through on their way to the terminal: with Textual's own, that for ASCII where it is wanted."""
        if not (wanted := self._ascii_wanted()):
            return super().get_line_filters()
        from tui.screen.ascii_filter import ascii_filter

        return [*super().get_line_filters(), ascii_filter(wanted)]

    @property
    def visual_order(self) -> bool:
        """Whether text written from right to left is put in order here, as the terminal draws letters as they come."""
        chosen = self.main_screen.context.config[BIDI]
        return chosen == "reader" or (chosen == "auto" and not self._terminal_orders)

    @cached_property
    def _terminal_orders(self) -> bool:
        return terminal_orders(os.environ)

    def _ascii_wanted(self) -> Ascii:
        return ascii_chosen(self.main_screen.context.config[DRAWN_IN], self._terminal_wants)

    @property
    def keymap(self) -> Keymap:
        """The keys that there are instead of the usual ones."""
        return self.main_screen.context.config.now.keymap

    @property
    def picture_terminal(self) -> object | None:
        """What shows pictures whole; None where they are shown in half blocks."""
        found = self._terminal_pictures
        return found.now(many_colours=self.console.color_system == "truecolor") if found else None

    @cached_property
    def _terminal_pictures(self) -> TerminalPictures | None:
        from tui.screen.terminal_pictures import TerminalPictures

        ours = _driver()
        if not ours or not isinstance(self._driver, ours):
            return None
        config = self.main_screen.context.config
        return TerminalPictures(self._driver, os.environ, lambda: config[PICTURES] == "anywhere")

    @on(TerminalTold)
    def _terminal_told(self, told: TerminalTold) -> None:
        """Pictures are shown as the terminal says that it can."""
        if self._terminal_pictures and self._terminal_pictures.told(told):
            self.main_screen.reader.draw_anew()
            for pane in self.screen.query("PicturePane"):
                pane.refresh()

    def on_resize(self) -> None:
        """Another size of letters may be the cause."""
        if self._shows_pictures and self._terminal_pictures:
            self._terminal_pictures.resized()

    @property
    def _shows_pictures(self) -> bool:
        return self.main_screen.context.config[PICTURES] != "off" and not self._is_plain()

    async def action_quit(self) -> None:
        """Leave as the main screen does, from wherever."""
        self.main_screen.action_quit()

    async def end(self) -> None:
        """Leave because a signal says so, whether or not the reader is leaving already."""
        self.main_screen.end()

    def hang_up(self) -> None:
        """The terminal may be gone: then draw to nowhere, so that nothing waits for it."""
        ours = _driver()
        if ours and isinstance(self._driver, ours):
            self._driver.hang_up()

    def action_help_quit(self) -> None:
        """What ctrl+c means to many: say how to leave."""
        self.main_screen.context.say(self.main_screen.context.keyed("{main.quit|ctrl+q} leaves Broadsheet."))

    def action_suspend_process(self) -> None:
        """Go to the shell; `fg` there comes back."""
        if has_shell():
            super().action_suspend_process()
        else:
            leaves = self.main_screen.context.keyed("{main.quit|ctrl+q} leaves Broadsheet.")
            self.main_screen.context.say(f"There is no shell to go to from here; {leaves}")

    @on(Driver.SignalResume)
    def _drawn_anew(self) -> None:
        """Back from a stop: the terminal shows what the shell has left there."""
        self.refresh(layout=True)

    async def on_event(self, event: events.Event) -> None:
        """A key's command is done before the next key is looked at: what is typed behind one that opens a line or a
        dialog belongs there, however fast it comes. Textual sends all of a burst to the pane that has the keys now.
        """
        if self._exit and isinstance(event, events.InputEvent):
            return  # there is no screen any more that it could be for
        if await self._is_typed_ahead(event):
            return
        if isinstance(event, events.Key) and not event.is_forwarded and self._takes_commands():
            self.app_focus = True
            pane = self.focused
            await self._command(event.key)
            if event.key == "enter" and pane is not None:
                await self._answered(pane)
            if not self._begun:
                self.main_screen.article_list.key_done(event.key)
                if self.screen is not self.main_screen and (done := getattr(self.focused, "key_done", None)):
                    done(event.key)
        else:
            self._begun = "" if isinstance(event, events.Key) else self._begun
            if isinstance(event, events.MouseEvent) and not event.is_forwarded:
                await self._pointed(event)
                return
            line = self._line_led_out_of(event)
            if line:  # what was typed before is to be heard first by what stands round the line
                await self._answered(line)
            await super().on_event(event)
            if line:
                await self._answered(line)

    async def _pointed(self, event: events.MouseEvent) -> None:
        """What the mouse does takes the keys from no pane without giving them to another: Textual lets nobody have
        them where it is on nothing, as beyond the edge of a screen that has become smaller.
        """
        if isinstance(event, events.MouseDown) and self._is_gone_at(event.x, event.y):
            return
        screen, pane = self.screen, self.focused
        await super().on_event(event)
        if pane is not None and screen.focused is None:
            screen.set_focus(pane, scroll_visible=False)

    def _is_gone_at(self, x: int, y: int) -> bool:
        """Whether what is drawn there has been taken away, and the place not drawn anew yet."""
        widget, _ = self.screen.get_widget_and_offset_at(x, y)
        return widget is not None and not widget.is_attached

    def _line_led_out_of(self, event: events.Event) -> Input | None:
        """The line that has the keys, where this one may close it, or is for what stands round it."""
        line = self.focused if isinstance(event, events.Key) and not event.is_forwarded else None
        if not isinstance(line, Input) or not isinstance(event, events.Key):
            return None
        bound = None if event.is_printable else self.screen.active_bindings.get(event.key)
        return line if event.key in _LEADS_OUT or (bound and bound.node is not line) else None

    async def _answered(self, pane: Widget) -> None:
        """Let a key do what it does that may open an article, or close a line or a dialog: what is typed behind it
        belongs there.

        The pane or line hears the key, then its own message, which goes up to the screen; what takes long there is not
        waited for.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSED_WITHIN):
                for node in (pane, pane, *pane.ancestors):
                    heard = asyncio.Event()
                    if node is not self and node.call_later(heard.set):
                        await heard.wait()

    async def _command(self, key: str) -> None:
        """Do what a key, or a sequence that it ends, is for; one that begins a sequence waits for the next key."""
        begun, self._begun = self._begun, ""
        if begun:
            self.main_screen.context.say("")
            if await self._check_bindings(f"{begun} {key}") or key == "escape":
                return
        if self.keymap.begins(key):
            self._begun = key
            self.main_screen.context.say(f"{names(key)} …")
        elif not await self._check_bindings(key, priority=True):
            await self._check_bindings(key)

    def _takes_commands(self) -> bool:
        """Whether keys are commands: no pane of such a screen has a use for a key beside its bindings."""
        takes = self.screen is self.main_screen or getattr(self.screen, "takes_commands", False)
        return takes and self.screen.is_mounted and not isinstance(self.focused, Input)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """What a key asks for; a library that cannot answer is told of, and reading goes on."""
        with self.main_screen.context.telling():
            return await super().run_action(action, default_namespace, namespaces)
        return True

    def watch_title(self, title: str) -> None:
        """The window's title tells of news; while there is none it is the terminal's own."""
        ours = _driver()
        if ours and isinstance(self._driver, ours):
            self._driver.entitle("" if title == self.TITLE else title)

    async def _is_typed_ahead(self, event: events.Event) -> bool:
        """Whether something was typed before there is a screen for it, and waits; what waited goes before the rest."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            return False
        if self.main_screen.is_mounted:
            await self._hear_what_was_typed_ahead()
            return False
        is_enter = isinstance(event, events.Key) and event.key == "ctrl+j"  # what a terminal in lines makes of it
        self._ahead.append(events.Key("enter", "\r") if is_enter else event)
        return True

    async def _hear_what_was_typed_ahead(self) -> None:
        """Do what was typed before there was a screen for it, in its order."""
        ahead, self._ahead = self._ahead, []
        for event in ahead:
            await self.on_event(event)

    async def on_ready(self) -> None:
        """Where the theme goes by the terminal, ask that for its background: it may have changed since it last told.

        Where pictures are wanted, ask whether it draws them. What was typed meanwhile is done then.
        """
        if self._shows_pictures and self._terminal_pictures:
            self._terminal_pictures.ask()
        ours = _driver()
        if ours and isinstance(self._driver, ours) and self._goes_by_terminal():
            self._driver.ask_background()
        await self._hear_what_was_typed_ahead()

    @on(BackgroundTold)
    def _background_told(self, told: BackgroundTold) -> None:
        """Day on light paper, night on dark; remembered for the first paint of the next start."""
        background = "light" if told.light else "dark"
        if background != self._library.setting(*BACKGROUND):
            self.main_screen.writing.write(lambda: self._library.set_setting(BACKGROUND.name, background))
        self._told_background = background
        if self._goes_by_terminal():
            self.theme = self._chosen_theme()

    def watch_theme(self, before: str, chosen: str) -> None:
        """Keep the theme the reader chooses."""
        if self.is_running and before != chosen != self._chosen_theme():
            notice = self.main_screen.context.at_next_start(THEME).strip()
            self.main_screen.writing.write(lambda: self._library.set_setting(THEME.kept, chosen), notice=notice)

    def _chosen_theme(self, name: str = "") -> str:
        """The theme of that name, made ready, or the one the reader chose; a terminal of few colours gets its own."""
        if not name and self._is_plain():
            return PLAIN_THEME
        chosen = name or self.main_screen.context.setting(THEME)
        if chosen in COLOURS or (chosen != "auto" and self._made_ready(chosen)):
            return chosen
        told = self._told_background or self._library.setting(*BACKGROUND)
        light = told == "light" if told else _light(os.environ.get("COLORFGBG", ""))
        return "day" if light else DEFAULT_THEME

    def _made_ready(self, name: str) -> bool:
        """Whether there is such a theme: Textual's, or in a file of the reader's own."""
        if name in TEXTUAL_THEMES:
            from tui.typeset.theme_colours import textual_colours

            colours = textual_colours(name)
        else:
            from tui.config.theme_file import own_theme
            from tui.typeset.theme_colours import mixed

            own = own_theme(self.main_screen.context.config.path, name)
            if own is None:
                return False
            colours = mixed(dict(own.colours), dark=own.dark)
        before, theme = self.available_themes.get(name), with_theme(name, colours)
        self.register_theme(theme)
        if name == self.theme and before != theme and self.is_running:
            self.mutate_reactive(Broadsheet.theme)  # the name alone tells of no change
        return True

    def _is_plain(self) -> bool:
        return self.no_color or self.console.color_system in {None, "standard"}

    def _goes_by_terminal(self) -> bool:
        """Whether day or night is as the terminal has it."""
        return not self._is_plain() and self.main_screen.context.setting(THEME) == "auto"


def run(home: Path | str | None = None) -> int:
    """Open the library at `home` and read until it is left; the exit code."""
    return asyncio.run(_read(home))


async def _read(home: Path | str | None) -> int:
    async with open_library(home, hurried=True) as library:
        app = Broadsheet(library, driver=_driver(), config=ConfigFile(config_path(places(home).config)))
        with leaving(app.end, app.hang_up) as ending:
            try:
                await app.run_async()
            finally:
                await app.main_screen.put_away()
        if lost := app.main_screen.writing.waiting:
            from tui.cli.output import complain

            things = "1 thing you did was" if lost == 1 else f"{lost} things you did were"
            complain(f"Another program is writing to the library; {things} not kept.")
            return app.return_code or ending.exit_code or 1
        return app.return_code or ending.exit_code


def _driver() -> type[TerminalDriver] | None:
    """The driver of this system's terminals; Textual's own where ours does not run."""
    if sys.platform == "win32":
        return None
    from tui.driver import TerminalDriver

    return TerminalDriver


def _light(colours: str) -> bool:
    """Whether COLORFGBG ("0;15": foreground;background of sixteen) tells of a light terminal."""
    ground = colours.rpartition(";")[2]
    return ground.isdigit() and int(ground) in {7, 15}
