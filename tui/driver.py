"""The driver of the terminal: Textual's own, made to survive what shells, signals and closed windows do to it."""

from __future__ import annotations

import fcntl
import os
import selectors
import struct
import sys
import termios
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

from tui.keymap import keymap_of
from tui.terminal_input import BACKGROUND_QUESTION, PICTURE_QUESTION, TerminalInput

if TYPE_CHECKING:
    from textual.app import App


_KEEP_TITLE, _OWN_TITLE = "\x1b[22;2t", "\x1b[23;2t"
"""The terminal is to remember the title of its window, and to put it back (XTWINOPS)."""


class TerminalOutput:
    """Standard output for the thread that draws, which must not end before its program: all else waits for it."""

    def __init__(self) -> None:
        assert sys.__stdout__ is not None
        self._file = sys.__stdout__
        if isinstance(self._file, TextIOWrapper):
            self._file.reconfigure(errors="replace")  # a locale may lack letters, and a title is not ours

    def write(self, text: str) -> None:
        """Write, to nowhere where the terminal is gone."""
        with self._or_nowhere():
            self._file.write(text)

    def flush(self) -> None:
        """Bring what was written to the terminal."""
        with self._or_nowhere():
            self._file.flush()

    def fileno(self) -> int:
        """The descriptor of standard output."""
        return self._file.fileno()

    def hang_up(self) -> None:
        """From now on write to nowhere."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._file.fileno())
        os.close(nowhere)

    @contextmanager
    def _or_nowhere(self) -> Iterator[None]:
        try:
            yield
        except OSError:  # a window that was closed says so to whoever writes sooner than SIGHUP is heard
            self.hang_up()


class TerminalDriver(LinuxDriver):
    """Draws on standard output, which is known to be a terminal; stderr may be anything."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._output = TerminalOutput()
        self._entitled = False
        self._pictures: dict[int, str] = {}
        self._input = TerminalInput(lambda key: keymap_of(app).has(key))
        self._file = self._output  # type: ignore[assignment]  # what it is used for, this one has

    def hang_up(self) -> None:
        """Where the terminal is gone, write to nowhere: what waits to be written would wait forever."""
        if not _answers(self.fileno):
            self._output.hang_up()

    def entitle(self, title: str) -> None:
        """Give the window a title; with "" it has again what it had."""
        if title and not self._entitled:
            self.write(_KEEP_TITLE)
        if title or self._entitled:
            self.write(f"\x1b]2;{title}\x1b\\" if title else _OWN_TITLE)
            self.flush()
        self._entitled = bool(title)

    def ask_background(self) -> None:
        """Ask the terminal for its background; the answer, if there is one, comes as BackgroundTold."""
        self._input.expect_answer()
        self.write(BACKGROUND_QUESTION)
        self.flush()

    def ask_pictures(self) -> None:
        """Ask the terminal what it can, and how large its cells are; the answer comes as TerminalTold."""
        self._input.expect_answer(2)
        self.write(PICTURE_QUESTION)
        self.flush()

    @property
    def cell(self) -> tuple[int, int]:
        """The width and height of a cell in pixels, as the system knows it; (0, 0) where it does not."""
        try:
            rows, columns, width, height = struct.unpack("HHHH", fcntl.ioctl(self.fileno, termios.TIOCGWINSZ, bytes(8)))
        except OSError:
            return 0, 0
        return (width // columns, height // rows) if rows and columns else (0, 0)

    def keep_picture(self, number: int, message: str) -> None:
        """Send a picture to a terminal that keeps it under a number, until it is dropped or the terminal given back."""
        self._pictures[number] = message
        self.write(message)

    def drop_picture(self, number: int) -> None:
        """Have the terminal forget a picture."""
        if self._pictures.pop(number, ""):
            self._withdraw([number])

    def _withdraw(self, numbers: Iterable[int]) -> None:
        from tui.typeset.kitty import forgotten

        for number in numbers:
            self.write(forgotten(number))

    def start_application_mode(self) -> None:
        """Take the terminal, and give it again the pictures that it had, as when the reader comes back from a shell."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        for message in self._pictures.values():
            self.write(message)

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was, with its title and without our pictures."""
        self.entitle("")
        if self._pictures:
            self._withdraw(self._pictures)
        super().stop_application_mode()

    def _sigcont_application(self, *_: object) -> None:
        """Go on after a stop, whoever stopped us: the shell has set the terminal for itself meanwhile."""
        if not self._auto_restart or not _answers(self.fileno):
            return
        if not self._must_signal_resume:  # stopped without being asked: what runs would run twice
            self.suspend_application_mode()
            self._must_signal_resume = True
        self.resume_application_mode()

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except OSError:  # the terminal is gone; SIGHUP says so to the app, which leaves
            return

    def run_input_thread(self) -> None:
        """Hands on what is typed, until it is told to leave off or the terminal has ended."""
        typed = self._input
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(typed.next_tick):
                    received = os.read(self.fileno, 1 << 16)
                    if not received:
                        return
                    for event in typed.feed(received):
                        self.process_message(event)
                for event in typed.tick():
                    self.process_message(event)


def _answers(terminal: int) -> bool:
    """Whether the terminal is still there: the end of one is told by SIGHUP with SIGCONT behind it."""
    try:
        termios.tcgetattr(terminal)
    except termios.error:
        return False
    return True
