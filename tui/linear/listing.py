"""Which articles a section lists in the linear reader, and in which order: as settings and library have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tui import sections
from tui.config.config import in_force
from tui.config.table import FOLD, SECTIONS_SHOWN, SORTED, VIEWS_IN_TURN
from tui.linear.levels import ListLevel
from tui.section_order import SAID, as_said, is_sorted, kept_as, next_order, order_of
from tui.sections import Section
from tui.settings import Order

if TYPE_CHECKING:
    from cache.library import Library
    from tui.config.config_file import ConfigFile


class SectionLister:
    """Lists sections; an order and a fold that are chosen hold for this sitting, and are kept for the next."""

    def __init__(self, library: Library, config: ConfigFile) -> None:
        self._library = library
        self._config = config
        self._chosen: dict[str, Order] = {}
        self._folded: bool | None = None

    @property
    def views(self) -> list[Section]:
        """The views in turn; the first is what one begins with and comes back to."""
        return [sections.BY_NAME[name] for name in self._setting(VIEWS_IN_TURN)]

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections to choose from."""
        return tuple(self._setting(SECTIONS_SHOWN))

    def begin_anew(self) -> None:
        """What the settings say has changed: it goes before what was chosen in this sitting."""
        self._chosen.clear()
        self._folded = None

    def level(self, section: Section) -> ListLevel:
        """A section as it is now, at its first row."""
        rows, covered = self._listed(section)
        return ListLevel(section, rows, covered, SAID.get(self._order(section), ""))

    def list_again(self, level: ListLevel) -> None:
        """The rows as they are now, at the article where it was, or where that stood."""
        there = level.ids[level.at] if len(level) else 0
        level.ids, level.covered = self._listed(level.section)
        found = next((at for at, entry_id in enumerate(level.ids) if entry_id == there), level.at)
        level.at = min(found, max(0, len(level) - 1))

    async def sort(self, section: Section) -> str:
        """Choose the next order of a section; what to say of it."""
        name, order = kept_as(section), next_order(section, self._order(section))
        self._chosen[name] = order
        if name:
            await self._library.set_setting(name, order)
        later = self._at_next_start(SORTED) if is_sorted(section) else ""
        return f"Listed {as_said(section, order)}.{later}"

    async def fold(self) -> str:
        """A row for each story, or for each report; what to say of it."""
        self._folded = not self._is_folded()
        await self._library.set_setting(FOLD.kept, self._folded)
        return f"A row for each {'story' if self._folded else 'report'}.{self._at_next_start(FOLD)}"

    def _listed(self, section: Section) -> tuple[Sequence[int], Sequence[int]]:
        """The rows, and all entries that they stand for, those folded behind them too."""
        saved = section == sections.SAVED
        covered = self._library.reading_list() if saved else self._library.ids(section.query)
        rows = covered if saved or section.sought or not self._is_folded() else self._library.fold(covered)
        order = self._order(section)
        return (rows if order == "given" else self._library.ordered(rows, order)), covered

    def _order(self, section: Section) -> Order:
        set_order = self._setting(SORTED) if self._config.gives(SORTED) else None
        return self._chosen.get(kept_as(section)) or order_of(section, set_order, self._library.setting)

    def _is_folded(self) -> bool:
        return bool(self._setting(FOLD)) if self._folded is None else self._folded

    def _setting(self, key: Any) -> Any:
        return in_force(key, self._config.now, self._library.setting).value

    def _at_next_start(self, key: Any) -> str:
        return f" {self._config.path.name} says what holds at the next start." if self._config.gives(key) else ""
