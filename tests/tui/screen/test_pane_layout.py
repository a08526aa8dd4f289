"""Which panes show, decided by classes alone."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tui.screen.pane_layout import PaneLayout, Panes


class PaneStandIn:
    """Stands in for a pane: shown or not."""

    def __init__(self) -> None:
        self.display = True


class ScreenStandIn(SimpleNamespace):
    """Stands in for the screen: its classes, and who has the keys."""

    def set_focus(self, pane: PaneStandIn) -> None:
        self.focused = pane

    def has_class(self, name: str) -> bool:
        return name in self.classes

    def set_class(self, add: bool, name: str) -> None:
        (self.classes.add if add else self.classes.discard)(name)

    def toggle_class(self, name: str) -> None:
        self.set_class(name not in self.classes, name)


@pytest.fixture
def screen() -> ScreenStandIn:
    return ScreenStandIn(classes={"-wide"}, focused=None)


@pytest.fixture
def panes(screen: ScreenStandIn) -> Panes:
    return Panes(PaneStandIn(), PaneStandIn(), PaneStandIn())


def test_a_pane_that_is_revealed_has_its_class_and_the_keys(screen: ScreenStandIn, panes: Panes) -> None:
    layout = PaneLayout(screen, panes)
    layout.reveal(panes.reader)
    assert (screen.classes, screen.focused) == ({"-wide", "-reading"}, panes.reader)
    layout.reveal(panes.related)
    assert (screen.classes, screen.focused) == ({"-wide", "-beside"}, panes.related)
    layout.reveal(panes.article_list)
    assert screen.classes == {"-wide"}


def test_where_one_pane_fits_the_next_comes_and_the_ends_hold(screen: ScreenStandIn, panes: Panes) -> None:
    screen.classes = {"-narrow"}
    panes.reader.display = panes.related.display = False
    layout = PaneLayout(screen, panes)
    layout.focus_next(-1)
    assert screen.focused is panes.article_list
    layout.focus_next(1)
    assert screen.focused is panes.reader


def test_the_keys_never_stay_with_a_pane_that_is_hidden(screen: ScreenStandIn, panes: Panes) -> None:
    layout = PaneLayout(screen, panes)
    layout.reveal(panes.article_list)
    panes.article_list.display = False
    layout.toggle_list()
    assert screen.focused is panes.reader
    assert "-no-list" in screen.classes
    assert layout.shown() == [panes.reader, panes.related]
