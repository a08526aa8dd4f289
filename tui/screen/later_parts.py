"""The parts of the screen that its first paint does without: each is loaded and made when a key first asks for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

    from tui.screen.article_pages import ArticlePages
    from tui.screen.article_pictures import ArticlePictures
    from tui.screen.automatic_refresh import AutomaticRefresh
    from tui.screen.browsing import Browsing
    from tui.screen.dialogs import Dialogs
    from tui.screen.enclosures import Enclosures
    from tui.screen.exporting import Exporting, ToExport
    from tui.screen.finding import FindInPage
    from tui.screen.first_parts import FirstParts
    from tui.screen.footnotes import Footnotes
    from tui.screen.front_acts import FrontActs
    from tui.screen.hooking import Hooking
    from tui.screen.leaving import Leaving
    from tui.screen.links import LinkNumbers
    from tui.screen.marking import Marking
    from tui.screen.marking_many import MarkingMany
    from tui.screen.marking_selected import MarkingSelected
    from tui.screen.passages import Passages
    from tui.screen.pruning import Pruning
    from tui.screen.refreshing import Refreshing
    from tui.screen.searching import Searching
    from tui.screen.syncing import Syncing
    from tui.screen.teaching import Teaching


class LaterParts:
    """Makes each part when it is first asked for.

    `follow` goes where a link leads, `look` takes over what has landed.
    """

    def __init__(
        self,
        first: FirstParts,
        app: Callable[[], App[None]],
        follow: Callable[[str], None],
        look: Callable[[], None],
    ) -> None:
        self._first = first
        self._app = app
        self._follow = follow
        self._look = look

    @cached_property
    def article_pages(self) -> ArticlePages:
        """What lies over an open article."""
        from tui.screen.article_pages import ArticlePages

        first = self._first
        return ArticlePages(first.context, first.panes.reader, first.articles)

    @cached_property
    def searching(self) -> Searching:
        """Searching as one types."""
        from tui.screen.searching import Searching

        first = self._first
        return Searching(
            first.context,
            first.panes.article_list,
            first.listing,
            first.writing,
            lambda: first.pane_layout.reveal(first.panes.article_list),
        )

    @cached_property
    def finding(self) -> FindInPage:
        """Finding in the open page."""
        from tui.screen.finding import FindInPage

        return FindInPage(self._first.context, self._first.panes.reader, self.searching.question)

    @cached_property
    def footnotes(self) -> Footnotes:
        """Footnotes by their marks."""
        from tui.screen.footnotes import Footnotes

        first = self._first
        articles = first.articles
        open_id = lambda: articles.entry.id if articles.entry else 0  # noqa: E731
        return Footnotes(first.context, first.panes.reader, open_id, first.prompting.close)

    @cached_property
    def marking(self) -> Marking:
        """Marks, tags, notes, and taking them back."""
        from tui.screen.marking import Marking

        first = self._first
        return Marking(first.context, first.panes.article_list, first.listing, first.writing, first.articles.show_again)

    @cached_property
    def front_acts(self) -> FrontActs:
        """What the reader does with stories of the front page."""
        from tui.screen.front_acts import FrontActs

        return FrontActs(self._first, self.marking)

    @cached_property
    def marking_selected(self) -> MarkingSelected:
        """Marks, tags and the like on what is selected."""
        from tui.screen.marking_selected import MarkingSelected

        return MarkingSelected(self._first)

    @cached_property
    def marking_many(self) -> MarkingMany:
        """Marks on part of the list."""
        from tui.screen.marking_many import MarkingMany

        first = self._first
        return MarkingMany(first.context, first.panes.article_list, first.listing, first.writing, first.prompting.close)

    @cached_property
    def refreshing(self) -> Refreshing:
        """Fetching what is new."""
        from tui.screen.refreshing import Refreshing

        first = self._first
        watch, keep_front = first.library_watch, first.listing.keep_front
        made = Refreshing(first.context, first.status, first.writing, watch, self._take_over, sorted_out=keep_front)
        made.sync = lambda: self.syncing.begin()  # noqa: PLW0108 – made when a refresh first begins
        return made

    @cached_property
    def syncing(self) -> Syncing:
        """Syncing with servers and shared folders."""
        from tui.screen.syncing import Syncing

        first = self._first
        return Syncing(first.context, first.status, self._look, self.refreshing.go_on, first.writing)

    def _take_over(self, landed: Collection[int]) -> None:
        """What a refresh brought: shown, and handed to the reader's hooks."""
        self._look()
        if self._first.context.config.now.hooks:
            self.hooking.begin(landed)

    @cached_property
    def hooking(self) -> Hooking:
        """The reader's hooks."""
        from tui.screen.hooking import Hooking

        return Hooking(self._first.context)

    @cached_property
    def automatic_refresh(self) -> AutomaticRefresh:
        """Refreshes that begin by themselves."""
        from tui.screen.automatic_refresh import AutomaticRefresh

        status = self._first.status
        return AutomaticRefresh(self._first.context, self._begin_by_itself, lambda: status.status.refreshed)

    def _refresh(self, source_ids: Sequence[int], because: str) -> bool:
        return self.refreshing.begin(source_ids, because=because)

    def _begin_by_itself(self) -> None:
        if not self.refreshing.under_way:
            self.refreshing.begin()

    @cached_property
    def pruning(self) -> Pruning:
        """Making room."""
        from tui.screen.pruning import Pruning

        first = self._first
        return Pruning(first.context, lambda: first.status.notice, first.listing.list_all)

    @cached_property
    def exporting(self) -> Exporting:
        """Writing to a file."""
        from tui.screen.exporting import Exporting

        return Exporting(self._first.context, self._to_export, self._end_selection)

    def _end_selection(self) -> None:
        if self._first.panes.article_list.selecting:
            self._first.panes.article_list.action_select()

    def _to_export(self) -> ToExport:
        """What is selected in the list, else the list that has the keys; elsewhere the open article."""
        from tui.screen.exporting import ToExport

        first, listed = self._first, self._first.panes.article_list
        entry = first.articles.entry
        if self._app().focused is not listed and entry:
            return ToExport("this article", ids=[entry.id])
        if listed.selecting:
            ids = listed.selected
            return ToExport("1 selected" if len(ids) == 1 else f"{len(ids)} selected", ids=ids)
        if first.listing.section.front or first.listing.section.ids:
            named = "the front page" if first.listing.section.front else "the dossier"
            return ToExport(named, ids=list(listed.ids))
        return ToExport("the list", first.listing.section.query)

    @cached_property
    def leaving(self) -> Leaving:
        """Leaving what is open, and the reader once all is kept."""
        from tui.screen.leaving import Leaving

        return Leaving(self._first, self.refreshing.stop, lambda: self._app().exit())

    @cached_property
    def pictures(self) -> ArticlePictures:
        """Pictures on a screen of their own."""
        from tui.screen.article_pictures import ArticlePictures

        return ArticlePictures(self._first, self._app, lambda page: self._app().push_screen(page))

    @cached_property
    def links(self) -> LinkNumbers:
        """Links by their numbers."""
        from tui.screen.links import LinkNumbers

        first = self._first
        return LinkNumbers(first.context, first.panes.reader, first.prompting.close, self._follow)

    @cached_property
    def enclosures(self) -> Enclosures:
        """Files that a feed hands out."""
        from tui.screen.enclosures import Enclosures

        first = self._first
        return Enclosures(first.context, lambda: first.articles.entry, self.browsing.open)

    @cached_property
    def browsing(self) -> Browsing:
        """Addresses in the web browser, and on the clipboard."""
        from tui.screen.browsing import Browsing

        first = self._first
        return Browsing(
            first.context,
            lambda: self._app().suspend(),
            lambda: first.articles.entry,
            lambda text: self._app().copy_to_clipboard(text),
        )

    @cached_property
    def passages(self) -> Passages:
        """Acts on a passage of the open article."""
        from tui.screen.passages import Passages

        push = lambda dialog, heard: self._app().push_screen(dialog, heard)  # noqa: E731
        return Passages(self._first, self.browsing, lambda: self.teaching.ask(), push)  # noqa: PLW0108 – made later

    @cached_property
    def teaching(self) -> Teaching:
        """Saying what is no part of a story."""
        from tui.screen.teaching import Teaching

        first = self._first
        return Teaching(first.context, first.articles, first.writing, self._app, self.passages.cite_text)

    @cached_property
    def dialogs(self) -> Dialogs:
        """What lies over the panes for a moment."""
        from tui.screen.dialogs import Dialogs

        browse = lambda url: self.browsing.open(url)  # noqa: E731, PLW0108 – made when it is first asked for
        return Dialogs(self._first, self._app, self._look, self._refresh, browse)
