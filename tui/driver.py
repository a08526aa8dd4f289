"""The driver of the terminal: Textual's own, made to survive what shells, signals and closed windows do to it."""

from __future__ import annotations

import os
import sys
import termios
from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.app import App


class TerminalDriver(LinuxDriver):
    """Draws on standard output, which is known to be a terminal; stderr may be anything."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        assert sys.__stdout__ is not None
        self._file = sys.__stdout__

    def hang_up(self) -> None:
        """Where the terminal is gone, write to nowhere: what waits to be written would wait forever."""
        if _answers(self.fileno):
            return
        assert sys.__stdout__ is not None
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.__stdout__.fileno())
        os.close(nowhere)

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


def _answers(terminal: int) -> bool:
    """Whether the terminal is still there: the end of one is told by SIGHUP with SIGCONT behind it."""
    try:
        termios.tcgetattr(terminal)
    except termios.error:
        return False
    return True
