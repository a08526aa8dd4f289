"""The place of sections, sources and searches: a tree to go from, and to put sources in order in."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from fetch.errors import NewsError
from tui.background import BackgroundLibrary
from tui.dialogs.contents_rows import SEARCHES, ContentsRow, about, contents, visible
from tui.dialogs.dialog import Dialog, entitle, plain_lines, tell
from tui.dialogs.picker import says
from tui.dialogs.source_acts import UNDO_KEY, SourceActs, SourcesHost, moved
from tui.keymap import Keymap, verbatim
from tui.local_time import now
from tui.panes.choices import Choices
from tui.panes.headlines import Headlines
from tui.panes.input_line import InputLine
from tui.sections import SAVED, Section
from tui.settings import FOLDED_BRANCHES, SECTION_NAMES

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.library import Library
    from cache.source_entry import SourceEntry

_HOW = (
    "enter goes · {contents.filter|slash} filters · ← → fold · {contents.mark|space} marks · {contents.refresh|r} "
    "{contents.pause|p} {contents.arrange|E} {contents.browse|o} {contents.remove|d}"
)
_HOW_IN_WORDS = (
    "enter goes · {contents.filter|slash} filters · ← → fold · {contents.mark|space} marks · {contents.refresh|r} "
    "fetches · {contents.pause|p} pauses · {contents.arrange|E} sets up · {contents.remove|d} removes"
)
_IN_WORDS_FROM = 116  # columns
_MARKED = (
    "%d marked: {contents.refresh|r} refreshes, {contents.pause|p} pauses, {contents.arrange|E} files, "
    "{contents.remove|d} removes"
)
_NO_SOURCE = "Go to a source for that"
_LOOKED = 0.5  # seconds between two looks whether the library has changed
_RESTED = 0.08  # seconds on a row, after which its newest are shown
_ON_SIGN = 6  # cells of a row on which a click folds


def _key(keys: str, action: str, name: str, tooltip: str, *, key_id: str) -> Binding:
    return Binding(keys, action, name, id=f"contents.{key_id}", tooltip=tooltip)


class Contents(Dialog[Section]):
    """A tree of all there is to go to; beside it, where there is room, the newest of what is highlighted."""

    AUTO_FOCUS = ""
    takes_commands = True
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (140, "-two")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("escape,q,S", "give_up", "Close", "Close without going anywhere", key_id="close"),
        _key("slash", "filter", "Filter", "Narrow the list by what is typed", key_id="filter"),
        _key("left,h", "fold", "Fold", "Fold the group, or go to its heading", key_id="fold"),
        _key("right,l", "unfold", "Unfold", "Unfold the group", key_id="unfold"),
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
        self._rows: list[ContentsRow] = []
        self._shown: list[ContentsRow] = []
        self._marked: set[int] = set()
        self._folded: set[str] = set()
        self._revision = 0
        self._waiting = 0
        self._landed = 0  # the source that the highlight came upon as the one before it was removed
        self.typing = InputLine(placeholder="What it is called", select_on_focus=False)
        self.typing.display = False
        self.choices = Choices(32)
        self.about = Static(classes="about -source")
        self.headlines = Headlines(now)
        tree = Vertical(self.typing, self.choices, self.about, classes="tree")
        self.box = Horizontal(tree, self.headlines, classes="box -wide")

    def compose(self) -> ComposeResult:
        """One box."""
        yield self.box

    def on_mount(self) -> None:
        """Show the box at once; what there is to go to is counted in the background."""
        self._keys_at_last = self.keymap  # for what there is to say once the box is closed
        entitle(self.box, "Sections and sources")
        self._tell(self._how)
        self.set_focus(self.choices)
        with self._telling():
            self._folded = set(map(str, self._library.setting(*FOLDED_BRANCHES)))
            self._revision = self._library.revision()
        self._fill()
        self.set_interval(_LOOKED, self._look)

    def _look(self) -> None:
        """Counts and answers are as the library has them now, whoever changes it."""
        with self._telling():
            if self._revision != (revision := self._library.revision()):
                self._revision = revision
                self._fill()

    @work(exclusive=True, group="filling")
    async def _fill(self) -> None:
        with self._telling():
            first = not self._rows
            rows = await self._background.ask(partial(contents, shown=self._sections), lane="overview")
            if self._waiting:  # what is being done is not in them yet
                return
            self._rows = rows
            self._acts.listed()
            self._marked &= {row.source_id for row in rows}
            here = next((row for row in self._rows if row.section == self._here), None) if first else self._here_now()
            self._show(here)
            if self._acts.has_removed and (landed := self._here_now()):
                self._landed, self._acts.has_removed = landed.source_id, False

    def _show(self, here: ContentsRow | None) -> None:
        """The rows that have what is typed and are not folded away, the highlight on the row given, or where it was."""
        before = self._shown
        self._shown = visible(self._rows, self.typing.value, self._folded)
        typed = bool(self.typing.value.strip())
        choices = [
            row.choice(folded=row.heads in self._folded and not typed, marked=row.source_id in self._marked)
            for row in self._shown
        ]
        words = self.typing.value.casefold().split()
        first = next((at for at, row in enumerate(self._shown) if says(row.names, words)), 0)
        self.choices.offer(choices, _at(self._shown, before, here, first))
        self._tell_about()

    def _here_now(self) -> ContentsRow | None:
        return self._shown[self.choices.index] if self.choices.index < len(self._shown) else None

    @on(Choices.Moved)
    def _tell_about(self) -> None:
        row = self._here_now()
        self._landed = self._landed if row and row.source_id == self._landed else 0
        none = f"Nothing here is called “{self.typing.value.strip()}”." if self.typing.value else ""
        self.about.update(plain_lines(about(row, self.keymap.said) if row else none), layout=False)
        if self.has_class("-two"):
            self._preview(row.section if row else None)

    @work(exclusive=True, group="preview")
    async def _preview(self, section: Section | None) -> None:
        await asyncio.sleep(_RESTED)
        with self._telling():
            entries: Sequence[Entry] = ()
            if section:
                newest = partial(_newest, section, self.size.height // 3)
                entries = await self._background.ask(newest, lane="beside")
            self.headlines.show(entries, section.empty.partition("\n")[0] if section else "")

    # The filter

    def action_filter(self) -> None:
        """Type what to look for; enter goes back to the list, escape shows all of it again."""
        self.typing.display = True
        self.set_focus(self.typing)  # at once, so that the next key is the line's

    def action_give_up(self) -> None:
        """Put the filter away, if there is one; else close."""
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
        found = [row for row in self._shown if says(row.names, self.typing.value.casefold().split())]
        if len(found) == 1 and found[0].section:
            self.leave(found[0].section)
        self.set_focus(self.choices)

    # The tree

    @on(Choices.Chosen)
    def _chosen(self, chosen: Choices.Chosen) -> None:
        row = self._shown[chosen.at]
        if row.heads and (row.section is None or 0 <= chosen.column < _ON_SIGN):
            self._turn(row)
        else:
            self.leave(row.section)

    def action_fold(self) -> None:
        """Fold the group that is highlighted; from what is in one, go to its heading."""
        row = self._here_now()
        if row and row.heads and row.heads not in self._folded:
            self._turn(row)
        elif row and row.within:
            self._show(next((each for each in self._shown if each.heads == row.within[-1]), row))

    def action_unfold(self) -> None:
        """Unfold the group that is highlighted."""
        row = self._here_now()
        if row and row.heads in self._folded:
            self._turn(row)

    def _turn(self, row: ContentsRow) -> None:
        """Fold a branch, or unfold it; remembered."""
        self._folded ^= {row.heads}
        there = {each.heads for each in self._rows}
        kept = sorted(self._folded & there)
        self._act(self._acts.remember_folded(kept))
        self._show(row)

    def action_mark(self) -> None:
        """Mark the highlighted source, or not any more, and go on to the next row; of a heading, all below it."""
        row = self._here_now()
        if row is None:
            return
        below = {each.source_id for each in self._rows if row.heads and row.heads in each.within}
        ids = ({row.source_id} | below) - {0}
        self._marked = self._marked - ids if ids <= self._marked else self._marked | ids
        after = self._shown[min(self.choices.index + 1, len(self._shown) - 1)]
        self._show(row if row.heads else after)
        self._tell(_MARKED % len(self._marked) if self._marked else self._how)

    # Acts on sources

    def _meant(self) -> list[SourceEntry]:
        """The marked sources in their order, else the highlighted one."""
        by_id = {row.source_id: row.source for row in self._rows if row.source}
        if self._marked:
            return [source for source_id, source in by_id.items() if source_id in self._marked]
        row = self._here_now()
        return [row.source] if row and row.source else []

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
        """Move the highlighted source in its group."""
        row = self._here_now()
        if not row or not row.source:
            self._tell(_NO_SOURCE)
            return
        ids = list(dict.fromkeys(each.source_id for each in self._rows if each.source))
        group = [each.source_id for each in self._rows if each.source and each.within == row.within]
        at, to = self._rows.index(row), self._rows.index(row) + by
        if 0 <= to < len(self._rows) and self._rows[to].source_id in group and self._rows[to].within == row.within:
            self._rows[at], self._rows[to] = self._rows[to], row  # at once, for the next key
            self._show(row)
            self._act(self._acts.put_in_order(moved(ids, row.source_id, by, group)))

    async def action_arrange(self) -> None:
        """The settings of the highlighted source, or the groups of those that are marked."""
        from tui.dialogs.source_settings import FileTogether, SourceSettings

        meant = self._meant()
        if not meant:
            self._tell(_NO_SOURCE)
            return
        with self._telling():
            several = len(meant) > 1
            one = partial(SourceSettings, undo=UNDO_KEY)
            dialog = FileTogether(self._library, meant) if several else one(self._library, meant[0])
            await self.app.push_screen(dialog, self._arranged)

    def _arranged(self, sentence: str | None) -> None:
        if sentence:
            self._tell(sentence)
            self._fill()

    def action_remove(self) -> None:
        """Remove the sources with their articles, or a search; what is kept of a source is asked about, and stays."""
        row, meant = self._here_now(), self._meant()
        if meant:
            self._act(self._acts.remove(meant, meant=self._is_meant(meant)))
        elif row and row.section and row.within == (SEARCHES,):
            self._act(self._acts.drop_search(row.title))
        else:
            self._tell(_NO_SOURCE)

    def action_remove_all(self) -> None:
        """Remove the sources with what is kept of them, once that has been told and the key pressed again."""
        if meant := self._meant():
            self._act(self._acts.remove_all(meant, meant=self._is_meant(meant)))
        else:
            self._tell(_NO_SOURCE)

    def _is_meant(self, sources: Sequence[SourceEntry]) -> bool:
        """Whether a key means them: not what it came upon by having removed what stood there."""
        return bool(self._marked) or sources[0].id != self._landed

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

    @property
    def _how(self) -> str:
        return _HOW_IN_WORDS if self.app.size.width >= _IN_WORDS_FROM else _HOW

    def _tell(self, sentence: str) -> None:
        if self.is_attached:
            tell(self.box, self.keymap.said(sentence))
        else:
            self._host.say(self._keys_at_last.said(sentence))

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """What the library cannot do is told at the foot of the box."""
        try:
            yield
        except NewsError as error:
            self._tell(verbatim(str(error)))


def _at(rows: Sequence[ContentsRow], before: Sequence[ContentsRow], here: ContentsRow | None, otherwise: int) -> int:
    """Where a row is; where it is gone, the one that came behind it, else before it, is meant."""
    if here is None:
        return otherwise
    places = {row.key: at for at, row in enumerate(rows)}
    keys = [row.key for row in before]
    old = keys.index(here.key) if here.key in keys else len(keys)
    return next(
        (places[key] for key in [here.key, *keys[old + 1 :], *reversed(keys[:old])] if key in places), otherwise
    )


def _newest(section: Section, most: int, library: Library) -> Sequence[Entry]:
    ids = library.reading_list()[:most] if section == SAVED else library.ids(section.query, limit=most)
    return library.entries(ids)
