"""The line to type in: it has the keys while it is open, then they go back to where they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.panes.base import Pane

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from tui.panes.prompt import Prompt, Question
    from tui.screen.pane_layout import PaneLayout


class Screen(Protocol):
    """What is needed of the screen that the line stands on."""

    @property
    def focused(self) -> Widget | None:
        """The widget that has the keys."""
        ...


class PromptHost:
    """Puts a line to type in on the screen, at most one at a time; `mount` places it and gives it the keys."""

    def __init__(self, screen: Screen, layout: PaneLayout, mount: Callable[[Prompt], None]) -> None:
        self._screen = screen
        self._layout = layout
        self._mount = mount
        self._prompt: Prompt | None = None
        self._had_keys: Pane | None = None

    def ask(self, question: Question, typed: str = "") -> None:
        """Ask, unless something is being asked already."""
        if self._prompt is None:
            from tui.panes.prompt import Prompt

            focused = self._screen.focused
            self._had_keys = focused if isinstance(focused, Pane) else None
            self._prompt = Prompt(question, typed, self._closed)
            self._mount(self._prompt)

    def close(self) -> None:
        """Close the line without an answer."""
        if self._prompt:
            self._prompt.close()

    def give_up(self) -> bool:
        """Leave the line as escape does; whether there was one."""
        if self._prompt is None:
            return False
        self._prompt.action_give_up()
        return True

    def keeps_keys_from(self, widget: Widget | None) -> bool:
        """Whether the keys may not go to that widget: what arrives meanwhile, or is clicked, gets none."""
        return self._prompt is not None and widget is not self._prompt

    def _closed(self) -> None:
        self._prompt = None
        self._layout.give_back(self._had_keys)
