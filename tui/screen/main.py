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
from tui.messages import ArticleHighlighted, FollowLink, LibraryFailed, NextUnread, NoLongerSo, OpenArticle, Tell
from tui.panes.article_list import ArticleList
from tui.panes.bars import Masthead, StatusLine
from tui.panes.reader import ReaderPane
from tui.panes.related import RelatedStories
from tui.passing_on import PassedOn
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
from tui.settings import BROAD, WIDTHS

if TYPE_CHECKING:
    from cache.library import Library
    from tui.config.config_file import ConfigFile
    from tui.panes.prompt import Prompt, Question
    from tui.screen.front_acts import FrontActs
    from tui.screen.marking import Marking
    from tui.screen.marking_selected import MarkingSelected
    from tui.sections import Section

_QUIET = 1.0  # seconds after the first paint
_YOUNG = 20_000  # new objects until the collector looks for garbage; each painting makes thousands, and no garbage


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
        self.listing = SectionList(
            context, self.article_list, self.library_watch, writing, self.articles.open_first, entered=self._entered
        )
        self.levels = Levels(self, self.pane_layout, self.articles, self.listing, lambda: self.action_history(-1))
        self.configuring = Configuring(
            *(context, self.pane_layout, self.list_density, self.listing),
            set_theme=self._set_theme,
            fit_columns=lambda: self.column_widths.fit(self.app.size.width),
        )
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
        self.set_class(event.size.width >= BROAD, "-broad")
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
        if not (self.status.status.total or self.listing.section.front or self.library.is_new()):
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
        gc.set_threshold(_YOUNG)
        gc.enable()
        self.set_interval(INTERVAL, self.look)
        panes = self.reader, self.article_list
        for pane, state in zip(panes * 2, ("finding", "selecting", "choosing", "filled"), strict=True):
            self.watch(pane, state, self._held_otherwise, init=False)
        self.watch(self.article_list, "news_above", self._entitle_window, init=False)
        self.watch(self.article_list, "open_id", self.status.another_article, init=False)
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
        self.listing.landed()

    def _entered(self, section: Section) -> None:
        if section.front != self.has_class("-front"):
            self.set_class(section.front, "-front")
            self.column_widths.fit(self.app.size.width)

    def _show_status(self) -> None:
        self.status.status = self.library.status()
        self.status.way_out = self.library.online()
        self.later.syncing.look()

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

    @on(NoLongerSo)
    def _untell(self, told: NoLongerSo) -> None:
        self.status.unsay(told.sentence)

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
            return "front-selected" if self.on_front else "selected"
        if self.on_front:
            return "front" if self.article_list.ids else "front-empty"
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

    action_next_unread = PassedOn("articles.open_next_unread")
    action_read_on = PassedOn("reader.action_read_on")

    def action_history(self, by: int) -> None:
        visit = self.articles.go(by)
        if visit and visit.page:
            self.later.article_pages.reopen(visit.page, visit.page_offset)

    def action_related(self, number: int) -> None:
        if not self.related.open_number(number):
            self.context.say_of_article(f"There is no related story {number}.")

    def action_follow(self) -> None:
        if self.on_front:
            self.later.front_acts.toggle_followed(self.article_list.highlighted)
        else:
            self.later.links.ask()

    action_find = PassedOn("later.finding.ask")
    action_footnote = PassedOn("later.footnotes.ask")
    action_timeline = PassedOn("later.article_pages.toggle_story")
    action_report = PassedOn("later.article_pages.go_to_report")

    def action_changes(self) -> None:
        if self.on_front:
            self.later.front_acts.open_dossier(self.article_list.highlighted)
        else:
            self.later.article_pages.toggle_changes()

    action_pictures = PassedOn("later.pictures.show")
    action_browse = PassedOn("later.browsing.open_article")
    action_passage = PassedOn("later.passages.do")

    # Keys: keeping

    @property
    def on_front(self) -> bool:
        """Whether a key is meant for a story of the front page."""
        return self.listing.section.front and self.focused is self.article_list

    @property
    def _marking(self) -> Marking | MarkingSelected | FrontActs:
        if self.on_front and not self.article_list.selecting:
            return self.later.front_acts
        selecting = self.focused is self.article_list and self.article_list.selecting
        return self.later.marking_selected if selecting else self.later.marking

    def action_mark(self) -> None:
        self._marking.toggle_read(self.target())

    def action_save(self) -> None:
        self._marking.toggle_saved(self.target())

    def action_throw_away(self) -> None:
        self._marking.throw_away(self.target())

    action_reorder = PassedOn("later.marking.reorder")

    def action_tags(self) -> None:
        self._marking.ask_tags(self.target())

    def action_note(self) -> None:
        if not self.later.passages.ask_note():
            self.later.marking.ask_note(self.target())

    action_mark_all = PassedOn("later.marking.mark_all_read")
    action_mark_many = PassedOn("later.marking_many.ask")
    action_undo = PassedOn("later.marking.undo")

    # Keys: library

    action_refresh = PassedOn("later.refreshing.begin")

    def action_refresh_source(self) -> None:
        self.later.refreshing.begin_source_of(self.target())

    action_refresh_within = PassedOn("later.refreshing.ask_budget")
    action_add = PassedOn("later.dialogs.open_add")
    action_sections = PassedOn("later.dialogs.open_contents")
    action_view = PassedOn("listing.next_view")

    def action_front(self) -> None:
        self.listing.look_at_front()
        self.pane_layout.reveal(self.article_list)

    def action_why(self) -> None:
        self.later.front_acts.tell_why(self.article_list.highlighted)

    action_sort = PassedOn("listing.sort")
    action_fold = PassedOn("listing.fold")

    async def action_arrange(self) -> None:
        await self.later.dialogs.open_source_settings(self.target())

    action_prune = PassedOn("later.pruning.prune")
    action_export = PassedOn("later.exporting.ask")
    action_search = PassedOn("later.searching.ask")

    # Keys: screen

    action_focus_pane = PassedOn("pane_layout.focus_next")

    def action_move_pane(self, by: int) -> None:
        self.pane_layout.focus_next(by, around=False)

    action_toggle_related = PassedOn("pane_layout.toggle_related")
    action_toggle_list = PassedOn("pane_layout.toggle_list")
    action_density = PassedOn("list_density.next")
    action_widen = PassedOn("column_widths.widen")

    def action_newest(self) -> None:
        self.pane_layout.reveal(self.article_list)
        if self.listing.section.front:
            self.listing.front.take_latest()
        self.article_list.action_jump(0)

    action_zoom = PassedOn("pane_layout.zoom")
    action_help = PassedOn("later.dialogs.open_help")

    async def action_sync(self) -> None:
        await self.later.syncing.open(self.later.dialogs.open_gone, self.later.dialogs.open_sync)

    async def action_settings(self) -> None:
        await self.later.dialogs.open_settings(self.configuring.look)

    async def action_palette(self) -> None:
        await self.later.dialogs.open_palette(self.run_action)

    def action_theme(self, name: str) -> None:
        self.app.theme = self._theme(name)

    action_suspend_process = PassedOn("app.action_suspend_process")
    action_leave = PassedOn("later.leaving.escape")
    action_back = PassedOn("later.leaving.back")
    action_quit = PassedOn("later.leaving.ask")

    def end(self) -> None:
        """Leave because something outside says so: nothing the reader did is dropped for that."""
        self.later.leaving.begin()

    async def put_away(self) -> None:
        """Wait for what leaving cuts short: a refresh in the middle of something, acts that are not kept yet."""
        await self.later.syncing.put_away()
        await self.later.refreshing.put_away()
        await self.writing.drained()
