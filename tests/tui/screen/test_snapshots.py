"""Pictures of the reader at three sizes, compared line by line; `BROADSHEET_PICTURES=new pytest …` draws them anew.

The README shows desk-120x40.svg, so its picture is always what the program draws.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from cache.found import Group, Related
from tests.tui.conftest import Opening, settled
from tests.tui.newsroom import edition
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio

PICTURES = Path(__file__).parent / "snapshots"
_CELL = 12.2  # the width of a cell in the exported picture


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (200, 50)])
async def test_the_desk_looks_as_it_did(opened: Opening, width: int, height: int) -> None:
    async with opened(width, height) as pilot:
        await pilot.press("enter")
        await settled(pilot)
        compare(f"desk-{width}x{height}", await picture(pilot))


async def test_the_page_of_keys_looks_as_it_did(opened: Opening) -> None:
    async with opened(120, 40) as pilot:
        await pilot.press("question_mark")
        await settled(pilot)
        compare("keys-120x40", await picture(pilot))


async def test_the_day_theme_looks_as_it_did(opened: Opening) -> None:
    async with opened(120, 40) as pilot:
        pilot.app.theme = "day"
        await settled(pilot)
        compare("day-120x40", await picture(pilot))


async def picture(pilot: Pilot[None]) -> str:
    """The screen as SVG, without what differs from run to run or machine to machine."""
    main = pilot.app.screen_stack[0]
    assert isinstance(main, MainScreen)
    main.status.heard = "online"
    main.pane_layout.panes.show_related(beside(main))
    for line in pilot.app.screen.query(Input):
        line.cursor_blink = False  # whether a blinking one is seen is chance
    await settled(pilot)
    drawn = pilot.app.export_screenshot(title="Broadsheet")
    drawn = re.sub(r"terminal-\d+-", "terminal-", drawn)
    drawn = re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    drawn = drawn.replace("Fira Code, monospace", "monospace").replace('"Fira Code"', "monospace")
    return re.sub(r'x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"([^>]*)>([^<]*)</text>', _trimmed, drawn)


def beside(main: MainScreen) -> list[Related]:
    """What stands in the sidebar: fixed, so that no picture changes when relating articles becomes better."""
    rows: list[tuple[int, Group, str]] = [
        (1, "story", "night passage, pilots, Saint Orla"),
        (9, "story", "night passage, two ports"),
        (3, "earlier", "ferry company, leading lights"),
        (2, "earlier", "freighter, narrows"),
        (10, "earlier", "pilot boats, Tomas Okafor"),
    ]
    found = [Related("https://courier.example/harbour/text", "The agreement in full", "page", "linked by the page")]
    for at, group, why in rows:
        entry = main.library.entry(edition()[at].url)
        facts = {"entry_id": entry.id, "source": entry.source, "published": entry.published, "offline": "full"}
        found.append(Related(entry.url, entry.headline, group, why, dateline=entry.dateline, **facts))
    return found


def _trimmed(text: re.Match[str]) -> str:
    """Leading and trailing spaces taken off: not every viewer of SVG gives them their width."""
    x, y, length, rest, words = text.groups()
    bare = words.removeprefix("&#160;")
    spaces = 0
    while words.startswith("&#160;"):
        words, spaces = words.removeprefix("&#160;"), spaces + 1
    behind = 0
    while words.endswith("&#160;"):
        words, behind = words.removesuffix("&#160;"), behind + 1
    if not bare or not words:
        return f'x="{x}" y="{y}"{rest}></text>'
    length = f"{float(length) - _CELL * (spaces + behind):.1f}"
    return f'x="{float(x) + _CELL * spaces:.1f}" y="{y}" textLength="{length}"{rest}>{words}</text>'


def compare(name: str, drawn: str) -> None:
    """Hold a picture to the one kept, or keep it."""
    kept = PICTURES / f"{name}.svg"
    if os.environ.get("BROADSHEET_PICTURES") == "new":
        PICTURES.mkdir(exist_ok=True)
        kept.write_text(drawn, encoding="utf-8")
    assert drawn == kept.read_text(encoding="utf-8"), f"{kept.name} differs; BROADSHEET_PICTURES=new draws it anew"
