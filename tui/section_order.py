"""The orders that a section can be listed in, which of them holds, and what each is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tui import sections
from tui.sections import Section
from tui.settings import ORDER, ORDERS, Order

GIVEN: Order = "given"
SAID: dict[Order, str] = {
    "newest": "newest first",
    "oldest": "oldest first",
    "source": "by source",
    "reports": "most reports first",
}


def is_sorted(section: Section) -> bool:
    """Whether the order of the settings file is meant for it."""
    return not section.sought and section != sections.SAVED


def kept_as(section: Section) -> str:
    """What its order is kept as; "" where it is not."""
    return "" if section.sought else f"{ORDER.name}.{section.query}"


def orders(section: Section) -> tuple[Order, ...]:
    """The orders there are: what is given newest first has that once."""
    return (GIVEN, *(order for order in ORDERS if not (is_sorted(section) and order == "newest")))


def order_of(section: Section, set_order: str | None, kept: Callable[[str, Any], Any]) -> Order:
    """The order that holds: that of the settings file, None where it says nothing, else what the library keeps."""
    wanted, name = set_order if is_sorted(section) else None, kept_as(section)
    wanted = wanted or (kept(name, ORDER.default) if name else ORDER.default)
    return next((order for order in orders(section) if order == wanted), GIVEN)


def next_order(section: Section, order: Order) -> Order:
    """The order that follows in turn; after the last one as it is given."""
    there = orders(section)
    return there[(there.index(order) + 1) % len(there)]


def as_said(section: Section, order: Order) -> str:
    """What an order of a section is called, as it is given too."""
    given = (
        "best first"
        if section.sought and not section.ids
        else "as you put them"
        if section == sections.SAVED
        else SAID["newest"]
    )
    return SAID.get(order, given)
