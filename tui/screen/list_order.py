"""In which order a section is listed, remembered for each; what a search has found has one order, of this sitting."""

from __future__ import annotations

from functools import partial

from tui import sections
from tui.config.table import SORTED
from tui.screen.context import ScreenContext
from tui.screen.writing import Writing
from tui.sections import Section
from tui.settings import ORDER, ORDERS, Order

_GIVEN: Order = "given"
_SAID: dict[Order, str] = {
    "newest": "newest first",
    "oldest": "oldest first",
    "source": "by source",
    "reports": "most reports first",
}


class ListOrder:
    """Knows each section's order: as it is given (the newest, the best or the next to read first), or another."""

    def __init__(self, context: ScreenContext, writing: Writing) -> None:
        self.context = context
        self._writing = writing
        self._known: dict[str, Order] = {}

    def of(self, section: Section) -> Order:
        """The order of a section."""
        name = _name(section)
        if name not in self._known:
            wanted = self._set_order() if _is_sorted(section) else None
            kept = wanted or (self.context.library.setting(name, ORDER.default) if name else ORDER.default)
            self._known[name] = next((order for order in _orders(section) if order == kept), _GIVEN)
        return self._known[name]

    def begin_anew(self) -> None:
        """What the settings say has changed: it goes before what was chosen in this sitting."""
        self._known.clear()

    def next(self, section: Section) -> None:
        """The next order of a section; after the last one as it is given."""
        orders, name = _orders(section), _name(section)
        order = orders[(orders.index(self.of(section)) + 1) % len(orders)]
        self._known[name] = order
        notice = f"Listed {_SAID.get(order) or _as_given(section)}."
        if name:
            keep = partial(self.context.library.set_setting, name, order)
            later = self.context.at_next_start(SORTED) if _is_sorted(section) else ""
            self._writing.write(keep, notice=notice + later)
        else:
            self.context.say(notice)

    def _set_order(self) -> str | None:
        """The order that the settings file gives; None where it says nothing of it."""
        return self.context.setting(SORTED) if self.context.config.gives(SORTED) else None

    def title(self, section: Section) -> str:
        """The section's title, with the order where it is not as given."""
        said = _SAID.get(self.of(section), "")
        return f"{section.title} · {said}" if said else section.title


def _is_sorted(section: Section) -> bool:
    """Whether the order of the settings file is meant for it."""
    return not section.sought and section != sections.SAVED


def _name(section: Section) -> str:
    """What the order is kept as; "" where it is not."""
    return "" if section.sought else f"{ORDER.name}.{section.query}"


def _orders(section: Section) -> tuple[Order, ...]:
    """The orders there are: what is given newest first has that once."""
    return (_GIVEN, *(order for order in ORDERS if not (_is_sorted(section) and order == "newest")))


def _as_given(section: Section) -> str:
    return "best first" if section.sought else "as you put them" if section == sections.SAVED else _SAID["newest"]
