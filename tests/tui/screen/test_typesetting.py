"""How the settings have an article set: hyphens at the ends of its lines, and dates in a language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.conftest import Opening, settled, until
from tests.tui.pilot import main_screen, press, screen

pytestmark = pytest.mark.anyio


def configure(home: Path, text: str) -> None:
    (home / "config.toml").write_text(text, encoding="utf-8")


async def test_dates_are_in_the_language_that_is_set(opened: Opening, home: Path) -> None:
    configure(home, '[screen]\nlanguage = "de"\n')
    async with opened(130, 40) as pilot:
        await press(pilot, "enter")
        assert "Sonntag, 22. November 2026" in screen(pilot)
        assert re.search(r" \d+ Std\. ", screen(pilot))
        assert "22. November, " in screen(pilot)
        place = main_screen(pilot).reader.text_offset
        configure(home, '[screen]\nlanguage = "ja"\n')
        main_screen(pilot).look()
        await settled(pilot)
        assert "2026年11月22日日曜日" in screen(pilot)
        assert "11月22日, " in screen(pilot)
        assert "Std." not in screen(pilot)
        assert main_screen(pilot).reader.text_offset == place
    configure(home, "")
    async with opened(130, 40) as pilot:
        assert "Sunday, 22 November 2026" in screen(pilot)


async def test_words_are_parted_where_hyphens_are_set_and_the_place_stays(opened: Opening, home: Path) -> None:
    configure(home, "[screen]\nmeasure = 30\n")
    async with opened(130, 20) as pilot:
        await press(pilot, "enter", "pagedown")
        reader = main_screen(pilot).reader
        place, words = reader.text_offset, "".join(line.text for line in reader.page)
        assert not any(line.parted for line in reader.page)
        configure(home, "[screen]\nmeasure = 30\nhyphens = true\n")
        main_screen(pilot).look()
        await until(pilot, lambda: any(line.parted for line in reader.page))
        await settled(pilot)
        assert reader.text_offset == place
        parted = "".join(line.text[:-1] if line.parted else line.text for line in reader.page)
        assert parted.replace(" ", "").replace("─", "") == words.replace(" ", "").replace("─", "")
        first = next(at for at, line in enumerate(reader.page) if line.parted)
        word = reader.page[first].text[:-1].split()[-1] + reader.page[first + 1].text.split()[0]
        await press(pilot, "home", "slash", *word.rstrip(".,"), "enter")
        assert "1 of" in str(reader.border_title)
        assert "-" not in str(reader.border_title).partition("1 of")[0]
