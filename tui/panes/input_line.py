"""The line to type in, wherever there is one: what is typed, pasted or put there passes the gate."""

from __future__ import annotations

from textual.content import Content
from textual.events import Key, Paste
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from fetch.text import drawable
from tui.typeset.cells import as_drawn


class InputLine(Input):
    """Textual's line, whose value is safe to draw: a clipboard is foreign, and so is every string of a library."""

    LONGEST_PASTE = 10_000
    """Characters of what is pasted."""
    ALL_LINES = False
    """Whether all lines of what is pasted are taken, with spaces between, and not the first alone."""

    virtual_size = Reactive(Size(0, 0))
    """As Textual's, but no letter has the whole screen arranged anew: the line is as wide as it is."""

    def __init__(
        self,
        value: str = "",
        placeholder: str = "",
        *,
        title: str = "",
        input_id: str | None = None,
        select_on_focus: bool = True,
    ) -> None:
        placeholder = as_drawn(drawable(placeholder))
        super().__init__(drawable(value), placeholder, id=input_id, select_on_focus=select_on_focus)
        self._title = title
        self.border_title = Content(as_drawn(drawable(title)))

    async def on_key(self, event: Key) -> None:
        """A key that edits the line does so in its turn, and so does one that moves in a list below it or leads out.

        Textual has both go through the app, where letters and enter overtake them. A letter is the line's alone.
        """
        bound = self.screen.active_bindings.get(event.key)
        if not bound or not bound.enabled or (bound.node is not self and event.is_printable):
            return
        if await self.app.run_action(bound.binding.action, bound.node):
            event.stop()
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A single line has nowhere to scroll: the keys that would are for what stands round it."""
        return False if action.startswith(("scroll_", "page_")) else super().check_action(action, parameters)

    def validate_value(self, value: str) -> str:
        """Whatever sets the value."""
        return drawable(value)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put the text in the place of another; what is typed, pasted or deleted comes by here."""
        if len(text) > self.LONGEST_PASTE:
            self._tell_cut()
        start, end = sorted((max(0, start), min(len(self.value), end)))
        before = f"{self.value[:start]}{text[: self.LONGEST_PASTE]}"
        value = drawable(f"{before}{self.value[end:]}")
        if value != self.value or start != end:
            self.value = value
        self.cursor_position = min(len(drawable(before)), len(value))

    def on_paste(self, event: Paste) -> None:
        """Several lines were pasted: Textual's own way is the first of them alone."""
        lines = [line.strip() for line in event.text[: self.LONGEST_PASTE].splitlines()]
        if self.ALL_LINES and len(lines) > 1:
            if len(event.text) > self.LONGEST_PASTE:
                self._tell_cut()
            event.prevent_default()
            event.stop()
            self.replace(" ".join(filter(None, lines)), *self.selection)

    def _tell_cut(self) -> None:
        """Say above the line that not all that was pasted came into it."""
        told = f"{self._title} · cut to {self.LONGEST_PASTE:,} characters"
        self.border_title = Content(as_drawn(drawable(told)))


class LinesInOne(InputLine):
    """A line that takes all lines of what is pasted."""

    ALL_LINES = True
