"""What every part of the screen is given, so that no part needs the screen itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, Protocol, TypeAlias, TypeVar

from cache.errors import CacheError, NoSuchEntry
from tui.background import BackgroundLibrary
from tui.config.config import in_force

if TYPE_CHECKING:
    from textual.worker import Worker

    from cache.entry import Entry
    from cache.library import Library
    from tui.config.config_file import ConfigFile
    from tui.config.table import ConfigKey
    from tui.panes.prompt import Ask

P = ParamSpec("P")
T = TypeVar("T")
Work: TypeAlias = Callable[[], Coroutine[None, None, None]]
Push: TypeAlias = Callable[[Any, Callable[[Any], None]], Awaitable[Any]]
"""Shows a dialog, and has what it was left with heard."""


class StartWorker(Protocol):
    """Textual's `run_worker`: an exclusive worker ends the one before it in its group."""

    def __call__(self, work: Work, *, group: str, exclusive: bool = False) -> Worker[None]:
        """Start it."""
        ...


class Say(Protocol):
    """Shows a sentence for a while; what is said `of_article`, the open one, goes when another is opened.

    With `instead_of` it is shown where that one still stands.
    """

    def __call__(self, sentence: str, /, *, of_article: bool = False, instead_of: str = "") -> None:
        """Show it; "" takes away what is shown."""
        ...


class ScreenContext(NamedTuple):
    """The library, read here and in the background; clock, status line and prompt, and Textual's workers."""

    library: Library
    background: BackgroundLibrary
    clock: Callable[[], datetime]
    say: Say
    ask: Ask
    start: StartWorker
    config: ConfigFile

    def setting(self, key: ConfigKey[T]) -> T:
        """What holds of a setting: the file's value, else what the library keeps, else the default."""
        value: T = in_force(key, self.config.now, self.library.setting).value
        return value

    def keyed(self, sentence: str) -> str:
        """A sentence with the keys that there are in the places of "{id|usual}"."""
        return self.config.now.keymap.said(sentence)

    def say_of_article(self, sentence: str) -> None:
        """Say what holds of the open article alone."""
        self.say(sentence, of_article=True)

    def at_next_start(self, key: ConfigKey[Any]) -> str:
        """What to add where a key on screen sets for now what the settings file says otherwise for each start."""
        return f" {self.config.path.name} says what holds at the next start." if self.config.gives(key) else ""

    def known(self, ref: int | str) -> Entry | None:
        """The entry, where the library has it."""
        try:
            return self.library.entry(ref)
        except NoSuchEntry:
            return None

    @contextmanager
    def telling(self) -> Iterator[None]:
        """What the library cannot do is told in a sentence; what is on screen stays, and reading goes on."""
        try:
            yield
        except CacheError as error:
            self.say(str(error))


class Part(Protocol):
    """A part of the screen."""

    @property
    def context(self) -> ScreenContext:
        """What it was given."""
        ...


A = TypeVar("A", bound=Part)


def careful(handler: Callable[Concatenate[A, P], None]) -> Callable[Concatenate[A, P], None]:
    """A handler whose trouble with the library is told; those of keys and commands are looked after by the app."""

    @wraps(handler)
    def handling(part: A, /, *arguments: P.args, **named: P.kwargs) -> None:
        with part.context.telling():
            handler(part, *arguments, **named)

    return handling
