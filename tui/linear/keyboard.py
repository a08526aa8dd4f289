"""Keys and lines from a terminal that shows only what it is sent: no echo but of a line that is asked for."""

from __future__ import annotations

import asyncio
import os
import signal
import termios
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import Any

from fetch.text import clean_run, drawable
from tui.linear.key_decoder import CLOSED, KeyDecoder, key_name
from tui.linear.typed_line import TypedLine
from tui.signals import has_shell

_UNFINISHED = 0.1  # seconds that the rest of a sequence may take on a slow line
_STUCK = 2.0  # seconds that the rest of a paste may take
_PASTES, _NO_PASTES = "\x1b[?2004h", "\x1b[?2004l"  # a paste is to come between marks, so that it is no row of keys


class Keyboard:
    """Reads a terminal's keys while it is `open`, one at a time and in their order, each under Textual's name."""

    def __init__(self, terminal: int, write: Callable[[str], None], *, marks_pastes: bool = False) -> None:
        """`write` shows what is typed into a line; `marks_pastes`: the terminal can tell a paste from typing."""
        self._terminal = terminal
        self._write = write
        self._decoder = KeyDecoder()
        self._typed: deque[str] = deque()
        self._arrived = asyncio.Event()
        self._late: asyncio.TimerHandle | None = None
        self._modes: list[Any] = []
        self.is_closed = False
        """Whether the terminal is gone, or to be left, whatever is still to be read before that."""
        self._marks_pastes = marks_pastes

    @contextmanager
    def open(self) -> Iterator[Keyboard]:
        """The terminal gives each key at once while this lasts; it is left as it was found, to a shell between, too."""
        loop = asyncio.get_running_loop()
        self._modes = termios.tcgetattr(self._terminal)
        self._each_key()
        loop.add_reader(self._terminal, self._readable)
        loop.add_signal_handler(signal.SIGTSTP, self._stopped)
        loop.add_signal_handler(signal.SIGCONT, self._each_key)  # whoever stopped us, the shell had the terminal
        try:
            yield self
        finally:
            loop.remove_signal_handler(signal.SIGCONT)
            loop.remove_signal_handler(signal.SIGTSTP)
            loop.remove_reader(self._terminal)
            self._as_found()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """While this lasts, another program has the terminal."""
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._terminal)
        self._as_found()
        try:
            yield
        finally:
            self._each_key()
            loop.add_reader(self._terminal, self._readable)

    async def key(self) -> str:
        """The next key: a character's or a key's name as Textual has it, CLOSED when the terminal is gone."""
        return key_name(await self._next())

    async def line(self, question: str) -> str | None:
        """What is typed until enter; None when escape gives it up."""
        typed = TypedLine(drawable(question), get_terminal_size().columns)
        self._write(typed.begin())
        while (key := await self._next()) not in ("\r", "\n"):
            if key in ("\x1b", CLOSED):
                self._write("\n")
                self.put_back([CLOSED] if key == CLOSED else [])
                return None
            self._write(typed.take(key))
        self._write("\n")
        return clean_run(typed.text).strip()

    def copy(self, text: str) -> None:
        """Have the terminal put a text on the clipboard (OSC 52); where it is one that can."""
        coded = b64encode(text.encode("utf-8", "replace")).decode()
        self._write(f"\x1b]52;c;{coded}\x07")

    def close(self) -> None:
        """Say after all that was typed that the terminal is gone, or is to be left."""
        self.is_closed = True
        self._typed.append(CLOSED)
        self._arrived.set()

    def put_back(self, keys: list[str]) -> None:
        """What was read too early is read next."""
        self._typed.extendleft(reversed(keys))
        self._arrived.set()

    async def escaped(self) -> bool:
        """Whether escape is the next key, which is then done with, or the terminal is gone."""
        await asyncio.sleep(0)  # what has come is to be read first
        if self._typed and self._typed[0] == "\x1b":
            self._typed.popleft()
            return True
        return self.is_closed

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
        except BlockingIOError:  # somebody else who has the terminal made it so, and was faster
            return
        except OSError:
            content = b""
        if self._late:
            self._late.cancel()
        if not content:
            asyncio.get_running_loop().remove_reader(self._terminal)
            self.close()
        self._typed.extend(self._decoder.feed(content))
        if self._decoder.waiting:
            patience = _STUCK if self._decoder.pasting else _UNFINISHED
            self._late = asyncio.get_running_loop().call_later(patience, self._finish)
        self._arrived.set()

    def _finish(self) -> None:
        """What has begun has no rest."""
        self._typed.extend(self._decoder.finish())
        self._arrived.set()

    def _each_key(self) -> None:
        try:
            modes = termios.tcgetattr(self._terminal)
            modes[3] &= ~(termios.ICANON | termios.ECHO)
            modes[0] &= ~termios.IXON  # else ctrl+q and ctrl+s are the terminal's own
            termios.tcsetattr(self._terminal, termios.TCSADRAIN, modes)
        except termios.error:  # it is gone, which its keys tell
            return
        self._write(_PASTES if self._marks_pastes else "")

    def _as_found(self) -> None:
        self._write(_NO_PASTES if self._marks_pastes else "")
        try:
            termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._modes)
        except termios.error:  # it is gone
            return

    def _stopped(self) -> None:
        """ctrl+z: the shell gets its terminal; once it lets us go on, SIGCONT comes. Without one nobody would."""
        if has_shell():
            self._as_found()
            os.kill(os.getpid(), signal.SIGSTOP)
