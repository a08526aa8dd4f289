"""What the terminal shows pictures by, as far as it is known: Kitty by its name, sixels by what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from tui.typeset.kitty import shows_placeholders
from tui.typeset.sixel import SIXEL, may_show_sixels

if TYPE_CHECKING:
    from tui.messages import TerminalTold
    from tui.panes.picture_terminals import KittyPictures, PictureTerminal, SixelPictures

_CELL = range(2, 200)
"""Pixels of a side of a cell that are believed."""


class PictureDriver(Protocol):
    """What is asked of the driver of a terminal."""

    @property
    def cell(self) -> tuple[int, int]:
        """The width and height of a cell in pixels, (0, 0) where they are not known."""

    def ask_pictures(self) -> None:
        """Ask the terminal what it can."""

    def keep_picture(self, number: int, message: str) -> None:
        """Send a picture, which the terminal keeps."""

    def drop_picture(self, number: int) -> None:
        """Have the terminal forget it."""


class TerminalPictures:
    """Finds out how one terminal shows pictures; asks it once, and again when its size changes.

    `anywhere` says whether the reader wants them over SSH as anywhere else.
    """

    def __init__(
        self, driver: PictureDriver, environment: Mapping[str, str], anywhere: Callable[[], bool] = lambda: False
    ) -> None:
        self._driver = driver
        self._environment = environment
        self._anywhere = anywhere
        self._placeholders = shows_placeholders(environment)
        self._asked = False
        self._kitty: KittyPictures | None = None
        self._sixels: SixelPictures | None = None

    def now(self, *, many_colours: bool) -> PictureTerminal | None:
        """What shows pictures whole as far as is known; None for half blocks. Kitty's go by colours of many."""
        from tui.panes.picture_terminals import KittyPictures

        if self._placeholders and many_colours and self._kitty is None:
            self._kitty = KittyPictures(self._driver.keep_picture, self._driver.drop_picture)
        if not self._asked:
            self.ask()
        return self._kitty or (self._sixels if self._may_ask else None)

    @property
    def _may_ask(self) -> bool:
        return not self._placeholders and may_show_sixels(self._environment, over_ssh=self._anywhere())

    def ask(self) -> None:
        """Ask the terminal; the answer comes as TerminalTold."""
        if self._may_ask:
            self._asked = True
            self._driver.ask_pictures()

    def resized(self) -> None:
        """Its cells may be of another size."""
        if self._asked:
            self.ask()

    def told(self, told: TerminalTold) -> bool:
        """Takes an answer; whether pictures are shown otherwise from now on."""
        cell = told.cell if all(told.cell) else self._driver.cell
        draws = self._may_ask and SIXEL in told.attributes and all(side in _CELL for side in cell)
        before = self._sixels.cell if self._sixels else None
        if before == (cell if draws else None):
            return False
        from tui.panes.picture_terminals import SixelPictures

        self._sixels = SixelPictures(cell) if draws else None
        return True
