"""Opening a file that a feed hands out with an entry: by the program that the system has for such files."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial

from cache.entry import Entry
from fetch.article import Enclosure
from fetch.enclosures import label_of
from tui.config.table import PLAYER
from tui.screen.browsing import opened_by
from tui.screen.context import ScreenContext

_PATIENCE = 5.0
"""Seconds that the desktop may take to name a program."""


class Enclosures:
    """Opens the files of the open article; `browse` opens an address in the web browser."""

    def __init__(
        self, context: ScreenContext, entry: Callable[[], Entry | None], browse: Callable[[str], None]
    ) -> None:
        self.context = context
        self._entry = entry
        self._browse = browse

    def open(self, href: str) -> bool:
        """Whether a link leads to a file of the open article, which is then opened."""
        entry = self._entry()
        file = next((each for each in entry.enclosures if each.url == href), None) if entry else None
        if file is None:
            return False
        self.context.start(partial(self._open, file), group="enclosure")
        return True

    async def _open(self, file: Enclosure) -> None:
        if _is_played(file) and await opened_by(self.context, PLAYER, file.url, label_of(file)):
            return
        command = await asyncio.to_thread(command_for, file)
        if not command:
            self._browse(file.url)
            return
        _start(command)
        self.context.say(f"Opened {label_of(file)}.")


def _is_played(file: Enclosure) -> bool:
    """Whether a player takes it: sound or film, at an address of the web."""
    return file.type.startswith(("audio/", "video/")) and file.url.startswith(("http://", "https://"))


def command_for(file: Enclosure) -> Sequence[str]:
    """The command that opens a file's address with the system's program for its type; empty where none is known."""
    if sys.platform == "win32" or not file.url.startswith(("http://", "https://")):
        return ()
    if sys.platform == "darwin":
        return ("open", file.url)
    if program := _program_of(file.type):
        return ("gtk-launch", program, file.url)
    return ("xdg-open", file.url) if shutil.which("xdg-open") else ()


def _program_of(media_type: str) -> str:
    """The desktop's program for a media type: an address alone would open the web browser."""
    if not media_type or not shutil.which("xdg-mime") or not shutil.which("gtk-launch"):
        return ""
    try:
        asked = subprocess.run(
            ["xdg-mime", "query", "default", media_type], capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    name = asked.stdout.strip()
    return name if name.endswith(".desktop") and "\n" not in name else ""


def _start(command: Sequence[str]) -> None:
    """Starts a program that goes on by itself, waits for nobody, and writes nothing on the screen."""
    nothing = subprocess.DEVNULL
    run = partial(subprocess.run, command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)
    threading.Thread(target=run, daemon=True).start()
