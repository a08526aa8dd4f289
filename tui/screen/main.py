"""The main screen: three panes between masthead and status line; each key's action is passed on to the part it is of.

Panes post wishes, which arrive here; what came of them goes down as attributes of the panes. No network, no SQL and no
HTML is touched in this room: the library is asked.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget

from tui import bindings
from tui.background import BackgroundLibrary
from tui.messages import ArticleHighlighted, FollowLink, LibraryFailed, NextUnread, OpenArticle, Tell
from tui.panes.article_list import ArticleList
from tui.panes.bars import Masthead, StatusLine
from tui.panes.reader import ReaderPane
from tui.panes.related import RelatedStories
from tui.screen.column_widths import ColumnWidths
from tui.screen.configuring import Configuring
from tui.screen.context import ScreenContext, careful
from tui.screen.first_parts import FirstParts
from tui.screen.later_parts import LaterParts
from tui.screen.levels import Levels
from tui.screen.library_watch import INTERVAL, LibraryWatch
from tui.screen.list_density import ListDensity
from tui.screen.listing import SectionList
from tui.screen.pane_layout import PaneLayout, Panes
from tui.screen.prompting import PromptHost
from tui.screen.reading import OpenArticles
from tui.screen.writing import Writing
from tui.settings import WIDTHS

if TYPE_CHECKING:
    from cache.library import Library
    from tui.config.config_file import ConfigFile
    from tui.panes.prompt import Prompt, Question
    from tui.screen.marking import Marking
    from tui.screen.marking_selected import MarkingSelected

_QUIET = 1.0  # seconds after the first paint


class MainScreen(Screen[None]):
    """Holds the panes and the parts that work on them, and joins them: what one part has done, another shows."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings.BINDINGS)
    AUTO_FOCUS = "#article-list"
    HORIZONTAL_BREAKPOINTS = [(least, f"-{name}") for name, least in WIDTHS.items()]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-low"), (32, "-high")]  # noqa: RUF012

    def __init__(
        self, library: Library, clock: Callable[[], datetime], config: ConfigFile, theme: Callable[..., str]
    ) -> None:
        """`theme` makes a theme ready and gives its name; without a name, the one that the settings ask for."""
        super().__init__()
        self._theme = theme
        self.library = library
        self.masthead = Masthead(clock)
        self.article_list = ArticleList(library, clock)
        self.related = RelatedStories(clock)
        self.reader = ReaderPane(clock, lambda: self.related.display, lambda: self.listing.matcher())  # noqa: PLW0108 – made later
        self.status = StatusLine(clock, self._held, lambda: config.now.keymap)
        self.background = background = BackgroundLibrary(library.path.parent)
        say, start = self.status.say, self.run_worker
        self.context = ScreenContext(library, background, clock, say, self._ask, start, config)
        self._join()

    def _join(self) -> None:
        """Make the parts that the first paint needs, each with what it needs of the others."""
        context, panes = self.context, Panes(self.article_list, self.reader, self.related)
        self.pane_layout = PaneLayout(self, panes)
        self.prompting = PromptHost(self, self.pane_layout, self._mount_prompt)
        self.library_watch = LibraryWatch(self.library, self._changed)
        self.writing = writing = Writing(context, self.library_watch, self._landed, lambda: self.is_running)
        self.list_density = ListDensity(context, self.article_list, writing)
        self.articles = OpenArticles(context, panes, self.writing, self.pane_layout.reveal)
        self.listing = SectionList(context, self.article_list, self.library_watch, writing, self.articles.open_first)
        self.levels = Levels(self, self.pane_layout, self.articles, self.listing, lambda: self.action_history(-1))
        self.configuring = Configuring(context, self.pane_layout, self.list_density, self.listing, self._set_theme)
        watch, layout, articles, status = self.library_watch, self.pane_layout, self.articles, self.status
        asking, listing, levels = self.prompting, self.listing, self.levels
        first = FirstParts(context, panes, status, layout, asking, watch, writing, articles, listing, levels)
        self.column_widths = ColumnWidths(first, self)
        self.later = LaterParts(first, lambda: self.app, self._follow, self.look)

    def compose(self) -> ComposeResult:
        """The frame and the three panes."""
        yield self.masthead
        yield self.article_list
        yield self.reader
        yield self.related
        yield self.status

    @careful
    def on_mount(self) -> None:
        """First the rows that can be seen, then all else."""
        self.related.entitle("Related")
        self.call_after_refresh(self._after_first_paint)
        self.configuring.begin()
        self.list_density.fit(self.app.size.width)
        self.column_widths.fit(self.app.size.width)
        self.listing.begin(max(20, self.app.size.height))

    @careful
    def on_resize(self, event: events.Resize) -> None:
        self.list_density.fit(event.size.width)
        self.column_widths.fit(event.size.width)

    def on_mouse_down(self, event: events.MouseEvent) -> None:
        self.column_widths.mouse(event)

    on_mouse_move = on_mouse_up = on_mouse_down

    def on_unmount(self) -> None:
        """The thread for long questions ends with the screen."""
        self.background.close()

    def _after_first_paint(self) -> None:
        """What can wait until the first rows are drawn."""
        self._start_watching()
        if not self.article_list.highlighted:
            hint = self.context.keyed("Press {main.add|a} to add a news site, {main.help|question_mark} for all keys.")
            self.reader.say("Nothing to read yet.", "", hint)
        self.articles.open_first()
        if notice := self.status.status.notice:
            self.context.say(notice)
        self.configuring.after_first_paint()
        self.set_timer(_QUIET, self.later.automatic_refresh.start)
        self.set_timer(_QUIET, self.later.dialogs.prepare)

    @careful
    def _start_watching(self) -> None:
        gc.freeze()  # what there is now stays; the collector, off while the program loaded, need not look at it again
        gc.enable()
        self.set_interval(INTERVAL, self.look)
        self.watch(self.reader, "finding", self._held_otherwise, init=False)
        self.watch(self.reader, "choosing", self._held_otherwise, init=False)
        self.watch(self.article_list, "selecting", self._held_otherwise, init=False)
        self.watch(self.article_list, "news_above", self._entitle_window, init=False)
        self._show_status()
        self.library_watch.catch_up()
        self.listing.list_all()

    # What has changed

    @careful
    def look(self) -> None:
        """Take over what has changed on disk, whoever changed it; nothing on screen jumps."""
        if self.is_running:  # what was under way when the screen was left may end later than the library
            self.library_watch.look()
            self.configuring.look()
            self.later.automatic_refresh.look()

    def _changed(self) -> None:
        self._show_status()
        self.listing.list_all()
        self.articles.changed()

    def _set_theme(self) -> None:
        self.app.theme = self._theme()

    def _entitle_window(self, news: int) -> None:
        self.app.title = f"{news:,} new · {self.app.TITLE}" if news else str(self.app.TITLE)

    def _landed(self, ids: Iterable[int]) -> None:
        self._show_status()
        self.article_list.forget(ids)

    def _show_status(self) -> None:
        self.status.status = self.library.status()
        self.status.way_out = self.library.online()

    # What panes wish

    @on(OpenArticle)
    @careful
    def _open_article(self, wish: OpenArticle) -> None:
        self.articles.open(wish.ref)

    @on(FollowLink)
    @careful
    def _follow_link(self, wish: FollowLink) -> None:
        self._follow(wish.href)

    @on(NextUnread)
    def _next_unread(self) -> None:
        self.articles.open_next_unread(1)

    @on(ArticleHighlighted)
    def _article_highlighted(self, highlighted: ArticleHighlighted) -> None:
        self.articles.dwelling.highlighted(highlighted.entry_id)

    @on(LibraryFailed)
    @on(Tell)
    def _tell(self, told: LibraryFailed | Tell) -> None:
        self.context.say(told.sentence)

    # The prompt

    def _mount_prompt(self, prompt: Prompt) -> None:
        self.mount(prompt, before=self.status)
        self.set_focus(prompt)  # at once, so that the next key is the line's

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Give a widget the keys, unless a line to type in has them."""
        if not self.prompting.keeps_keys_from(widget):
            super().set_focus(widget, scroll_visible, from_app_focus)
            self.status.refresh()

    def _held(self) -> str:
        if self.focused is self.article_list and self.article_list.selecting:
            return "selected"
        if self.focused is self.reader and (self.reader.choosing or self.reader.finding):
            return "passage" if self.reader.choosing else "find"
        return self.focused.id or "" if self.focused else ""

    def _held_otherwise(self) -> None:
        self.status.refresh()

    def _ask(self, question: Question, typed: str = "") -> None:
        self.prompting.ask(question, typed)

    def _follow(self, href: str) -> None:
        if href.startswith("#"):
            self.later.footnotes.follow(href)
        elif not self.later.enclosures.open(href):
            self.post_message(OpenArticle(href))

    def target(self) -> int:
        """The article a key is meant for: the highlighted one in the list, else the open one."""
        if self.focused is self.article_list or self.articles.entry is None:
            return self.article_list.highlighted
        return self.articles.entry.id

    # Keys: reading

    def action_next(self, by: int) -> None:
        if self.focused is not self.reader or not self.reader.go_to_hit(by):
            self.articles.open_next(by)

    def action_next_unread(self, by: int) -> None:
        self.articles.open_next_unread(by)

    def action_read_on(self) -> None:
        self.reader.action_read_on()

    def action_history(self, by: int) -> None:
        visit = self.articles.go(by)
        if visit and visit.page:
            self.later.article_pages.reopen(visit.page, visit.page_offset)

    def action_related(self, number: int) -> None:
        if not self.related.open_number(number):
            self.context.say(f"There is no related story {number}.")

    def action_follow(self) -> None:
        self.later.links.ask()

    def action_find(self) -> None:
        self.later.finding.ask()

    def action_footnote(self) -> None:
        self.later.footnotes.ask()

    def action_timeline(self) -> None:
        self.later.article_pages.toggle_story()

    def action_report(self, by: int) -> None:
        self.later.article_pages.go_to_report(by)

    def action_changes(self) -> None:
        self.later.article_pages.toggle_changes()

    def action_browse(self) -> None:
        self.later.browsing.open_article()

    async def action_passage(self, act: str) -> None:
        await self.later.passages.do(act)

    # Keys: keeping

    @property
    def _marking(self) -> Marking | MarkingSelected:
        selecting = self.focused is self.article_list and self.article_list.selecting
        return self.later.marking_selected if selecting else self.later.marking

    def action_mark(self) -> None:
        self._marking.toggle_read(self.target())

    def action_save(self) -> None:
        self._marking.toggle_saved(self.target())

    def action_throw_away(self) -> None:
        self._marking.throw_away(self.target())

    def action_reorder(self, by: int) -> None:
        self.later.marking.reorder(by)

    def action_tags(self) -> None:
        self._marking.ask_tags(self.target())

    def action_note(self) -> None:
        if not self.later.passages.ask_note():
            self.later.marking.ask_note(self.target())

    def action_mark_all(self) -> None:
        self.later.marking.mark_all_read()

    def action_mark_many(self) -> None:
        self.later.marking_many.ask()

    def action_undo(self) -> None:
        self.later.marking.undo()

    # Keys: library

    def action_refresh(self) -> None:
        self.later.refreshing.begin()

    def action_refresh_source(self) -> None:
        self.later.refreshing.begin_source_of(self.target())

    def action_refresh_within(self) -> None:
        self.later.refreshing.ask_budget()

    async def action_add(self) -> None:
        await self.later.dialogs.open_add()

    async def action_sections(self) -> None:
        await self.later.dialogs.open_contents()

    def action_view(self) -> None:
        self.listing.next_view()

    def action_sort(self) -> None:
        self.listing.sort()

    def action_fold(self) -> None:
        self.listing.fold()

    async def action_arrange(self) -> None:
        await self.later.dialogs.open_source_settings(self.target())

    def action_prune(self) -> None:
        self.later.pruning.prune()

    def action_export(self) -> None:
        self.later.exporting.ask()

    def action_search(self) -> None:
        self.later.searching.ask()

    # Keys: screen

    def action_focus_pane(self, by: int) -> None:
        self.pane_layout.focus_next(by)

    def action_move_pane(self, by: int) -> None:
        self.pane_layout.focus_next(by, around=False)

    def action_toggle_related(self) -> None:
        self.pane_layout.toggle_related()

    def action_toggle_list(self) -> None:
        self.pane_layout.toggle_list()

    def action_density(self) -> None:
        self.list_density.next()

    def action_widen(self, by: int) -> None:
        self.column_widths.widen(by)

    def action_newest(self) -> None:
        self.pane_layout.reveal(self.article_list)
        self.article_list.action_jump(0)

    def action_zoom(self) -> None:
        self.pane_layout.zoom()

    async def action_help(self) -> None:
        await self.later.dialogs.open_help()

    async def action_settings(self) -> None:
        await self.later.dialogs.open_settings(self.configuring.look)

    async def action_palette(self) -> None:
        await self.later.dialogs.open_palette(self.run_action)

    def action_theme(self, name: str) -> None:
        self.app.theme = self._theme(name)

    def action_suspend_process(self) -> None:
        self.app.action_suspend_process()

    def action_leave(self) -> None:
        self.later.leaving.escape()

    def action_back(self) -> None:
        self.later.leaving.back()

    async def action_quit(self) -> None:
        self.later.leaving.ask()

    def end(self) -> None:
        """Leave because something outside says so: nothing the reader did is dropped for that."""
        self.later.leaving.begin()

    async def put_away(self) -> None:
        """Wait for what leaving cuts short: a refresh in the middle of something, acts that are not kept yet."""
        await self.later.refreshing.put_away()
        await self.writing.drained()
