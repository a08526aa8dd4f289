"""Setting up a server to sync with: its address, the name and the password there, and what came of it in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from fetch.errors import NewsError
from fetch.secret import Secret
from tui.dialogs.dialog import Dialog, entitle, plain_lines, tell
from tui.panes.base import plain
from tui.panes.input_line import InputLine

if TYPE_CHECKING:
    from cache.library import Library

_HOW = "enter goes on, esc leaves"
_ASKED = ("An address such as example.com/freshrss", "Your name there", "Its API password, where it has one")


class SyncServer(Dialog[str]):
    """Three lines to fill in; it is left with the sentence to tell. `standing`: a line a place that is known."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Close", id="sync.close", tooltip="Close; nothing more is kept"),
        Binding("down", "app.focus_next", "Next line", id="sync.down", tooltip="To the next line", priority=True),
        Binding("up", "app.focus_previous", "Line before", id="sync.up", tooltip="To the line before", priority=True),
    ]

    def __init__(self, library: Library, standing: Sequence[str]) -> None:
        super().__init__()
        self._library = library
        self._asking = False
        self._agreed = False
        self._asked_to_keep = ""
        self.place, self.user, self.password = self.lines = [
            InputLine("", asked, title=title)
            for title, asked in zip(("Server", "User", "Password"), _ASKED, strict=True)
        ]
        self.password.password = True
        self.standing = Static(classes="about")
        self.standing.update(plain_lines("\n".join(standing)))
        self.standing.display = bool(standing)
        self.trouble = Static(classes="trouble")
        self.box = Vertical(*self.lines, self.trouble, self.standing, classes="box -short")
        entitle(self.box, "Sync with a server")

    def compose(self) -> ComposeResult:
        """One box."""
        yield self.box

    def on_mount(self) -> None:
        """Say how it is left."""
        tell(self.box, _HOW)

    @on(Input.Changed)
    def _changed(self) -> None:
        """What was said of other words holds no more, nor what was agreed to."""
        if not self._asking:
            self._agreed, self._asked_to_keep = False, ""
            self._complain("")

    @on(Input.Submitted)
    def _entered(self, typed: Input.Submitted) -> None:
        """Go on with the first line that is empty; where none is, look for the server, or agree to what was asked."""
        if self._asking:
            return
        if empty := next((line for line in self.lines if not line.value.strip()), None):
            if empty is typed.input:
                self._complain(f"{_ASKED[self.lines.index(empty)]} is wanted here.")
            self.set_focus(empty)  # at once: what is typed behind it belongs there
            return
        self._agreed |= bool(self._asked_to_keep)
        self._asking = True
        self._set_up()

    @work(exclusive=True, group="dialog")
    async def _set_up(self) -> None:
        from cache.sync.server import set_up

        self._complain("")
        place = self.place.value.strip()
        try:
            if not await self._may_keep():
                return
            tell(self.box, f"Looking for a server at {place} … esc leaves")
            account = await set_up(self._library, place, self.user.value.strip(), Secret(self.password.value))
        except NewsError as error:
            self._complain(str(error))
            tell(self.box, _HOW)
        else:
            self.leave(f"{account.server or account.url} lets {account.user} in; what it has comes now.")
        finally:
            self._asking = False

    async def _may_keep(self) -> bool:
        """Whether the password may be kept where it would be: in a keyring always, in a file once that was agreed."""
        from asyncio import to_thread

        from cache.secret_store import SecretStore

        secrets = SecretStore.beside(self._library.path)
        if self._agreed or await to_thread(lambda: secrets.has_keyring):
            return True
        self._asked_to_keep = (
            f"There is no keyring: enter once more keeps the password in {secrets.file}, which only you can read."
        )
        self._complain(self._asked_to_keep)
        tell(self.box, "enter keeps it there, esc leaves")
        return False

    def _complain(self, sentence: str) -> None:
        self.trouble.update(plain(sentence))
        self.trouble.display = bool(sentence)
        if sentence:  # on a small terminal it stands below what can be seen
            self.call_after_refresh(self.trouble.scroll_visible, animate=False)
