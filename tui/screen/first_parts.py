"""The parts of the screen that are there from the start, for those that come later."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.panes.bars import StatusLine
    from tui.screen.context import ScreenContext
    from tui.screen.levels import Levels
    from tui.screen.library_watch import LibraryWatch
    from tui.screen.listing import SectionList
    from tui.screen.pane_layout import PaneLayout, Panes
    from tui.screen.prompting import PromptHost
    from tui.screen.reading import OpenArticles
    from tui.screen.writing import Writing


class FirstParts(NamedTuple):
    """What the screen is made of from the start, for the parts that come later."""

    context: ScreenContext
    panes: Panes
    status: StatusLine
    pane_layout: PaneLayout
    prompting: PromptHost
    library_watch: LibraryWatch
    writing: Writing
    articles: OpenArticles
    listing: SectionList
    levels: Levels
