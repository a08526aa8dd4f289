"""What there is to know of something highlighted elsewhere: a few lines at the foot of a page."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from tui.panes.base import Pane, draw
from tui.typeset.line import BLANK, line
from tui.typeset.wrap import clip, wrap


class Facts(Pane):
    """Facts, each on a line as far as that goes, and advice, which goes before them where there are few lines."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__("facts")
        self._facts: Sequence[str] = ()
        self._advice = ""
        self._lines: list[str] | None = None

    def show(self, facts: Sequence[str], advice: str = "") -> None:
        """Show these."""
        if (facts, advice) != (self._facts, self._advice):
            self._facts, self._advice, self._lines = facts, advice, None
            self.refresh()

    def on_resize(self) -> None:
        """Lines are broken anew for another width."""
        self._lines = None
        self.refresh()

    def line_at(self, at: int, rail: str) -> Strip:
        """The line `at` of the page."""
        if self._lines is None:
            self._lines = self._broken()
        text = self._lines[at] if at < len(self._lines) else ""
        return draw(line(f" {text}", "meta") if text else BLANK, self.size.width, self.role_styles)

    def _broken(self) -> list[str]:
        width = max(1, self.size.width - 2)
        advice = wrap(self._advice, width) if self._advice else []
        kept = max(0, self.size.height - len(advice))
        return [*(clip(fact, width) for fact in (self._facts[-kept:] if kept else ())), *advice]
