"""The page of sections, sources and searches: a tree to go from, and to put sources in order in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from fetch.errors import NewsError
from tui.background import BackgroundLibrary
from tui.bindings import PALETTE, SUSPEND
from tui.dialogs.contents_acts import KeysOnSources
from tui.dialogs.contents_newest import NewestBeside
from tui.dialogs.contents_rows import ContentsRow, Destination, about, contents
from tui.dialogs.contents_tree import ContentsTree
from tui.dialogs.dialog import SHEET
from tui.dialogs.source_acts import SourceActs, SourcesHost
from tui.keymap import Keymap, keymap_of, verbatim
from tui.local_time import now
from tui.messages import LibraryFailed, OpenArticle, Tell
from tui.panes.bars import StatusLine
from tui.panes.choices import Choices
from tui.panes.facts import Facts
from tui.panes.input_line import InputLine
from tui.passing_on import PassedOn
from tui.sections import Section
from tui.settings import FOLDED_BRANCHES, SECTION_NAMES

if TYPE_CHECKING:
    from cache.library import Library

_TITLE = "Sections and sources"
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
        PALETTE,
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
        _key(
            "d",
            "remove",
            "Remove",
            "Remove a source or search, follow a topic no longer; undo takes it back",
            key_id="remove",
        ),
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
        self._tree = ContentsTree()
        self._acts = SourceActs(library, host)
        self.acting = KeysOnSources(self, self._tree, self._acts, library, host)
        self._revision = 0
        self._filled = asyncio.Event()
        self._landed: tuple[object, ...] = ()  # the row that the highlight came upon as one was removed
        self.typing = InputLine(placeholder="What it is called", select_on_focus=False)
        self.typing.display = False
        self.choices = Choices(32, self._tell_about, names=True)
        self.facts = Facts()
        self.newest = host.article_list.alike()
        self._beside = NewestBeside(self, self.newest, background, self._rests_on, self.telling)
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
        with self.telling():
            self._tree.begin(self._library.setting(*FOLDED_BRANCHES))
            self._revision = self._library.revision()
        self._beside.begin()
        self.fill()
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
        row = self.here_now()
        return row.section if row else None, self._revision

    def _held(self) -> str:
        whole = "contents-narrowed" if self.typing.display else "contents"
        tree = "contents-marked" if self._tree.marked else whole
        held = "newest" if self.focused is self.newest else tree
        return "contents-typing" if self.focused is self.typing else held

    def _entitle(self) -> None:
        marked, hidden = len(self._tree.marked), self._tree.marked_out_of_sight
        beyond = f", {hidden} not shown" if hidden else ""
        self.choices.entitle(f"{marked} marked{beyond} · {_TITLE}" if marked else _TITLE)
        self.status.refresh()

    def _look(self) -> None:
        """Counts and answers are as the library has them now, whoever changes it."""
        with self.telling():
            if self._revision != (revision := self._library.revision()):
                self._revision = revision
                self.fill()

    @work(exclusive=True, group="filling")
    async def fill(self) -> None:
        """Look at the library again, and show the rows as they are."""
        with self.telling():
            first = not self._tree.rows
            rows = await self._background.ask(partial(contents, shown=self._sections), lane="overview")
            if self.acting.waiting:  # what is being done is not in them yet
                return
            self._tree.take(rows)
            self._acts.listed()
            before = self._tree.of(self._here) if first else self.here_now()
            self.show(before)
            after = self.here_now()
            if after and before and (self._acts.has_removed or not after.is_again(before)):
                self._landed, self._acts.has_removed = after.key, False
        self._filled.set()

    def show(self, here: ContentsRow | None) -> None:
        """The rows that have what is typed and are not folded away, the highlight on the row given, or where it was."""
        at = self._tree.show(self.typing.value, here)
        self.choices.offer(self._tree.choices(), at)
        self._entitle()
        self._tell_about()

    def here_now(self) -> ContentsRow | None:
        """The highlighted row."""
        shown = self._tree.shown
        return shown[self.choices.index] if self.choices.index < len(shown) else None

    def _tell_about(self) -> None:
        row = self.here_now()
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
        self.tell(verbatim(told.sentence))

    def action_other_pane(self) -> None:
        """To the newest, and back to the tree."""
        self.set_focus(self.newest if self.focused is self.choices and self._beside.can_be_gone_to else self.choices)

    # The filter

    def action_filter(self) -> None:
        """Type what to look for; enter goes back to the list, escape shows all of it again."""
        self.typing.display = True
        self.set_focus(self.typing)  # at once, so that the next key is the line's

    def on_key(self, event: Key) -> None:
        """From the line that narrows the tree an arrow leads down into it."""
        if event.key == "down" and self.focused is self.typing:
            event.stop()
            self.set_focus(self.choices)

    def action_give_up(self) -> None:
        """From the newest to the tree; put the filter away, if there is one; else close."""
        if self.focused is self.newest:
            self.set_focus(self.choices)
            return
        if not self.typing.display:
            self.leave()
            return
        here = self.here_now()
        with self.prevent(Input.Changed):
            self.typing.value = ""
        self.typing.display = False
        self.set_focus(self.choices)
        self.show(here)

    @on(Input.Changed)
    def _narrow(self) -> None:
        self.show(None)

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
        row = self._tree.shown[chosen.at] if chosen.still_stands else None
        if row is None:
            return
        if row.heads and (row.section is None or 0 <= chosen.column < _ON_SIGN):
            self._turn(row)
        elif row.section:
            self.leave(Destination(row.section))

    def action_fold(self) -> None:
        """Fold the group that is highlighted; from what is in one, go to its heading."""
        row = self.here_now()
        if self.focused is self.newest:
            self.set_focus(self.choices)
        elif row and row.heads and not self._tree.is_folded(row):
            self._turn(row)
        elif row:
            self.show(self._tree.heading_of(row))

    def action_unfold(self) -> None:
        """Unfold the group that is highlighted; from what is no group, or unfolded, go to its newest."""
        row = self.here_now()
        if row and self._tree.is_folded(row):
            self._turn(row)
        elif self._beside.can_be_gone_to:
            self.set_focus(self.newest)

    def _turn(self, row: ContentsRow) -> None:
        """Fold a branch, or unfold it; remembered."""
        self.acting.have_done(self._acts.remember_folded(self._tree.turn(row)))
        self.show(row)

    def action_mark(self) -> None:
        """Mark the highlighted source, or not any more, and go on to the next row; of a heading, all below it."""
        if self.focused is self.newest:
            self.newest.action_page(1)
        elif row := self.here_now():
            self._tree.mark(row)
            shown = self._tree.shown
            self.show(row if row.heads else shown[min(self.choices.index + 1, len(shown) - 1)])

    # Acts on sources

    @property
    def among_articles(self) -> bool:
        """Whether keys are of articles: those beside the tree."""
        return self.focused is self.newest

    @property
    def is_meant(self) -> bool:
        """Whether a key means what is highlighted or marked: not what has come where something was removed."""
        return bool(self._tree.marked) or not self._landed

    action_refresh = PassedOn("acting.refresh")
    action_browse = PassedOn("acting.browse")
    action_pause = PassedOn("acting.pause")
    action_reorder = PassedOn("acting.reorder")
    action_arrange = PassedOn("acting.arrange")
    action_remove = PassedOn("acting.remove")
    action_remove_all = PassedOn("acting.remove_all")
    action_undo = PassedOn("acting.undo")

    def tell(self, sentence: str) -> None:
        """Say it in the status line; keys stand in it as {id|usual}."""
        self._host.say(self._keys_at_last.said(sentence))

    def leave(self, destination: Destination | None = None) -> None:
        """Close; what is asked twice, as by a key pressed twice, is done once."""
        if self.is_active:
            self.dismiss(destination)

    async def action_help(self) -> None:
        """All keys."""
        from tui.dialogs.help import Help

        await self.app.push_screen(Help())

    async def action_palette(self) -> None:
        """What can be done on this page, and all else, by name."""
        await self._host.palette(self)

    def action_suspend_process(self) -> None:
        """Go to the shell, from here too."""
        self.app.action_suspend_process()

    @contextmanager
    def telling(self) -> Iterator[None]:
        """What the library cannot do is told at the foot of the box."""
        try:
            yield
        except NewsError as error:
            self.tell(verbatim(str(error)))
