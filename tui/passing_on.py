"""Actions of a screen that are a method of one of its parts."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen


class PassedOn:
    """An action that is a part's method, given by its path from the screen: "later.links.ask"."""

    def __init__(self, method: str) -> None:
        self.method = method
        self._of = attrgetter(method)

    def __get__(self, screen: Screen[Any] | None, screens: type[Screen[Any]]) -> Any:
        return self._of(screen) if screen else self
