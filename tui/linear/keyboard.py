"""Keys and lines from a terminal that shows only what it is sent: no echo but of a line that is asked for."""

from __future__ import annotations

import asyncio
import codecs
import os
import re
import signal
import termios
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from fetch.text import clean_run, drawable
from tui.typeset.cells import cells

CLOSED = "closed"
"""The key of a terminal that is gone."""
_SEQUENCE = re.compile("\x1b(?:\\[[0-9;?<]*[@-Z\\\\-~]|O.)")
_BEGUN = re.compile("\x1b(?:\\[[0-9;?<]*|O)?")
_OF_SEQUENCE = {
    "A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end", "Z": "shift+tab",
    "1~": "home", "4~": "end", "5~": "pageup", "6~": "pagedown", "3~": "delete", "7~": "home", "8~": "end",
}  # fmt: skip
_OF_CONTROL = {"\r": "enter", "\n": "enter", "\t": "tab", "\x7f": "backspace", "\x08": "backspace", "\x1b": "escape"}
_NAMED = {"-": "minus", "+": "plus", "_": "underscore", "/": "slash", "\\": "backslash", "@": "at"}
"""Those of Textual's names of keys that are not Unicode's."""
_UNFINISHED = 0.1  # seconds that the rest of a sequence may take on a slow line
_LONGEST = 4_000  # characters of a line


class Keyboard:
    """Reads a terminal's keys while it is `open`, one at a time and in their order, each under Textual's name."""

    def __init__(self, terminal: int, write: Callable[[str], None]) -> None:
        """`write` shows what is typed into a line."""
        self._terminal = terminal
        self._write = write
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._typed: deque[str] = deque()
        self._pending = ""
        self._arrived = asyncio.Event()
        self._late: asyncio.TimerHandle | None = None
        self._modes: list[Any] = []

    @contextmanager
    def open(self) -> Iterator[Keyboard]:
        """The terminal gives each key at once while this lasts; it is left as it was found, to a shell between, too."""
        loop = asyncio.get_running_loop()
        self._modes = termios.tcgetattr(self._terminal)
        self._each_key()
        loop.add_reader(self._terminal, self._readable)
        loop.add_signal_handler(signal.SIGTSTP, self._stopped)
        try:
            yield self
        finally:
            loop.remove_signal_handler(signal.SIGTSTP)
            loop.remove_reader(self._terminal)
            self._as_found()

    async def key(self) -> str:
        """The next key: a character's or a key's name as Textual has it, CLOSED when the terminal is gone."""
        return _name(await self._next())

    async def line(self, question: str) -> str | None:
        """What is typed until enter; None when escape gives it up."""
        self._write(f"{drawable(question)}: ")
        typed: list[str] = []
        while (key := await self._next()) not in ("\r", "\n"):
            if key in ("\x1b", CLOSED):
                self._write("\n")
                self.put_back([CLOSED] if key == CLOSED else [])
                return None
            self._write(_edit(typed, key))
        self._write("\n")
        return clean_run("".join(typed)).strip()

    def close(self) -> None:
        """Say after all that was typed that the terminal is gone, or is to be left."""
        self._typed.append(CLOSED)
        self._arrived.set()

    def put_back(self, keys: list[str]) -> None:
        """What was read too early is read next."""
        self._typed.extendleft(reversed(keys))
        self._arrived.set()

    async def unless_escaped(self, work: asyncio.Task[Any]) -> bool:
        """Wait for work that escape ends; whether it came to its end. Other keys are kept for afterwards."""
        kept: list[str] = []
        while not work.done():
            asked = asyncio.ensure_future(self._next())
            await asyncio.wait((work, asked), return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                asked.cancel()
            elif asked.result() in ("\x1b", CLOSED):
                work.cancel()
                kept += [CLOSED] if asked.result() == CLOSED else []
                break
            else:
                kept.append(asked.result())
        self.put_back(kept)
        await asyncio.wait((work,))
        return not work.cancelled()

    async def _next(self) -> str:
        """The next character or sequence as it was typed."""
        while not self._typed:
            self._arrived.clear()
            await self._arrived.wait()
        return self._typed.popleft()

    def _readable(self) -> None:
        try:
            content = os.read(self._terminal, 1 << 16)
        except OSError:
            content = b""
        if self._late:
            self._late.cancel()
        if not content:
            asyncio.get_running_loop().remove_reader(self._terminal)
            self.close()
        self._pending += self._decoder.decode(content)
        self._split()
        if self._pending:
            self._late = asyncio.get_running_loop().call_later(_UNFINISHED, self._finish)
        self._arrived.set()

    def _split(self) -> None:
        """Keys out of what has come; the beginning of a sequence waits for its rest."""
        at, text = 0, self._pending
        while at < len(text) and not _BEGUN.fullmatch(text, at):
            found = _SEQUENCE.match(text, at)
            end = found.end() if found else at + 1
            self._typed.append(text[at:end])
            at = end
        self._pending = text[at:]

    def _finish(self) -> None:
        """What has no rest was a key of its own."""
        self._typed.extend(self._pending)
        self._pending = ""
        self._arrived.set()

    def _each_key(self) -> None:
        modes = termios.tcgetattr(self._terminal)
        modes[3] &= ~(termios.ICANON | termios.ECHO)
        modes[0] &= ~termios.IXON  # else ctrl+q and ctrl+s are the terminal's own
        termios.tcsetattr(self._terminal, termios.TCSADRAIN, modes)

    def _as_found(self) -> None:
        try:
            termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._modes)
        except termios.error:  # it is gone
            return

    def _stopped(self) -> None:
        """ctrl+z: the shell gets its terminal; once it lets us go on, keys come one by one again."""
        self._as_found()
        os.kill(os.getpid(), signal.SIGSTOP)
        self._each_key()


def _name(typed: str) -> str:
    if typed in (CLOSED, " "):
        return CLOSED if typed == CLOSED else "space"
    if typed in _OF_CONTROL:
        return _OF_CONTROL[typed]
    if typed[0] == "\x1b":
        return _OF_SEQUENCE.get(typed[2:], "") if len(typed) > 2 else "escape"
    if typed < " ":
        return f"ctrl+{chr(ord(typed) + 96)}"
    if typed.isalnum():
        return typed
    from unicodedata import name

    return _NAMED.get(typed) or name(typed, "").lower().replace("-", "_").replace(" ", "_")


def _edit(typed: list[str], key: str) -> str:
    """Takes a key into a line; what shows that."""
    if key in ("\x7f", "\x08"):
        gone = cells(typed.pop()) if typed else 0
        return "\b \b" * gone
    if key == "\x15":
        gone = cells("".join(typed))
        typed.clear()
        return "\b \b" * gone
    if key < " " or key[0] == "\x1b" or len(typed) >= _LONGEST or not (shown := clean_run(key)):
        return ""
    typed.append(key)
    return shown
