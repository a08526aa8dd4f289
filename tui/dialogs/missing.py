"""What the page of an article holds beside its text: what is taken is part of the story, there and on all its site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cache.site import SiteRule
from tui.dialogs.picker import Picker
from tui.panes.choices import Choice

if TYPE_CHECKING:
    from fetch.passages import DroppedPassage

MOST_OFFERED = 40
"""Passages that are offered: the nearest to where the reader is."""
_KEYS = "enter: part of the story, here and on its site · esc closes"


class MissingDialog(Picker[SiteRule]):
    """The passages of a page beside the text, in their order; the highlight is on the nearest one behind `place`."""

    def __init__(self, host: str, passages: Sequence[DroppedPassage], place: int = 0) -> None:
        super().__init__("Missing", "A word of the passage", label=60)
        near = nearest(passages, place)
        offers = [(at, *offered) for at, passage in enumerate(near) for offered in rules_of(host, passage)]
        self._offered = [(choice, rule) for _, choice, rule in offers]
        first = next((at for at, passage in enumerate(near) if passage.before >= place), len(near) - 1)
        self._in_view = next(n for n, (at, *_) in enumerate(offers) if at == first)

    def on_mount(self) -> None:
        """Offer the passages, the highlight on the nearest one."""
        choices = [choice for choice, _ in self._offered]
        self.offer(choices, _KEYS)
        self.choices.offer(choices, self._in_view)

    def take(self, at: int) -> None:
        """A passage was taken, or its place or words alone."""
        self.leave(self._offered[at][1])


def nearest(passages: Sequence[DroppedPassage], place: int) -> list[DroppedPassage]:
    """The nearest passages to a place in the text, in the order of the page."""
    by_distance = sorted(range(len(passages)), key=lambda at: abs(passages[at].before - place))
    return [passages[at] for at in sorted(by_distance[:MOST_OFFERED])]


def rules_of(host: str, passage: DroppedPassage) -> Iterator[tuple[Choice, SiteRule]]:
    """What can be taken of a passage: itself, by its place where that tells it; then its words alone, too."""
    words = SiteRule(host, passage.text, kept=True)
    if passage.place:
        yield Choice(passage.text, also=passage.place), SiteRule(host, passage.place, "place", kept=True)
        yield Choice("  these words alone, not all in its place", also=passage.text), words
    else:
        yield Choice(passage.text), words
