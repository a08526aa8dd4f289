"""The screen in ASCII: what Textual draws, borders too, changed line by line on its way to the terminal."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.panes.base import Closed
from tui.typeset.ascii import fitting, in_ascii
from tui.typeset.marks import Ascii


class AsciiFilter(LineFilter):
    """Draws signs, or all text, in ASCII, in the cells they had."""

    def __init__(self, wanted: Ascii) -> None:
        super().__init__()
        self._wanted = wanted

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line."""
        return [each if each.control else each._replace(text=self._plain(each.text)) for each in segments]

    def _plain(self, text: str) -> str:
        if not isinstance(text, Closed):
            return in_ascii(text, self._wanted)
        if self._wanted == "all":
            return fitting(in_ascii(text.over, self._wanted), len(text))
        return text


@lru_cache(maxsize=2)
def ascii_filter(wanted: Ascii) -> AsciiFilter:
    """The one filter for what is wanted: what it has drawn is remembered with it."""
    return AsciiFilter(wanted)
