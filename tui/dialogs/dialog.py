"""What lies over the main screen: dialogs, with the main screen dimmed behind them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.color import Color
from textual.content import Content
from textual.geometry import Size
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from fetch.text import drawable
from tui.bindings import SUSPEND
from tui.keymap import Keymap, keymap_of
from tui.panes.base import plain
from tui.typeset.cells import as_drawn

T = TypeVar("T")
SHEET = Path(__file__).with_name("dialogs.tcss")


class Dialog(ModalScreen[T]):
    """A box over the main screen; what it is left with goes to whoever opened it."""

    CSS_PATH = SHEET
    BINDINGS: ClassVar[list[BindingType]] = [SUSPEND]
    takes_commands: ClassVar[bool] = False
    """Whether keys are commands while no line to type in has them: each is then done before the next is looked at."""

    @property
    def keymap(self) -> Keymap:
        """The keys that there are."""
        return keymap_of(self.app)

    def render(self) -> RenderableType:
        """The main screen, dimmed."""
        behind = super().render()
        return Dimmed(behind.screen, behind.color) if isinstance(behind, BackgroundScreen) else behind

    def leave(self, result: T | None = None) -> None:
        """Close with a result; what is asked twice, as by a key pressed twice, is done once."""
        if self.is_active:
            self.dismiss(result)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box closes it."""
        if not self.is_active or not self.region.contains(event.screen_x, event.screen_y):
            return  # it was clicked where the screen ends by now
        if self.get_widget_at(event.screen_x, event.screen_y)[0] is self:
            self.action_give_up()

    def action_suspend_process(self) -> None:
        """Go to the shell, from here too."""
        self.app.action_suspend_process()

    def action_give_up(self) -> None:
        """Close without a choice."""
        self.leave()


class Dimmed(BackgroundScreen):
    """The screen behind a dialog. A page has a dozen styles and hundreds of pieces: each style is dimmed once."""

    @classmethod
    def process_segments(cls, segments: Iterable[Segment], color: Color) -> Iterable[Segment]:
        """The pieces of the screen, tinted."""
        for segment in segments:
            yield segment if segment.control else Segment(segment.text, _dimmed(segment.style or Style.null(), color))


@lru_cache(maxsize=512)
def _dimmed(style: Style, tint: Color) -> Style:
    dimmed = next(iter(BackgroundScreen.process_segments([Segment("", style)], tint)))
    return dimmed.style or style


def plain_lines(text: str) -> Content:
    """Text of several lines for a dialog, each through the gate; never markup."""
    return Content("\n".join(as_drawn(drawable(line)) for line in text.split("\n")))


def fit(page: Screen[Any], size: Size) -> None:
    """Have a page laid out for a screen of this size from the start: found out later it costs a second layout."""
    for breakpoints, cells in ((page.HORIZONTAL_BREAKPOINTS, size.width), (page.VERTICAL_BREAKPOINTS, size.height)):
        page.add_class(next(name for least, name in reversed(breakpoints or []) if cells >= least))


def entitle(box: Widget, title: str) -> None:
    """Set a title into the upper rule of a dialog's box."""
    box.border_title = plain(title)


def tell(box: Widget, sentence: str) -> None:
    """Set a sentence into its lower rule."""
    box.border_subtitle = plain(sentence)
