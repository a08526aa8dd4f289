"""What the settings change on screen: at the start, and when the file is saved while the reader is open."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tui.config import table
from tui.config.config import Config
from tui.config.environment import Environment
from tui.config.table import ConfigKey
from tui.panes.article_layout import ArticleStyle, FindPicture
from tui.screen.context import ScreenContext
from tui.screen.list_density import ListDensity
from tui.screen.listing import SectionList
from tui.screen.pane_layout import PaneLayout
from tui.settings import HIDDEN_PANES
from tui.typeset import wording
from tui.typeset.date_language import DATE_LANGUAGE

if TYPE_CHECKING:
    from tui.screen.hyphenation import Hyphenation

_AGES: dict[str, wording.Age] = {
    "ago": wording.briefly_ago,
    "clock": wording.clock_or_day,
    "iso": wording.clock_or_date,
}


class Configuring:
    """Hands the settings to panes and parts; `set_theme` puts on the theme, `fit_columns` the widths."""

    def __init__(
        self,
        context: ScreenContext,
        pane_layout: PaneLayout,
        list_density: ListDensity,
        listing: SectionList,
        *,
        set_theme: Callable[[], None],
        fit_columns: Callable[[], None],
    ) -> None:
        self.context = context
        self._pane_layout = pane_layout
        self._list_density = list_density
        self._listing = listing
        self._set_theme = set_theme
        self._fit_columns = fit_columns
        self._environment = Environment()

    def begin(self) -> None:
        """Before the first paint: what it shows, and what was hidden when it was last left."""
        if hidden := self.context.library.setting(*HIDDEN_PANES):
            self._pane_layout.hide(hidden)
        self._set_language()
        if self.context.config.now.given:
            self._set_panes()
            self._set_keys()
            self._pane_layout.show_sidebar(self.context.setting(table.RELATED))

    def after_first_paint(self) -> None:
        """What can wait: the environment of a refresh, and what is wrong in the file."""
        self._environment.apply(self.context.config.now)
        self._tell()

    def look(self) -> None:
        """Take over what the file says now, where it has changed."""
        before = self.context.config.now
        if not self.context.config.look():
            return
        self._environment.apply(self.context.config.now)
        self._set_language()
        self._set_panes()
        self._fit_columns()
        if before.keymap != self.context.config.now.keymap:
            self._set_keys()
        if self._differs(before, *table.ROWS.values()):
            self._list_density.begin_anew()
        if self._differs(before, table.FOLD, table.SORTED):
            self._listing.begin_anew()
        if self._differs(before, table.RELATED):
            self._pane_layout.show_sidebar(self.context.setting(table.RELATED))
        if self._differs(before, table.THEME) or before.theme != self.context.config.now.theme:
            self._set_theme()
        if self._differs(before, table.LANGUAGE):
            self._pane_layout.panes.reader.set_anew()
        if self._differs(before, table.DRAWN_IN, table.BIDI, table.LANGUAGE):
            self._draw_anew()
        if before.problems and not self.context.config.now.problems:
            self.context.say(f"Nothing is wrong in {self.context.config.path.name} any more.")
        self._tell()

    @cached_property
    def _hyphenation(self) -> Hyphenation:
        from tui.screen.hyphenation import Hyphenation

        return Hyphenation(self.context, self._pane_layout.panes.reader.set_anew)

    def _differs(self, before: Config, *keys: ConfigKey[Any]) -> bool:
        now = self.context.config.now.given
        return any(before.given.get(key.key) != now.get(key.key) for key in keys)

    def _set_language(self) -> None:
        DATE_LANGUAGE.choose(self.context.setting(table.LANGUAGE), os.environ)

    def _set_panes(self) -> None:
        setting, panes = self.context.setting, self._pane_layout.panes
        age = _AGES[setting(table.DATES)]
        hyphens = self._hyphenation.of if setting(table.HYPHENS) else None
        pictures = None if setting(table.PICTURES) == "off" else self._pictures
        panes.reader.set_style(ArticleStyle(setting(table.MEASURE), setting(table.JUSTIFY), hyphens, pictures))
        panes.article_list.tell(age)
        panes.reader.tell(age)
        panes.related.tell(age)

    def _pictures(self, entry_id: int) -> FindPicture | None:
        """The pictures of an entry that the terminal can show: it has many colours, and more letters than ASCII."""
        from tui.screen.picture_setting import why_none

        app = self._pane_layout.panes.reader.app
        return None if why_none(self.context, app) else self.context.library.pictures(entry_id)

    def _draw_anew(self) -> None:
        """All that has been drawn is remembered as it was."""
        for screen in self._pane_layout.panes.reader.app.screen_stack:
            for widget in screen.walk_children(with_self=True):
                widget.refresh()

    def _set_keys(self) -> None:
        self._pane_layout.panes.reader.app.set_keymap(self.context.config.now.keymap.for_textual())

    def _tell(self) -> None:
        """What is wrong in the file: how much, as a narrow screen cuts the sentence, and the first of it."""
        if problems := self.context.config.now.problems:
            much = f"{len(problems)} things are wrong; {{main.settings|comma}} shows them. "
            self.context.say((self.context.keyed(much) if len(problems) > 1 else "") + problems[0])
        elif self.context.setting(table.PICTURES) != "off":
            self.context.start(self._tell_of_pillow, group="pillow")

    async def _tell_of_pillow(self) -> None:
        """Where pictures cannot be decoded, say so; Pillow takes its time to load."""
        from asyncio import to_thread

        from fetch.picture import can_decode, is_installed

        if not await to_thread(can_decode):
            self.context.say(wording.no_pillow(installed=is_installed()))
