"""The articles read one after the other, to go back and forward along."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Stop:
    """An article on the trail, and the place in it where it was left (characters above the screen)."""

    ref: int | str
    place: int = 0


@dataclass(slots=True)
class Trail:
    """Where the reader came from and may go back to."""

    stops: list[Stop] = field(default_factory=list)
    at: int = -1

    @property
    def here(self) -> Stop | None:
        """The stop that is open."""
        return self.stops[self.at] if self.at >= 0 else None

    def leave(self, place: int) -> None:
        """Remember where in the open article the reader is."""
        if self.at >= 0:
            self.stops[self.at] = replace(self.stops[self.at], place=place)

    def go(self, ref: int | str) -> None:
        """A new stop; what lay ahead is forgotten."""
        if self.here and self.here.ref == ref:
            return
        self.stops = [*self.stops[: self.at + 1], Stop(ref)][-_LONGEST:]
        self.at = len(self.stops) - 1

    def step(self, by: int) -> Stop | None:
        """The stop so many steps away, now open; None beyond either end."""
        if not 0 <= self.at + by < len(self.stops):
            return None
        self.at += by
        return self.here
