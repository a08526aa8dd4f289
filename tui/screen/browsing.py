"""Opening an address in the web browser, which is neither to draw on the reader's screen nor to hold it up."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial

from cache.entry import Entry
from fetch.text import drawable
from tui.config.kinds import ADDRESS, CommandWords
from tui.config.table import BROWSER, ConfigKey
from tui.screen.context import ScreenContext
from tui.typeset import wording

_ADDRESS = re.compile("https?://[!-~]+", re.IGNORECASE)
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
_PATIENCE = 10.0
"""Seconds until a program that has not said whether it opens an address is taken to do so."""


class Browsing:
    """Opens addresses; `suspended` leaves the terminal to a browser that needs it, for as long as that runs.

    `entry` gives the open article, `copy` puts a text on the clipboard.
    """

    def __init__(
        self,
        context: ScreenContext,
        suspended: Callable[[], AbstractContextManager[None]],
        entry: Callable[[], Entry | None],
        copy: Callable[[str], None],
    ) -> None:
        self.context = context
        self._entry = entry
        self._copy = copy
        self._suspended = suspended

    def open_article(self) -> None:
        """Open the address of the open article."""
        if entry := self._entry():
            self.open(entry.url)
        else:
            self.context.say("No article is open.")

    def copy_address(self) -> None:
        """Put the address of the open article on the clipboard."""
        if entry := self._entry():
            self.copy(drawable(entry.url), "The address is on the clipboard.")
        else:
            self.context.say("No article is open.")

    def copy(self, text: str, sentence: str) -> None:
        """Put a text on the clipboard, and say so, or that this terminal takes none."""
        self._copy(text)
        self.context.say_of_article(on_clipboard(sentence, os.environ))

    def open(self, url: str) -> None:
        """Open an address of the web, and say whether that could be done."""
        if is_of_the_web(url):
            self.context.say(f"Opening {wording.site(url)} …")
            self.context.start(partial(self._open, url), group="browser")
        else:
            self.context.say_of_article("This has no address that a browser opens.")

    async def _open(self, url: str) -> None:
        site = wording.site(url)
        if await opened_by(self.context, BROWSER, url, site):
            return
        command = await asyncio.to_thread(terminal_browser, url)
        opened = self._in_the_terminal(command) if command else await asyncio.to_thread(open_elsewhere, url)
        self.context.say(f"Opened {site} in the browser." if opened else f"There is no browser that opens {site}.")

    def _in_the_terminal(self, command: list[str]) -> bool:
        with self._suspended():
            try:
                return subprocess.run(command, check=False).returncode == 0
            except OSError:
                return False


async def opened_by(context: ScreenContext, key: ConfigKey[CommandWords], address: str, name: str) -> bool:
    """Whether the settings name a program for an address, which is then started on it; says how that went."""
    program = context.setting(key)
    if not program:
        return False
    if await asyncio.to_thread(start, program, address):
        context.say(f"Opened {name} by {program[0]}.")
    else:
        context.say(f"{program[0]} cannot be started; {key.key} in {context.config.path.name} names it.")
    return True


def on_clipboard(sentence: str, environment: Mapping[str, str]) -> str:
    """That something is on the clipboard, or that this terminal is known to take nothing for it (OSC 52)."""
    if takes_clipboard(environment):
        return sentence
    return "This terminal puts nothing on the clipboard; `broadsheet cite` prints what is cited."


def takes_clipboard(environment: Mapping[str, str]) -> bool:
    """Whether nothing is known of this terminal that would keep a text from its clipboard."""
    has_none = environment.get("TERM", "").partition("-")[0] in ("linux", "dumb")
    return not has_none and environment.get("TERM_PROGRAM", "") != "Apple_Terminal"


def is_of_the_web(url: str) -> bool:
    """Whether this is an address that a browser can be given."""
    return bool(_ADDRESS.fullmatch(url))


def start(program: CommandWords, address: str) -> bool:
    """Starts a program of the reader's on an address, apart and unheard, and waits for nobody; whether it began.

    No shell reads the words.
    """
    nothing = subprocess.DEVNULL
    words = [word.replace(ADDRESS, address) for word in program]
    try:
        started = subprocess.Popen(words, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)
    except (OSError, ValueError):
        return False
    threading.Thread(target=started.wait, daemon=True).start()
    return True


def terminal_browser(url: str) -> list[str]:
    """The command of the reader's browser, where that is one that runs in the terminal; empty for any other."""
    import webbrowser

    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return []
    if not isinstance(found, webbrowser.GenericBrowser) or isinstance(found, webbrowser.BackgroundBrowser):
        return []
    return [found.name, *(part.replace("%s", url) for part in found.args)]


def open_elsewhere(url: str) -> bool:
    """Has a process of its own open an address in a window: what the browser says is not to reach the terminal."""
    nothing = subprocess.DEVNULL
    command = [sys.executable, "-I", "-c", _OPEN, url]
    started = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)
    try:
        return started.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return True
