"""The page of sections, sources and searches: a tree to go from, and to put sources in order in."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from fetch.errors import NewsError
from tui.background import BackgroundLibrary
from tui.bindings import SUSPEND
from tui.dialogs.contents_newest import NewestBeside
from tui.dialogs.contents_rows import SEARCHES, ContentsRow, Destination, about, contents
from tui.dialogs.contents_tree import ContentsTree
from tui.dialogs.dialog import SHEET
from tui.dialogs.source_acts import UNDO_KEY, SourceActs, SourcesHost
from tui.keymap import Keymap, keymap_of, verbatim
from tui.local_time import now
from tui.messages import LibraryFailed, OpenArticle, Tell
from tui.panes.bars import StatusLine
from tui.panes.choices import Choices
from tui.panes.facts import Facts
from tui.panes.input_line import InputLine
from tui.sections import Section
from tui.settings import FOLDED_BRANCHES, SECTION_NAMES

if TYPE_CHECKING:
    from cache.library import Library
    from cache.source_entry import SourceEntry

_TITLE = "Sections and sources"
_NO_SOURCE = "Go to a source for that"
_LOOKED = 0.5  # seconds between two looks whether the library has changed
_WITH_NEWEST = 140  # columns from which on they stand beside the tree
_FILLED_WITHIN = 2.0  # seconds that keys wait for rows, and for no library longer than that
_ON_SIGN = 6  # cells of a row on which a click folds


def _key(keys: str, action: str, name: str, tooltip: str, *, key_id: str) -> Binding:
    return Binding(keys, action, name, id=f"contents.{key_id}", tooltip=tooltip)


class Contents(Screen[Destination]):
    """A tree of all there is to go to; beside it, where there is room, the newest of what is highlighted."""

    AUTO_FOCUS = ""
    CSS_PATH = SHEET
    takes_commands = True
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-low"), (30, "-high")]  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (_WITH_NEWEST, "-two")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        SUSPEND,
        _key("escape,q,S", "give_up", "Close", "Close without going anywhere", key_id="close"),
        _key("slash", "filter", "Filter", "Narrow the list by what is typed", key_id="filter"),
        _key("left,h", "fold", "Fold", "Fold the group, or go to its heading", key_id="fold"),
        _key("right,l", "unfold", "Unfold", "Unfold the group, or go to its newest", key_id="unfold"),
        _key("tab,shift+tab", "other_pane", "Other side", "To the newest, and back to the tree", key_id="beside"),
        _key("space", "mark", "Mark", "Mark a source, or all of a group; acts are on all marked", key_id="mark"),
        _key("r", "refresh", "Refresh", "Fetch what is new of the source", key_id="refresh"),
        _key("p", "pause", "Pause", "Have the source rest, or asked again", key_id="pause"),
        _key("E", "arrange", "Settings", "Name, groups and limits of the source", key_id="arrange"),
        _key("o", "browse", "In the browser", "Open the source's own page in the browser", key_id="browse"),
        _key("K", "reorder(-1)", "Up", "Move the source up in its group", key_id="earlier"),
        _key("J", "reorder(1)", "Down", "Move the source down in its group", key_id="later"),
        _key("d", "remove", "Remove", "Remove a source or search; undo takes it back", key_id="remove"),
        _key("D", "remove_all", "Remove all", "Remove a source with all you keep of it", key_id="remove_all"),
        _key("u", "undo", "Undo", "Take back the last step", key_id="undo"),
        _key("question_mark", "help", "Keys", "All keys", key_id="help"),
    ]

    def __init__(
        self,
        library: Library,
        background: BackgroundLibrary,
        here: Section,
        host: SourcesHost,
        sections: Sequence[str] = SECTION_NAMES,
    ) -> None:
        """`sections` are the names of those that stand above kept searches and sources."""
        super().__init__()
        self._sections, self._keys_at_last = sections, Keymap()
        self._library = library
        self._background = background
        self._here = here
        self._host = host
        self._acts = SourceActs(library, host)
        self._tree = ContentsTree()
        self._revision = 0
        self._waiting = 0
        self._filled = asyncio.Event()
        self._landed: tuple[object, ...] = ()  # the row that the highlight came upon as one was removed
        self.typing = InputLine(placeholder="What it is called", select_on_focus=False)
        self.typing.display = False
        self.choices = Choices(32, self._tell_about, names=True)
        self.facts = Facts()
        self.newest = host.article_list.alike()
        self._beside = NewestBeside(self, self.newest, background, self._rests_on, self._telling)
        self.status = StatusLine(now, self._held, lambda: self.keymap, of_page=True)

    @property
    def keymap(self) -> Keymap:
        """The keys that there are."""
        return keymap_of(self.app)

    def compose(self) -> ComposeResult:
        """The tree, the newest beside it, and below both what there is to say."""
        tree = Vertical(self.typing, self.choices, self.facts, classes="tree")
        yield Horizontal(tree, self.newest, classes="page")
        yield self.status

    def on_mount(self) -> None:
        """Show the page at once; what there is to go to is counted in the background."""
        self._keys_at_last = self.keymap  # for what there is to say once the page is closed
        self._entitle()
        self.set_focus(self.choices)
        self.status.follow(self._host.status)
        with self._telling():
            self._tree.begin(self._library.setting(*FOLDED_BRANCHES))
            self._revision = self._library.revision()
        self._beside.begin()
        self._fill()
        self.set_interval(_LOOKED, self._look)

    async def ready(self) -> None:
        """Wait, though not long, for the rows: keys typed behind the one that leads here are meant for them."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._filled.wait(), _FILLED_WITHIN)

    def on_resize(self) -> None:
        """Another width, which may have room for the newest, or none any more."""
        if self.size.width < _WITH_NEWEST and self.newest.has_focus:
            self.set_focus(self.choices)
        self._tell_about()

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Give a widget the keys; the status line names those that count there."""
        super().set_focus(widget, scroll_visible, from_app_focus)
        self.status.refresh()

    def _rests_on(self) -> tuple[Section | None, int]:
        row = self._here_now()
        return row.section if row else None, self._revision

    def _held(self) -> str:
        tree = "contents-marked" if self._tree.marked else "contents"
        held = "newest" if self.focused is self.newest else tree
        return "contents-typing" if self.focused is self.typing else held

    def _entitle(self) -> None:
        marked = len(self._tree.marked)
        self.choices.entitle(f"{marked} marked · {_TITLE}" if marked else _TITLE)
        self.status.refresh()

    def _look(self) -> None:
        """Counts and answers are as the library has them now, whoever changes it."""
        with self._telling():
            if self._revision != (revision := self._library.revision()):
                self._revision = revision
                self._fill()

    @work(exclusive=True, group="filling")
    async def _fill(self) -> None:
        with self._telling():
            first = not self._tree.rows
            rows = await self._background.ask(partial(contents, shown=self._sections), lane="overview")
            if self._waiting:  # what is being done is not in them yet
                return
            self._tree.take(rows)
            self._acts.listed()
            before = self._tree.of(self._here) if first else self._here_now()
            self._show(before)
            after = self._here_now()
            if after and before and (self._acts.has_removed or not after.is_again(before)):
                self._landed, self._acts.has_removed = after.key, False
        self._filled.set()

    def _show(self, here: ContentsRow | None) -> None:
        """The rows that have what is typed and are not folded away, the highlight on the row given, or where it was."""
        at = self._tree.show(self.typing.value, here)
        self.choices.offer(self._tree.choices(), at)
        self._entitle()
        self._tell_about()

    def _here_now(self) -> ContentsRow | None:
        shown = self._tree.shown
        return shown[self.choices.index] if self.choices.index < len(shown) else None

    def _tell_about(self) -> None:
        row = self._here_now()
        self._landed = self._landed if row and row.key == self._landed else ()
        if row:
            self.facts.show(*about(row, self.keymap.said))
        else:
            self.facts.show([f"Nothing here is called “{self.typing.value.strip()}”."] if self.typing.value else [])
        self._beside.moved()

    @on(OpenArticle)
    def _open(self, wish: OpenArticle) -> None:
        """An article of those beside the tree is opened, in its section."""
        wish.stop()
        if self._beside.shown and isinstance(wish.ref, int):
            self.leave(Destination(self._beside.shown, wish.ref))

    @on(LibraryFailed)
    @on(Tell)
    def _told(self, told: LibraryFailed | Tell) -> None:
        told.stop()
        self._tell(verbatim(told.sentence))

    def action_other_pane(self) -> None:
        """To the newest, and back to the tree."""
        self.set_focus(self.newest if self.focused is self.choices and self._beside.can_be_gone_to else self.choices)

    # The filter

    def action_filter(self) -> None:
        """Type what to look for; enter goes back to the list, escape shows all of it again."""
        self.typing.display = True
        self.set_focus(self.typing)  # at once, so that the next key is the line's

    def action_give_up(self) -> None:
        """From the newest to the tree; put the filter away, if there is one; else close."""
        if self.focused is self.newest:
            self.set_focus(self.choices)
            return
        if not self.typing.display:
            self.leave()
            return
        here = self._here_now()
        with self.prevent(Input.Changed):
            self.typing.value = ""
        self.typing.display = False
        self.set_focus(self.choices)
        self._show(here)

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._show(None)

    @on(Input.Submitted)
    def _narrowed(self) -> None:
        """One row is gone to at once; among several one chooses."""
        found = self._tree.found()
        if len(found) == 1 and found[0].section:
            self.leave(Destination(found[0].section))
        self.set_focus(self.choices)

    # The tree

    @on(Choices.Chosen)
    def _chosen(self, chosen: Choices.Chosen) -> None:
        row = self._tree.shown[chosen.at]
        if row.heads and (row.section is None or 0 <= chosen.column < _ON_SIGN):
            self._turn(row)
        elif row.section:
            self.leave(Destination(row.section))

    def action_fold(self) -> None:
        """Fold the group that is highlighted; from what is in one, go to its heading."""
        row = self._here_now()
        if self.focused is self.newest:
            self.set_focus(self.choices)
        elif row and row.heads and not self._tree.is_folded(row):
            self._turn(row)
        elif row:
            self._show(self._tree.heading_of(row))

    def action_unfold(self) -> None:
        """Unfold the group that is highlighted; from what is no group, or unfolded, go to its newest."""
        row = self._here_now()
        if row and self._tree.is_folded(row):
            self._turn(row)
        elif self._beside.can_be_gone_to:
            self.set_focus(self.newest)

    def _turn(self, row: ContentsRow) -> None:
        """Fold a branch, or unfold it; remembered."""
        self._act(self._acts.remember_folded(self._tree.turn(row)))
        self._show(row)

    def action_mark(self) -> None:
        """Mark the highlighted source, or not any more, and go on to the next row; of a heading, all below it."""
        if self.focused is self.newest:
            self.newest.action_page(1)
        elif row := self._here_now():
            self._tree.mark(row)
            shown = self._tree.shown
            self._show(row if row.heads else shown[min(self.choices.index + 1, len(shown) - 1)])

    # Acts on sources

    def _meant(self) -> list[SourceEntry]:
        """The marked sources in their order, else the highlighted one."""
        if self.focused is self.newest:  # there keys are of articles
            return []
        return self._tree.meant(self._here_now())

    def action_refresh(self) -> None:
        """Fetch what is new of the marked sources, else of the highlighted one."""
        meant = self._meant()
        self._tell(self._acts.refresh(meant) if meant else _NO_SOURCE)

    def action_browse(self) -> None:
        """Open the page of the highlighted source."""
        row = self._here_now()
        self._tell(self._acts.browse(row.source) if row and row.source else _NO_SOURCE)

    def action_pause(self) -> None:
        """Have the sources rest, or asked again."""
        if meant := self._meant():
            self._act(self._acts.pause(meant))
        else:
            self._tell(_NO_SOURCE)

    def action_reorder(self, by: int) -> None:
        """Move the highlighted source in its group, with it those that are marked where it is."""
        row = self._here_now()
        if not row or not row.source or self.focused is self.newest:
            self._tell(_NO_SOURCE)
        elif ids := self._tree.reorder(row, by):
            self._show(row)
            self._act(self._acts.put_in_order(ids))

    async def action_arrange(self) -> None:
        """The settings of the highlighted source, or those that several marked ones can share."""
        from tui.dialogs.source_settings import ArrangeTogether, SourceSettings

        meant = self._meant()
        if not meant:
            self._tell(_NO_SOURCE)
            return
        with self._telling():
            several = len(meant) > 1
            one = partial(SourceSettings, undo=UNDO_KEY)
            dialog = ArrangeTogether(self._library, meant) if several else one(self._library, meant[0])
            await self.app.push_screen(dialog, self._arranged)

    def _arranged(self, sentence: str | None) -> None:
        if sentence:
            self._tell(sentence)
            self._fill()

    def action_remove(self) -> None:
        """Remove the sources with their articles, or a search; what is kept of a source is asked about, and stays."""
        row, meant = self._here_now(), self._meant()
        if meant:
            self._act(self._acts.remove(meant, meant=self._is_meant()))
        elif row and row.section and row.within == (SEARCHES,) and self.focused is not self.newest:
            self._act(self._acts.drop_search(row.title, meant=self._is_meant()))
        else:
            self._tell(_NO_SOURCE)

    def action_remove_all(self) -> None:
        """Remove the sources with what is kept of them, once that has been told and the key pressed again."""
        if meant := self._meant():
            self._act(self._acts.remove_all(meant, meant=self._is_meant()))
        else:
            self._tell(_NO_SOURCE)

    def _is_meant(self) -> bool:
        """Whether a key means what is highlighted or marked: not what has come where something was removed."""
        return bool(self._tree.marked) or not self._landed

    def action_undo(self) -> None:
        """Take the last act back."""
        self._act(self._acts.undo())

    def _act(self, act: Coroutine[Any, Any, str | None]) -> None:
        """Have an act done, tell what came of it, and show the rows as they are once none is waiting.

        It is done, and told, too, where the list is closed meanwhile.
        """
        self._waiting += 1
        self._host.start(partial(self._do, act), group="acting")

    async def _do(self, act: Coroutine[Any, Any, str | None]) -> None:
        try:
            with self._telling():
                if sentence := await act:
                    self._tell(sentence)
        finally:
            self._waiting -= 1
        if self.is_attached:
            self._fill()

    def _tell(self, sentence: str) -> None:
        self._host.say(self._keys_at_last.said(sentence))

    def leave(self, destination: Destination | None = None) -> None:
        """Close; what is asked twice, as by a key pressed twice, is done once."""
        if self.is_current:
            self.dismiss(destination)

    async def action_help(self) -> None:
        """All keys."""
        from tui.dialogs.help import Help

        await self.app.push_screen(Help())

    def action_suspend_process(self) -> None:
        """Go to the shell, from here too."""
        self.app.action_suspend_process()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """What the library cannot do is told at the foot of the box."""
        try:
            yield
        except NewsError as error:
            self._tell(verbatim(str(error)))
