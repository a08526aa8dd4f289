"""Sources that a server has no more: each stays or goes here, as the reader says; nothing is done unasked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.dialogs.picker import Picker
from tui.panes.choices import Choice
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.sync.gone import GoneSource

_HOW = "enter takes, esc decides later"
_SET_UP = Choice("Set up a server", "another one")


class GoneDecision(NamedTuple):
    """What becomes of a source; `source` is None for another matter, the setting up of a server."""

    source: GoneSource | None = None
    stays: bool = True


class GoneSources(Picker[GoneDecision]):
    """A choice of two for each source, the first that it stays; nothing that is typed by mistake removes one."""

    def __init__(self, sources: Sequence[GoneSource]) -> None:
        super().__init__("On the server no more", "A word of the source", label=30)
        self._decisions = [GoneDecision(each, stays) for each in sources for stays in (True, False)] + [GoneDecision()]

    def on_mount(self) -> None:
        """Offer what can be done."""
        self.offer([_choice(each) for each in self._decisions], _HOW)

    def take(self, at: int) -> None:
        """A choice was taken."""
        self.leave(self._decisions[at])


def _choice(decision: GoneDecision) -> Choice:
    source, stays = decision
    if source is None:
        return _SET_UP
    if stays:
        return Choice(f"Keep {source.name}", f"gone from {wording.site(source.server)}", also=source.url)
    kept = f"{wording.stories(source.kept)} you keep {_stay(source.kept)}" if source.kept else "you keep none of it"
    return Choice(f"Remove {source.name}", kept, also=source.url)


def _stay(count: int) -> str:
    return "stays" if count == 1 else "stay"
