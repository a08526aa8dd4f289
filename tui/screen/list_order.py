"""In which order a section is listed, remembered for each; what a search has found has one order, of this sitting."""

from __future__ import annotations

from functools import partial

from tui.config.table import SORTED
from tui.screen.context import ScreenContext
from tui.screen.writing import Writing
from tui.section_order import SAID, as_said, is_sorted, kept_as, next_order, order_of
from tui.sections import Section
from tui.settings import Order


class ListOrder:
    """Knows each section's order: as it is given (the newest, the best or the next to read first), or another."""

    def __init__(self, context: ScreenContext, writing: Writing) -> None:
        self.context = context
        self._writing = writing
        self._known: dict[str, Order] = {}

    def of(self, section: Section) -> Order:
        """The order of a section."""
        name = kept_as(section)
        if name not in self._known:
            set_order = self.context.setting(SORTED) if self.context.config.gives(SORTED) else None
            self._known[name] = order_of(section, set_order, self.context.library.setting)
        return self._known[name]

    def begin_anew(self) -> None:
        """What the settings say has changed: it goes before what was chosen in this sitting."""
        self._known.clear()

    def next(self, section: Section) -> None:
        """The next order of a section; after the last one as it is given."""
        name, order = kept_as(section), next_order(section, self.of(section))
        self._known[name] = order
        notice = f"Listed {as_said(section, order)}."
        if name:
            keep = partial(self.context.library.set_setting, name, order)
            later = self.context.at_next_start(SORTED) if is_sorted(section) else ""
            self._writing.write(keep, notice=notice + later)
        else:
            self.context.say(notice)

    def title(self, section: Section) -> str:
        """The section's title, with the order where it is not as given."""
        said = SAID.get(self.of(section), "")
        return f"{section.title} · {said}" if said else section.title
