"""The byte budget of a refresh: for ships, satellite links and metered days."""

from __future__ import annotations

from fetch.errors import Refused


class OverBudget(Refused):
    """The byte budget is used up; what was not fetched stays wanted."""

    reason = "budget"


class Budget:
    """Bytes that may still come over the wire; without a limit it only counts."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self.spent = 0

    @property
    def used_up(self) -> bool:
        """Whether nothing more may be asked for."""
        return self._most is not None and self.spent >= self._most

    def spend(self, count: int) -> None:
        """Takes bytes off; raises OverBudget in the midst of an answer that the budget does not hold."""
        self.spent += count
        if self._most is not None and self.spent > self._most:
            raise OverBudget("The byte budget of this refresh is used up.")
