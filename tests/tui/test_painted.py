"""What a terminal shows is what it would show were all painted from nothing: panes keep the lines that they drew."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from textual import events
from textual.geometry import Offset
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input

from cache.library import open_library
from cache.paths import places
from cache.writes import marks
from cache.writes.store import Store
from fetch.article import Article, Code, Footnote, Paragraph, Span
from tests.tui.conftest import settled
from tests.tui.newsroom import NOW, edition, long_article, paragraph, shelve
from tests.tui.painted import PaintedBroadsheet
from tests.tui.screen.front_pages import edition_of, land
from tui.dialogs.command_palette import CommandPalette
from tui.screen.main import MainScreen

SIZES = ((60, 20), (80, 24), (100, 30), (120, 40), (121, 40), (160, 40), (200, 50), (210, 50), (45, 12))
MOVES = "j k down up pagedown pageup home end G g space tab shift+tab l h left right 3 5 j j".split()
OPENS = "enter enter n N ] [ t } { H L 1 2 i p p v escape escape escape".split()
MARKS = "m s x u J K V V M A D X ! w".split()
LOOKS = "c + - z \\ ^ d d O F v Q > < # ,".split()
ASKS = "/ / / f T e W P S S S ctrl+p ? , E a y Y C I".split()
TYPED = ("harbour", "pilots", "a", "zzz", "the night", "مرحبا", "2", "島", "x" * 90)
EDITS = "backspace backspace left home delete enter escape escape".split()
DIALOG = "j k down up down pagedown pageup home end tab enter escape escape space / l h p".split()


@pytest.fixture
def full_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)  # where files are written whose names are typed
    home = tmp_path / "full"
    home.mkdir()
    land(home, *edition_of(5, 3, 2, 1))
    shelve(home, [strange(), *edition(), long_article()])
    return home


def strange() -> Article:
    """Of all that is drawn in a way of its own."""
    return Article(
        url="https://courier.example/strange",
        headline="هذا عنوان من اليمين إلى اليسار ❤️ and more",
        published=NOW - timedelta(minutes=30),
        source="The Island Courier",
        body=(
            paragraph("هذه فقرة مكتوبة من اليمين إلى اليسار عن المرشدين البحريين في الجزر الثلاث."),
            Code("def narrows(at):\n    return 'a line of code that is much wider than any page of the reader'" * 2),
            Paragraph((Span("A note"), Span("1", href="#1"), Span(" and 👩🏽‍🚀 a link", href="https://x.example/"))),
            *(paragraph(f"Paragraph {number} of the harbour pilots at night.") for number in range(30)),
            Footnote("1", (paragraph("It stands here."),)),
        ),
    )


SEEDS = range(settings().max_examples // 40)  # five in the suite, hundreds with the profile "long"
ACTS = 20


class Reader:
    """Somebody who does things at random, all told in `did`."""

    def __init__(self, pilot: Pilot[None], home: Path, seed: int) -> None:
        assert isinstance(pilot.app, PaintedBroadsheet)
        self.app, self.pilot, self.home = pilot.app, pilot, home
        self.chance = random.Random(seed)
        self.did: list[str] = []

    async def act(self) -> None:
        acts: list[Callable[[], Awaitable[None]]] = [
            *[self.type] * 10,
            *[self.resize] * 2,
            *[self.wheel] * 2,
            self.click,
            self.drag,
            self.other_program,
            self.theme,
        ]
        await self.chance.choice(acts)()
        if self.chance.random() < 0.15:  # in the middle of everything
            await self.resize()

    async def type(self) -> None:
        for _ in range(self.chance.choice((1, 1, 2, 3, 8))):
            if isinstance(self.app.focused, Input) and self.chance.random() < 0.6:
                self._press(*self.chance.choice(TYPED))
            else:
                self._press(self._key())
        if self.chance.random() < 0.2:
            await self.pilot.pause()

    def _key(self) -> str:
        if isinstance(self.app.focused, Input):
            return self.chance.choice(EDITS)
        if isinstance(self.app.screen, CommandPalette):
            return self.chance.choice(("escape", "down", "up"))
        if not isinstance(self.app.screen, MainScreen):
            return self.chance.choice(DIALOG)
        return self.chance.choice(self.chance.choice((MOVES, MOVES, MOVES, OPENS, OPENS, MARKS, LOOKS, ASKS)))

    def _press(self, *keys: str) -> None:
        self.did.append("".join(keys))
        for key in keys:
            character = key if len(key) == 1 else None
            self.app.post_message(events.Key(_character_to_key(key) if character else key, character))

    async def resize(self) -> None:
        width, height = self.chance.choice(SIZES)
        self.did.append(f"{width}x{height}")
        self.app._driver._size = (width, height)  # type: ignore[union-attr]
        size = self.pilot.app.size.__class__(width, height)
        self.app.post_message(events.Resize(size, size))

    def _somewhere(self) -> Offset:
        width, height = self.app.size
        return Offset(self.chance.randrange(width), self.chance.randrange(height))

    async def wheel(self) -> None:
        place = self._somewhere()
        kind = self.chance.choice((events.MouseScrollDown, events.MouseScrollUp))
        self.did.append(f"{kind.__name__} {place}")
        for _ in range(self.chance.randrange(1, 6)):
            self.app.post_message(kind(None, *place, 0, 0, 0, False, False, False, *place))

    async def click(self) -> None:
        place = self._somewhere()
        self.did.append(f"click {place}")
        await self.pilot.click(offset=place)

    async def drag(self) -> None:
        begin, end = self._somewhere(), self._somewhere()
        self.did.append(f"drag {begin} {end}")
        await self.pilot.mouse_down(offset=begin)
        self.app.post_message(events.MouseMove(None, *end, 0, 0, 1, False, False, False, *end))
        await self.pilot.mouse_up(offset=end)

    async def other_program(self) -> None:
        """Another program marks, tags, notes."""
        with Store(places(self.home).library) as store:
            ids = [row[0] for row in store.connection.rows("SELECT id FROM entry ORDER BY id")]
            entry_id = self.chance.choice(ids)
            act = self.chance.choice((marks.toggle_read, marks.toggle_saved, marks.tag, marks.note))
            self.did.append(f"other {act.__name__} {entry_id}")
            act(store.connection, entry_id, *({marks.tag: [["far", "near"]], marks.note: ["A note."]}.get(act, ())))
        self.app.main_screen.look()

    async def theme(self) -> None:
        chosen = self.chance.choice(("day", "night"))
        self.did.append(chosen)
        self.app.theme = chosen

    async def compare(self) -> None:
        """A line to type in may be about to blink: what is wrong for good stays so."""
        for _ in range(3):
            await settled(self.pilot)
            if not (wrong := self.app.otherwise()):
                return
        did, told = " | ".join(self.did[-30:]), "\n".join(wrong[:8])
        pytest.fail(f"{len(wrong)} lines are not as they would be painted anew, after {did}\n{told}")


@pytest.mark.anyio
@pytest.mark.parametrize("seed", SEEDS)
async def test_what_a_terminal_shows_is_what_it_would_be_painted_anew(full_home: Path, seed: int) -> None:
    async with open_library(full_home) as library:
        app = PaintedBroadsheet(library, lambda: NOW)
        async with app.run_test(size=SIZES[seed % len(SIZES)]) as pilot:
            reader = Reader(pilot, full_home, seed)
            await reader.compare()
            for _ in range(ACTS):
                await reader.act()
                if not app.is_running:
                    break
                await reader.compare()
        await app.main_screen.put_away()
