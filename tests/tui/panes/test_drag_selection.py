"""Text of an article that is selected by a drag: marked, copied by a key, ended by another; a click is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.pilot import Pilot

from fetch.article import Block, Code, Paragraph, Points, Quote, Span
from tests.tui.conftest import Opening, settled
from tests.tui.newsroom import NOW, PILOTS, long_article, paragraph, shelve
from tests.tui.pilot import headline, main_screen, press, screen
from tui.panes.drag_selection import DragSelection
from tui.typeset.article import lay_out
from tui.typeset.line import Line

pytestmark = pytest.mark.anyio

WORDS = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen"


class Page:
    """A page of an article, laid out; the mouse is where it is told to be."""

    def __init__(self, *blocks: Block, width: int = 40, dek: str = "") -> None:
        told = replace(PILOTS, headline="Told", section="", dek=dek, body=blocks, image=None, related=())
        self.lines = list(lay_out(told, width, now=NOW))
        self.selection = DragSelection(self)  # type: ignore[arg-type]
        self.at = (0, 0)
        self.scroll_offset = Offset(0, 10)
        self.moved_to: list[int] = []
        self.content_region = Region(0, 0, 40, 20)
        self.has_mouse = False

    def line(self, at: int) -> Line | None:
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def find(self, words: str, *, end: bool = False) -> tuple[int, int]:
        found = next(at for at, line in enumerate(self.lines) if words in line.text)
        return found, self.lines[found].text.index(words) + (len(words) - 1 if end else 0)

    def drag(self, begin: tuple[int, int], end: tuple[int, int]) -> str:
        for kind, at in ((events.MouseDown, begin), (events.MouseMove, end)):
            self.at = at
            self.selection.mouse(mouse(kind))
        return self.selection.text

    def place_of(self, _: events.MouseEvent) -> tuple[int, int]:
        return self.at

    @property
    def shown(self) -> range:
        return range(len(self.lines))

    def move_to(self, top: int) -> None:
        self.moved_to.append(top)

    def draw_anew(self) -> None:
        pass

    def capture_mouse(self, capture: bool = True) -> None:
        self.has_mouse = capture

    def post_message(self, _: Message) -> bool:
        return True

    @property
    def app(self) -> None:
        return None


def mouse(kind: type[events.MouseEvent], button: int = 1, at: tuple[int, int] = (0, 0)) -> events.MouseEvent:
    return kind(None, *at, 0, 0, button, False, False, False)


def test_lines_of_a_passage_are_one_and_passages_stay_apart() -> None:
    page = Page(paragraph(WORDS), paragraph("And so on."))
    assert page.drag(page.find("three"), page.find("And", end=True)) == WORDS[8:] + "\n\nAnd"
    assert page.drag(page.find("And", end=True), page.find("three")) == WORDS[8:] + "\n\nAnd"
    assert page.drag(page.find("three"), page.find("three", end=True)) == "three"
    assert page.drag(page.find("three"), (999, 3)) == WORDS[8:] + "\n\nAnd so on."
    assert page.moved_to == [11], "beyond what is on screen it scrolls"


def test_a_dek_of_several_lines_is_one() -> None:
    page = Page(paragraph("So."), dek=WORDS)
    assert page.drag(page.find("Told"), page.find("fourteen", end=True)) == f"Told\n\n{WORDS}"


def test_what_stands_beside_the_text_is_not_copied() -> None:
    linked = Paragraph((Span("See the "), Span("report", href="https://x.example/r"), Span(" of May.")))
    page = Page(linked, Quote((paragraph(WORDS),), "She"), Points(((paragraph("First"),), (paragraph("Second"),))))
    text = page.drag(page.find("See"), page.find("Second", end=True))
    assert text.startswith("See the report of May.\n\n" + WORDS)
    assert not set("┃•[") & set(text)
    assert text.endswith("First\nSecond")


def test_code_keeps_its_lines_and_what_they_begin_with() -> None:
    page = Page(Code("def f():\n    return 1\n"))
    assert page.drag(page.find("def"), page.find("return 1", end=True)) == "def f():\n    return 1"


def test_scripts_without_spaces_and_parted_words_are_put_together() -> None:
    said = "議会は橋を残した。" * 8
    page = Page(paragraph(said))
    assert page.drag(page.find("議会"), (len(page.lines) - 1, 99)) == said
    parted = Page(paragraph("unbelievable"), width=12)
    at, _ = parted.find("unbelievable")
    parted.lines[at : at + 1] = [
        parted.lines[at]._replace(runs=(parted.lines[at].runs[0]._replace(text="unbe-"),), parted=True),
        parted.lines[at]._replace(runs=(parted.lines[at].runs[0]._replace(text="lievable"),)),
    ]
    assert parted.drag((at, 2), (at + 1, 3)) == "believ"


def test_a_line_from_right_to_left_is_selected_whole() -> None:
    page = Page(paragraph("اتفق مرشدو الموانئ"))
    at, _ = page.find("مرشدو")
    assert page.drag((at, 25), (at, 27)) == "اتفق مرشدو الموانئ"


def test_a_click_selects_nothing_and_another_button_neither() -> None:
    page = Page(paragraph(WORDS))
    assert page.drag(page.find("three"), page.find("three")) == ""
    page.drag(page.find("three"), page.find("four"))
    page.selection.mouse(mouse(events.MouseDown, 3))
    assert not page.selection
    page.selection.mouse(mouse(events.MouseMove, 3))
    assert not page.selection
    page.drag(page.find("three"), page.find("four"))
    page.selection.mouse(mouse(events.MouseDown))
    assert not page.selection


def test_the_mouse_is_the_pages_while_its_button_is_down_and_no_longer() -> None:
    page = Page(paragraph(WORDS))
    page.at = page.find("three")
    page.selection.mouse(mouse(events.MouseDown))
    assert page.has_mouse
    page.at = page.find("five")
    page.selection.mouse(mouse(events.MouseMove, 0))  # let go outside of the terminal
    assert not page.has_mouse
    assert not page.selection
    for edge in ((39, 3), (40, 3), (3, 20)):
        page.selection.mouse(mouse(events.MouseDown, at=edge))
        page.selection.mouse(mouse(events.MouseMove, at=(3, 3)))
        assert not page.has_mouse
        assert not page.selection
    page.drag(page.find("three"), page.find("five"))
    page.selection.clear()
    assert not page.has_mouse


async def point(pilot: Pilot[None], kind: type[events.MouseEvent], at: tuple[int, int]) -> None:
    await pilot._post_mouse_events([kind], main_screen(pilot).reader, at, button=1)
    await settled(pilot)


def place_on_screen(pilot: Pilot[None], words: str) -> tuple[int, int]:
    """Where words stand in the reader, in its own cells."""
    y, line = next((y, line) for y, line in enumerate(screen(pilot).splitlines()) if words in line)
    region = main_screen(pilot).reader.region
    return line.index(words) - region.x, y - region.y


async def test_a_drag_selects_and_a_key_copies_and_escape_ends_it(opened: Opening, home: Path) -> None:
    shelve(home, [replace(long_article(), body=(paragraph(WORDS), paragraph("The end.")))])
    async with opened() as pilot:
        await press(pilot, "enter")
        opened_headline = headline(pilot)
        x, y = place_on_screen(pilot, "three four")
        await point(pilot, events.MouseDown, (x, y))
        await point(pilot, events.MouseMove, (x + 9, y))
        await point(pilot, events.MouseUp, (x + 9, y))
        assert "Selected. y copies it, esc ends that." in screen(pilot)
        await press(pilot, "y")
        assert pilot.app.clipboard == "three four"
        assert not main_screen(pilot).reader.view.selection
        await press(pilot, "y")
        assert pilot.app.clipboard.startswith("https://")
        await point(pilot, events.MouseDown, (x, y))
        await point(pilot, events.MouseMove, (x + 3, y))
        await point(pilot, events.MouseUp, (x + 3, y))
        await press(pilot, "escape")
        assert not main_screen(pilot).reader.view.selection
        assert main_screen(pilot).focused is main_screen(pilot).reader
        assert headline(pilot) == opened_headline


async def test_a_drag_beyond_the_article_scrolls_it_and_selects_on(opened: Opening, home: Path) -> None:
    shelve(home, [long_article()])
    async with opened() as pilot:
        await press(pilot, "enter")
        reader = main_screen(pilot).reader
        await point(pilot, events.MouseDown, (8, 6))
        for x in range(8, 14):
            await pilot._post_mouse_events([events.MouseMove], None, (reader.region.x + x, 39), button=1)
        await settled(pilot)
        assert reader.scroll_offset.y > 2
        await pilot._post_mouse_events([events.MouseUp], None, (reader.region.x + 9, 39), button=1)
        await settled(pilot)
        assert reader.view.selection
        assert len(reader.view.selection.text.split()) > 20
        assert pilot.app.mouse_captured is None


async def test_a_drag_over_a_link_does_not_follow_it_and_a_click_does(opened: Opening, home: Path) -> None:
    linked = Paragraph((Span("See the "), Span("report", href="#note"), Span(" of May.")))
    shelve(home, [replace(long_article(), body=(linked,))])
    async with opened() as pilot:
        await press(pilot, "enter")
        x, y = place_on_screen(pilot, "report")
        followed: list[str] = []
        main_screen(pilot)._follow = followed.append  # type: ignore[method-assign]
        await pilot._post_mouse_events([events.MouseDown], main_screen(pilot).reader, (x, y), button=1)
        await point(pilot, events.MouseMove, (x + 3, y))
        await pilot._post_mouse_events([events.MouseUp, events.Click], main_screen(pilot).reader, (x + 3, y), button=1)
        await settled(pilot)
        assert followed == []
        await pilot.click(main_screen(pilot).reader, offset=(x, y))
        await settled(pilot)
        assert followed == ["#note"]


@pytest.mark.parametrize("meanwhile", ["resize", "next"])
async def test_a_page_set_anew_in_the_middle_of_a_drag_lets_the_mouse_go(
    opened: Opening, home: Path, meanwhile: str
) -> None:
    shelve(home, [long_article(), replace(long_article(), url="https://other.example/a", headline="Another")])
    async with opened() as pilot:
        await press(pilot, "enter")
        await point(pilot, events.MouseDown, (8, 9))
        await point(pilot, events.MouseMove, (14, 9))
        assert pilot.app.mouse_captured is main_screen(pilot).reader
        if meanwhile == "resize":
            await pilot.resize_terminal(80, 24)
            await settled(pilot)
        else:
            await press(pilot, "n")
        assert pilot.app.mouse_captured is None
        assert not main_screen(pilot).reader.view.selection


@pytest.mark.parametrize("end", ["escape", "click", "resize"])
async def test_what_is_selected_no_more_is_no_longer_said_to_be(opened: Opening, home: Path, end: str) -> None:
    shelve(home, [long_article()])
    async with opened() as pilot:
        await press(pilot, "enter")
        await point(pilot, events.MouseDown, (8, 9))
        await point(pilot, events.MouseMove, (14, 9))
        await point(pilot, events.MouseUp, (14, 9))
        assert "Selected." in screen(pilot)
        if end == "escape":
            await press(pilot, "escape")
        elif end == "click":
            await pilot.click(main_screen(pilot).reader, offset=(10, 12))
        else:
            await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "Selected." not in screen(pilot)


async def test_the_choice_of_a_passage_is_in_place_of_what_is_selected(opened: Opening, home: Path) -> None:
    shelve(home, [replace(long_article(), body=(paragraph(WORDS), paragraph("The end.")))])
    async with opened() as pilot:
        await press(pilot, "enter")
        for keys, copied in ((("p",), WORDS), (("v",), "One"), (("shift+right",), "One two")):
            x, y = place_on_screen(pilot, "three four")
            await point(pilot, events.MouseDown, (x, y))
            await point(pilot, events.MouseMove, (x + 9, y))
            await point(pilot, events.MouseUp, (x + 9, y))
            await press(pilot, *keys, "y")
            assert pilot.app.clipboard == copied
