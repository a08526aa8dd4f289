"""The linear reader as a program: from the terminal as it was found to the terminal as it was found."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from cache.library import Library, open_library
from cache.paths import places
from fetch.text import drawable
from tui.config.config_file import ConfigFile, config_path
from tui.config.environment import Environment
from tui.config.table import DRAWN_IN, LANGUAGE
from tui.linear.commands import Commands
from tui.linear.desk import LinearDesk
from tui.linear.key_decoder import CLOSED
from tui.linear.keyboard import Keyboard
from tui.local_time import now
from tui.signals import leaving
from tui.typeset import wording
from tui.typeset.date_language import DATE_LANGUAGE
from tui.typeset.marks import Ascii, ascii_chosen, ascii_wanted
from tui.typeset.wrap import wrap


def run(home: Path | str | None = None) -> int:
    """Open the library at `home` and read until it is left; the exit code."""
    from tui.cli.output import prepare

    prepare()
    return asyncio.run(_read(home))


async def _read(home: Path | str | None) -> int:
    config = ConfigFile(config_path(places(home).config))
    environment = Environment()
    environment.apply(config.now)
    DATE_LANGUAGE.choose(config.now[LANGUAGE], os.environ)
    keyboard = Keyboard(sys.stdin.fileno(), _write, marks_pastes=os.environ.get("TERM", "dumb") != "dumb")
    async with open_library(home) as library:
        desk = LinearDesk(library, keyboard, partial(say, wanted=partial(_wanted, config)), config, now)
        commands = Commands(desk)

        async def end() -> None:
            keyboard.close()

        with leaving(end, _to_nowhere) as ending, keyboard.open():
            try:
                await _work(library, desk, commands, environment)
            finally:
                await commands.refreshing.put_away()
        return ending.exit_code


async def _work(library: Library, desk: LinearDesk, commands: Commands, environment: Environment) -> None:
    """Say where one is, then do what key after key is for."""
    desk.tell(desk.keyed(_greeting(library)))
    notice = library.status().notice
    for said in filter(None, (notice, *desk.config.now.problems)):
        desk.tell(said)
    desk.enter(desk.lister.views[0])
    await commands.refreshing.start()
    while not commands.left:
        key = await desk.keyboard.key()
        if notice and key != CLOSED:  # it was heard
            await desk.done(library.set_setting("notice", ""))
            notice = ""
        if desk.config.look():
            environment.apply(desk.config.now)
            DATE_LANGUAGE.choose(desk.config.now[LANGUAGE], os.environ)
            desk.lister.begin_anew()
            _tell_problems(desk)
        await desk.done(commands.quit() if key == CLOSED else commands.do(key))


def _tell_problems(desk: LinearDesk) -> None:
    for problem in desk.config.now.problems:
        desk.tell(problem)


def say(sentence: str, wanted: Callable[[], Ascii] = lambda: "") -> None:
    """Write one thing, on lines that break between words, and never over anything; in ASCII as far as is wanted."""
    from shutil import get_terminal_size

    from tui.typeset.ascii import in_ascii

    width = max(8, get_terminal_size().columns - 1)
    for line in wrap(drawable(sentence), width) or [""]:
        _write(f"{in_ascii(line, wanted())}\n")


def _wanted(config: ConfigFile) -> Ascii:
    """What is to be in ASCII, by the terminal and the settings as they now are."""
    return ascii_chosen(config[DRAWN_IN], ascii_wanted(os.environ))


def _greeting(library: Library) -> str:
    unread = wording.count(library.status().unread, "unread story", "unread stories")
    return f"Broadsheet. {unread}. {{main.help|question_mark}} says all keys."


def _write(text: str) -> None:
    try:
        os.set_blocking(sys.stdout.fileno(), True)  # who else has the terminal may have made it otherwise
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:  # the terminal is gone, which its keys tell
        _to_nowhere()


def _to_nowhere() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
