"""Which panes show, decided by classes alone."""

from __future__ import annotations

from itertools import chain, combinations
from types import SimpleNamespace

import pytest

from tests.tui.conftest import Opening
from tests.tui.pilot import main_screen, press
from tui.config.key_names import key_name
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

    def set_class(self, add: bool, *names: str) -> None:
        for name in names:
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
    layout.toggle_list()
    assert "-no-list" in screen.classes
    panes.article_list.display = False
    layout.show_sidebar(True)
    assert screen.focused is panes.reader
    assert layout.shown() == [panes.reader, panes.related]


CLASSES = ("-front", "-nothing", "-reading", "-beside", "-zoomed", "-no-list", "-no-related")


@pytest.mark.anyio
async def test_whatever_is_hidden_a_pane_is_there(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        for width in (60, 90, 120):
            await pilot.resize_terminal(width, 30)
            await pilot.pause()
            for chosen in chain.from_iterable(combinations(CLASSES, size) for size in range(len(CLASSES) + 1)):
                for name in CLASSES:
                    main.set_class(name in chosen, name)
                pilot.app.stylesheet.update(main)
                shown = main.pane_layout.shown()
                assert shown, (width, chosen)
                if "-zoomed" in chosen:
                    assert shown == [main.reader], (width, chosen)


@pytest.mark.anyio
@pytest.mark.parametrize("width", [60, 90, 120])
@pytest.mark.parametrize("before", ["", "d"])
@pytest.mark.parametrize("key", ["z", "\\"])
async def test_the_article_takes_the_place_of_a_list_that_is_hidden_and_gives_it_back(
    opened: Opening, width: int, before: str, key: str
) -> None:
    async with opened(width, 30) as pilot:
        main = main_screen(pilot)
        await press(pilot, *before, key_name(key))
        assert not main.article_list.display
        assert main.focused is main.reader
        await press(pilot, key_name(key))
        assert main.article_list.display
        await press(pilot, key_name(key), "escape", *["escape"] * (key == "z"))
        assert main.article_list.display
        assert main.focused is main.article_list
