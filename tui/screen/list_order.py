"""In which order a section is listed, remembered for each; what a search has found has one order, of this sitting."""

from __future__ import annotations

from functools import partial

from tui import sections
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
            kept = self.context.library.setting(name, ORDER.default) if name else ORDER.default
            self._known[name] = next((order for order in _orders(section) if order == kept), _GIVEN)
        return self._known[name]

    def next(self, section: Section) -> None:
        """The next order of a section; after the last one as it is given."""
        orders, name = _orders(section), _name(section)
        order = orders[(orders.index(self.of(section)) + 1) % len(orders)]
        self._known[name] = order
        notice = f"Listed {_SAID.get(order) or _as_given(section)}."
        if name:
            self._writing.write(partial(self.context.library.set_setting, name, order), notice=notice)
        else:
            self.context.say(notice)

    def title(self, section: Section) -> str:
        """The section's title, with the order where it is not as given."""
        said = _SAID.get(self.of(section), "")
        return f"{section.title} · {said}" if said else section.title


def _name(section: Section) -> str:
    """What the order is kept as; "" where it is not."""
    return "" if section.sought else f"{ORDER.name}.{section.query}"


def _orders(section: Section) -> tuple[Order, ...]:
    """The orders there are: what is given newest first has that once."""
    newest = not section.sought and section != sections.SAVED
    return (_GIVEN, *(order for order in ORDERS if not (newest and order == "newest")))


def _as_given(section: Section) -> str:
    return "best first" if section.sought else "as you put them" if section == sections.SAVED else _SAID["newest"]
