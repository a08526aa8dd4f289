"""What stands above and below the panes: the masthead, the keys that count, and the status line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from cache.entry import Status
from tui.keymap import Keymap
from tui.panes.base import draw
from tui.panes.footer import footer
from tui.typeset import wording
from tui.typeset.cells import cells
from tui.typeset.line import BLANK, Line, Run
from tui.typeset.theme import RoleStyles, role_styles
from tui.typeset.wrap import clip

if TYPE_CHECKING:
    from cache.progress import Network, Progress
    from tui.typeset.sync_standing import SyncFigures

_NAME = "B R O A D S H E E T"
_READ = 8.0  # seconds a notice stands
_BAR = 16  # cells of the progress bar


class Masthead(Widget):
    """The name of the paper between edition and date."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(id="masthead")
        self._clock = clock

    def render_line(self, y: int) -> Strip:
        """The line `y` of the masthead: name, then a double rule."""
        width = self.size.width
        styles = _styles(self)
        if y == self.size.height - 1 and y > 0:
            return draw(Line((Run("═" * width, "rule"),)), width, styles)
        return draw(masthead(width, self._clock()) if y == max(0, self.size.height - 2) else BLANK, width, styles)


NOT_ASKED = Status(total=-1)
"""How the library is before it was asked, of which nothing is said: no library is like it."""


class StatusLine(Widget):
    """The keys of the pane that has them, and below them whether we are online, when something last answered, what a
    refresh is doing now, and what there is to say.

    We are online when something answered in this sitting (`heard`), offline when there is no `way_out` or nothing could
    be asked; before either is known nothing is said of it.
    """

    status: reactive[Status] = reactive(NOT_ASKED)
    way_out: reactive[bool] = reactive(True)
    heard: reactive[Network] = reactive("")
    progress: reactive[Progress | None] = reactive(None)
    sync: reactive[SyncFigures | None] = reactive(None)
    notice: reactive[str] = reactive("")

    def __init__(
        self,
        clock: Callable[[], datetime],
        held: Callable[[], str] = lambda: "",
        keymap: Callable[[], Keymap] = Keymap,
        *,
        of_page: bool = False,
    ) -> None:
        """`held` names the pane that has the keys, as FOOTERS does, `keymap` gives the keys that there are.

        `of_page`: of one that lies over the main screen, where no key stops a refresh; its keys are told in a single
        line, too, while there is nothing else to say.
        """
        super().__init__(id="status")
        self._of_page = of_page
        self._clock = clock
        self._held = held
        self._keymap = keymap
        self._until: Timer | None = None
        self._of_article = False

    def render_line(self, y: int) -> Strip:
        """The line `y`: the keys where there is room for two lines, then the status."""
        width, styles = self.size.width, _styles(self)
        if y < self.size.height - 1 or self._has_keys_alone:
            return draw(Line(tuple(run for run, _ in footer(self._held(), width, self._keymap()))), width, styles)
        right = self._right()
        room = width - 2 - sum(cells(run.text) for run in right)
        if cells(self.notice) > room:  # what is said goes before what can be seen again when it is gone
            right, room = (), width - 2
        left = self._left(room)
        used = sum(cells(run.text) for run in left)
        gap = Run(" " * max(0, room - used), "meta")
        return draw(Line((Run(" ", "meta"), *left, gap, *right)), width, styles)

    async def on_click(self, event: events.Click) -> None:
        """A click on a key does what the key does."""
        width = self.size.width
        if event.button > 1:
            return
        if event.y < self.size.height - 1 or self._has_keys_alone:
            keys = footer(self._held(), width, self._keymap())
        else:
            action = "leave" if self.progress is not None and not self._of_page else "help"
            right = [(run, action if at else "") for at, run in enumerate(self._right())]
            keys = [(Run(" " * (width - sum(cells(run.text) for run, _ in right)), "meta"), ""), *right]
        end = 0
        for run, action in keys:
            end += cells(run.text)
            if event.x < end:
                pane = self.screen.focused  # the app's own is that of what may lie over this screen by now
                if action and (pane or not action.startswith("focused.")):
                    await self.app.run_action(action, self.screen, {"focused": pane} if pane else None)
                return

    def follow(self, other: StatusLine) -> None:
        """Tell what another line tells, from now on."""
        for fact in ("status", "way_out", "heard", "progress", "sync", "notice"):
            self.watch(other, fact, self._teller(fact))

    def _teller(self, fact: str) -> Callable[[object], None]:
        def tell(value: object) -> None:
            setattr(self, fact, value)

        return tell

    @property
    def _has_keys_alone(self) -> bool:
        quiet = not self.notice and self.progress is None
        return self._of_page and self.size.height == 1 and quiet

    def say(self, sentence: str, *, of_article: bool = False, instead_of: str = "") -> None:
        """Show a sentence for as long as it takes to read it; what is said of the open article goes with that.

        `instead_of`: only where that one still stands.
        """
        if instead_of and self.notice != instead_of:
            return
        self.notice, self._of_article = sentence, of_article
        if self._until is not None:
            self._until.stop()
        self._until = self.set_timer(_READ, self._forget) if sentence else None

    def unsay(self, sentence: str) -> None:
        """Show a sentence no more, where it still stands."""
        if self.notice == sentence:
            self.say("")

    def another_article(self) -> None:
        """Another article is open: what was said of the one before would be read of this one."""
        if self._of_article:
            self.say("")

    def _forget(self) -> None:
        self.notice = ""

    def _left(self, room: int) -> tuple[Run, ...]:
        if self.notice:
            return (Run(clip(self.notice, room), "notice"),)
        if self.progress is not None:
            return _under_way(self.progress, room)
        network = self._network()
        if self.status is NOT_ASKED:
            return (network,)
        parts = [self._keymap().said(wording.refreshed(self.status.refreshed, self._clock()))]
        if self.sync:  # a failure comes first: on a narrow screen the rest can be spared
            parts.insert(0 if self.sync.reason else 1, _sync_line(self.sync, self._clock()))
        parts += [self.status.notice] if self.status.notice else []
        parts += [wording.receipt(self.status.full, self.status.total)] if self.status.total else []
        parts += [f"{self.status.queued} queued"] if self.status.queued else []
        text, left = "", room - cells(network.text)
        for part in parts:
            if not text or cells(text) + cells(part) + 3 <= left:  # what comes later can be spared
                text += f" · {part}" if text or network.text else part
        return (network, Run(clip(text, max(0, left)), "meta"))

    def _network(self) -> Run:
        if not self.way_out or self.heard == "offline":
            return Run("○ offline", "star")
        return Run("● online" if self.heard else "", "meta")

    def _right(self) -> tuple[Run, ...]:
        if self.progress is not None and not self._of_page:
            return (Run(self._keymap().said("  {main.leave|escape}"), "key"), Run(" stops ", "meta"))
        told = self.size.width >= 70 and self.status is not NOT_ASKED
        counts = f"{self.status.unread:,} unread" if told else ""
        help_key = Run(self._keymap().said("{main.help|question_mark}"), "key")
        return (Run(f"  {counts}  ", "meta"), help_key, Run(" keys ", "meta"))


def _sync_line(figures: SyncFigures, now: datetime) -> str:
    from tui.typeset.sync_standing import sync_line  # which most do without

    return sync_line(figures, now)


def _styles(bar: Widget) -> RoleStyles:
    return role_styles(bar.app.theme, getattr(bar.app, "visual_order", False))


def masthead(width: int, now: datetime) -> Line:
    """Edition to the left, name in the middle, date to the right; the sides go where there is no room."""
    left, right = wording.edition(now), wording.masthead_day(now)
    middle = (width - cells(_NAME)) // 2
    if middle < cells(right) + 3:
        right = wording.short_masthead_day(now)
    if middle < max(cells(left), cells(right)) + 3:
        return Line((Run(" " * max(0, middle), "text"), Run(_NAME, "masthead")))
    space = " " * max(0, width - middle - cells(_NAME) - cells(right) - 1)
    return Line((Run(f" {left}".ljust(middle), "meta"), Run(_NAME, "masthead"), Run(f"{space}{right} ", "meta")))


def _under_way(progress: Progress, room: int) -> tuple[Run, ...]:
    filled = _BAR * progress.done // progress.total if progress.total else 0
    text = f" {progress.done}/{progress.total}"
    text += f" · {wording.size(progress.received)}" if progress.received else ""
    text += f" · {progress.failed} failed" if progress.failed else ""
    text += " · pictures" if progress.step == "pictures" else ""
    text += f" · {', '.join(progress.running)}" if progress.running else ""
    return (
        Run("━" * filled, "done"),
        Run("━" * (_BAR - filled), "rule"),
        Run(clip(text, max(0, room - _BAR)), "meta"),
    )
