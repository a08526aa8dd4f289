"""A picture on a screen of its own, as large as that is; caption and credit below it are text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.strip import Strip

from tui.bindings import SUSPEND
from tui.dialogs.dialog import SHEET
from tui.keymap import keymap_of
from tui.panes.base import Pane, draw
from tui.panes.pictures import PicturePainter
from tui.typeset.line import BLANK, Line, Run, line
from tui.typeset.picture_place import PictureRow, enlarged
from tui.typeset.wrap import clip, wrap

if TYPE_CHECKING:
    from cache.found import KeptPicture
    from fetch.article import Figure

_KEYS = "{picture.next|n} next · {picture.before|N} before · {picture.close|escape} back"
_KEYS_OF_ONE = "{picture.close|escape} back"
_LAST, _FIRST = "no further one · ", "none before it · "
_WORDS_AT_MOST = 3  # one part in so many of the lines


def _key(keys: str, action: str, name: str, tooltip: str, *, key_id: str) -> Binding:
    return Binding(keys, action, name, id=f"picture.{key_id}", tooltip=tooltip)


class PicturePage(Screen[None]):
    """One of some pictures at a time."""

    CSS_PATH = SHEET
    takes_commands = True
    BINDINGS: ClassVar[list[BindingType]] = [
        SUSPEND,
        _key("escape,q,I", "close", "Close", "Back to the article", key_id="close"),
        _key("n,space,right,l,down,j", "go(1)", "Next", "The next picture of the article", key_id="next"),
        _key("N,left,h,up,k", "go(-1)", "Before", "The picture before", key_id="before"),
    ]

    def __init__(self, pictures: Sequence[tuple[Figure, KeptPicture]], at: int) -> None:
        super().__init__()
        self._pane = PicturePane(pictures, at)

    def compose(self) -> ComposeResult:
        """The picture alone."""
        yield self._pane

    def action_close(self) -> None:
        """Back to the article."""
        if self.is_active:
            self.dismiss()

    def action_go(self, by: int) -> None:
        """To another picture."""
        self._pane.go(by)

    def action_suspend_process(self) -> None:
        """Go to the shell, from here too."""
        self.app.action_suspend_process()


class PicturePane(Pane):
    """A picture in the middle of its lines; below it its words, and on the last line which one it is, and the keys."""

    can_focus = False

    def __init__(self, pictures: Sequence[tuple[Figure, KeptPicture]], at: int) -> None:
        super().__init__("picture")
        self._pictures = pictures
        self._at = at
        self._painter = PicturePainter(self, self.refresh)
        self._lines: list[Line] = []
        self._laid_for: tuple[int, int, int] | None = None
        self._said = ""

    def go(self, by: int) -> None:
        """To another picture; where there is none in that direction, the last line says so."""
        to = min(max(0, self._at + by), len(self._pictures) - 1)
        self._said = "" if to != self._at else _LAST if by > 0 else _FIRST
        self._at, self._laid_for = to, None
        self.refresh()

    def line_at(self, at: int, rail: str) -> Strip:
        """The line `at` of the page."""
        if self._laid_for != (self._at, *self.size):
            self._lines, self._laid_for = self._laid(), (self._at, *self.size)
        laid = self._lines[at] if at < len(self._lines) else BLANK
        place = laid.picture.place if laid.picture else None
        margin = max(0, (self.size.width - place.columns) // 2) if place else min(1, self.size.width - 1)
        strip = draw(laid, self.size.width, self.role_styles, margin=margin)
        return self._painter.strip(laid.picture, strip, margin) if laid.picture else strip

    def _laid(self) -> list[Line]:
        figure, kept = self._pictures[self._at]
        width, height = self.size
        words = self._words(figure, max(1, width - 2), max(1, height // _WORDS_AT_MOST))
        room = height - len(words) - 1
        picture: list[Line] = []
        if room > 0:
            place = enlarged(kept.path, (kept.width, kept.height), width, room)
            blank = (Run(" " * place.columns, "picture"),)
            picture = [Line(blank, picture=PictureRow(place, row)) for row in range(place.rows)]
        above = [BLANK] * ((room - len(picture)) // 2)
        below = [BLANK] * (room - len(picture) - len(above))
        return [*above, *picture, *below, *words, self._last_line(width - 2)]

    def _words(self, figure: Figure, width: int, most: int) -> list[Line]:
        """Caption and credit in so many lines at most; what is cut stands in the article."""
        credit = [line(clip(figure.credit, width), "credit")] if figure.credit and most > 1 else []
        caption = wrap(figure.caption or figure.alt or "Picture without a caption.", width)
        kept = caption[: max(1, most - len(credit))]
        if len(kept) < len(caption):
            kept[-1] = clip(f"{kept[-1]} {caption[len(kept)]}", width)
        return [*(line(text, "caption") for text in kept), *credit]

    def _last_line(self, width: int) -> Line:
        number = len(self._pictures)
        keys = keymap_of(self.app).said(_KEYS if number > 1 and not self._said else _KEYS_OF_ONE)
        which = f"{self._at + 1} of {number} · " if number > 1 else ""
        return line(clip(f"{which}{self._said}{keys}", max(1, width)), "meta")
