"""What is highlighted in the open article, to go there or to take it away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tui.dialogs.picker import Picker
from tui.panes.choices import Choice

if TYPE_CHECKING:
    from cache.highlight import Highlight

_KEYS = "enter goes there · {highlights.withdraw|ctrl+r} takes it away · esc closes"


class HighlightsDialog(Picker["Highlight | list[Highlight]"]):
    """The highlights of an article in the order of its text; it is left with the one taken, or those to take away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "withdraw", "Take away", id="highlights.withdraw", tooltip="Highlight these words no longer"),
    ]

    def __init__(self, highlights: Sequence[Highlight]) -> None:
        super().__init__("Highlights", "A word of it, or of your note", label=48)
        self._highlights = highlights

    def on_mount(self) -> None:
        """Offer them."""
        self.offer([_choice(each) for each in self._highlights], self.keymap.said(_KEYS))

    def action_withdraw(self) -> None:
        """Leave with the one that is marked, to take away."""
        if self._shown:
            self.leave([self._highlights[self._shown[self.choices.index]]])

    def take(self, at: int) -> None:
        """Leave with the one to go to."""
        self.leave(self._highlights[at])


def _choice(highlight: Highlight) -> Choice:
    said = " ".join(highlight.text.split())
    return Choice(said, highlight.note, mark=_state(highlight))


def _state(highlight: Highlight) -> str:
    """What has become of its words."""
    if highlight.place is None:
        return "no longer in the text"
    return "edited since" if highlight.place.edited else ""
