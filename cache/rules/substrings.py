"""Where many strings stand in one text, in a time that grows with the text and with what is asked, not with both."""

from __future__ import annotations

_STEPS = (16, 4)
"""Characters between the places of the text that an index has; it serves strings of twice as many."""
_MOST = 4000
"""Places that are told."""


class Substrings:
    """Finds strings in a text, overlapping ones too; what makes that quick is made when it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._indexes: dict[int, dict[str, list[int]]] = {}

    def places(self, wanted: str) -> list[int]:
        """Where a string stands, in order."""
        step = next((each for each in _STEPS if len(wanted) >= 2 * each), 0)
        if len(wanted) > len(self._text):
            return []
        return self._indexed(wanted, step) if step else self._one_after_the_other(wanted)

    def _indexed(self, wanted: str, step: int) -> list[int]:
        """By the pieces of the text that begin at every so many characters: one of them lies whole in any place."""
        found: list[int] = []
        left = 2 * _MOST  # in a text of one letter any piece lies anywhere
        for ahead, places in self._rarest(wanted, step):
            begins = (at - ahead for at in places[:left] if at >= ahead)
            found += [at for at in begins if self._text.startswith(wanted, at)]
            left = max(0, left - len(places))
        return sorted(found)[:_MOST]

    def _rarest(self, wanted: str, step: int) -> list[tuple[int, list[int]]]:
        """Of the beginning, the middle and the end of a string that which has the fewest pieces in the text."""
        index, last = self._index(step), len(wanted) - 2 * step + 1
        few: list[tuple[int, list[int]]] = []
        fewest = -1
        for first in (last, last // 2, 0):
            pieces = ((ahead, index.get(wanted[ahead : ahead + step])) for ahead in range(first, first + step))
            there = [(ahead, places) for ahead, places in pieces if places]
            number = sum(len(places) for _, places in there)
            if number <= 1 or fewest < 0 or number < fewest:
                few, fewest = there, number
            if number <= 1:
                break
        return few

    def _index(self, step: int) -> dict[str, list[int]]:
        if step not in self._indexes:
            index: dict[str, list[int]] = {}
            for at in range(0, len(self._text) - step + 1, step):
                index.setdefault(self._text[at : at + step], []).append(at)
            self._indexes[step] = index
        return self._indexes[step]

    def _one_after_the_other(self, wanted: str) -> list[int]:
        found: list[int] = []
        at = self._text.find(wanted)
        while at >= 0 and len(found) < _MOST:
            found.append(at)
            at = self._text.find(wanted, at + 1)
        return found
