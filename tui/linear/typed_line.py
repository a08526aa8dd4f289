"""A line that is typed, as it is shown: what is taken back is wiped out where that is sure to hit, else said anew."""

from __future__ import annotations

from fetch.text import clean_run
from tui.linear.key_decoder import LONGEST, PASTED
from tui.typeset.cells import cells, clusters, is_certain
from tui.typeset.wrap import wrap

_BACK = ("\x7f", "\x08")
_FULL = f"\nNo more than {LONGEST:,} characters go into a line.\n"
_WORD_BACK, _LINE_BACK = "\x17", "\x15"  # ctrl+w, ctrl+u


class TypedLine:
    """What has been typed behind `question`, on rows of at most `width` cells."""

    def __init__(self, question: str, width: int) -> None:
        self.text = ""
        self._question = question
        self._width = max(8, width)
        self._column = 0

    def begin(self) -> str:
        """What shows the question."""
        rows = wrap(f"{self._question}:", self._width - 1)
        self._column = cells(rows[-1]) + 1
        return "\n".join(rows) + " "

    def take(self, key: str) -> str:
        """Takes a key as it was typed; what shows that, "" for one that is for nothing here."""
        if key in _BACK:
            return self._take_back(_last_cluster(self.text))
        if key == _WORD_BACK:
            return self._take_back(len(self.text) - len(self.text.rstrip().rpartition(" ")[0]))
        if key == _LINE_BACK:
            self.text = ""
            return "\n" + self.begin()
        if key < " " and not key.startswith(PASTED):  # a control, or a sequence of an arrow
            return ""
        shown = _shown(key.removeprefix(PASTED))
        added = shown[: LONGEST - len(self.text)]
        self.text += added
        return self._put(added) + (_FULL if len(added) < len(shown) else "")

    def _take_back(self, number: int) -> str:
        """So many characters, and what shows that they are gone."""
        if not number:
            return ""
        gone, self.text = self.text[-number:], self.text[:-number]
        if is_certain(gone) and cells(gone) <= self._column:
            self._column -= cells(gone)
            return "\b \b" * cells(gone)
        self._column = 0
        return "\n" + (self._put(self.text[-(self._width // 2) :]) or self.begin())

    def _put(self, text: str) -> str:
        """Text on as many rows as it takes."""
        shown = ""
        for cluster in clusters(text):
            taken = cells(cluster)
            if self._column and self._column + taken >= self._width:
                shown, self._column = f"{shown}\n", 0
            shown, self._column = shown + cluster, self._column + taken
        return shown


def _last_cluster(text: str) -> int:
    """How many characters the last one takes that a reader sees."""
    return len(list(clusters(text[-64:]))[-1]) if text else 0


def _shown(text: str) -> str:
    """What of a text may stand in a line; of one character, that a blank is one."""
    cleaned = clean_run(text)
    return cleaned if len(text) == 1 else cleaned.strip()
