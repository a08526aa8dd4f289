"""Further keys of the screen in the linear reader: forward, reports, many at once, files, pruning, a budget."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from cache.paths import places
from cache.progress import Progress
from tests.tui.illustrated import MOLE, STORY, illustrate
from tests.tui.linear.keys_pressed import LinearReader, linear_reader
from tests.tui.newsroom import PILOTS, edition, long_article, shelve

pytestmark = pytest.mark.anyio


async def opened(reader: LinearReader, url: str) -> None:
    entry = reader.desk.library.entry(url)
    reader.desk.enter(reader.desk.stories.section, entry.id)
    await reader.press("enter")


async def test_forward_goes_where_one_has_come_back_from_until_something_else_opens(home: Path) -> None:
    async with linear_reader(home) as reader:
        assert await reader.press("L") == ["There is nothing to go forward to."]
        await opened(reader, PILOTS.url)
        await reader.press("H")
        assert await reader.press("L") == [f"Back in {PILOTS.headline}."]
        await reader.press("H", "enter", "H", "j", "enter")
        assert await reader.press("L") == ["There is nothing to go forward to."]


async def test_the_reports_of_a_story_one_after_the_other(home: Path) -> None:
    with closing(sqlite3.connect(places(home).library)) as edited, edited:
        edited.execute("INSERT OR REPLACE INTO reports (entry_id, story) SELECT id, 1 FROM entry LIMIT 3")
    async with linear_reader(home) as reader:
        library = reader.desk.library
        reports = next(found for each in library.ids() if len(found := library.timeline(each).reports) > 1)
        await opened(reader, reports[0].entry.url)
        assert await reader.press("left_curly_bracket") == ["This is the first report."]
        assert reports[1].entry.headline in " ".join(await reader.press("right_curly_bracket"))
        for _ in reports[2:]:
            await reader.press("right_curly_bracket")
        assert await reader.press("right_curly_bracket") == ["This is the last report."]


async def test_what_a_site_has_changed_is_said_in_brackets(home: Path) -> None:
    async with linear_reader(home) as reader:
        await opened(reader, PILOTS.url)
        assert await reader.press("D") == ["Its site has changed nothing since it was kept."]


@pytest.mark.parametrize(("letter", "left"), [("a", "the rows below"), ("b", "the rows above"), ("s", "other sources")])
async def test_many_are_marked_at_once_and_undo_takes_it_back(home: Path, letter: str, left: str) -> None:
    async with linear_reader(home, "[list]\nfold = false\n") as reader:
        await reader.press("j", "j", "j")
        library, stories = reader.desk.library, reader.desk.stories
        source = library.entry(stories.ids[stories.at]).source_id
        chosen = {
            "a": set(stories.ids[: stories.at]),
            "b": set(stories.ids[stories.at + 1 :]),
            "s": set(library.ids(f"source:{source}")),
        }[letter]
        unread = set(library.ids("is:unread"))
        said = await reader.press("M", typed=f"{letter}\r")
        assert said[-1].startswith("Marked ")
        assert set(library.ids("is:unread")) == unread - chosen, left
        await reader.press("u")
        assert set(library.ids("is:unread")) == unread


async def test_no_letter_marks_nothing(home: Path) -> None:
    async with linear_reader(home) as reader:
        assert (await reader.press("M", typed="z\r"))[-1] == "No such choice: a, b, s or d. Nothing was marked."
        assert (await reader.press("M", typed="\x1b"))[-1] == "Nothing was marked."


async def test_an_article_is_written_to_a_file_and_over_one_only_when_that_is_said_twice(home: Path) -> None:
    target = home / "pilots.md"
    target.write_text("mine", encoding="utf-8")
    async with linear_reader(home) as reader:
        await opened(reader, PILOTS.url)
        assert (await reader.press("W", typed=f"{target}\r"))[
            -1
        ] == "pilots.md is there; the same name once more replaces it."
        assert target.read_text(encoding="utf-8") == "mine"
        said = await reader.press("W", typed=f"{home / 'library.db'}\r")
        assert said[-1].endswith("belongs to the library; choose another file.")
        await reader.press("W", typed=f"{target}\r")
        assert PILOTS.headline in target.read_text(encoding="utf-8")
        assert (await reader.press("W", typed="~nobody-of-this-name/x.md\r"))[-1].startswith("There is nobody called")
        assert (await reader.press("W", typed="\x1b"))[-1] == "Nothing was written."


@pytest.mark.parametrize(("answer", "number"), [("y\r", 1), ("\r", 0), ("n\r", 0), ("\x1b", None)])
async def test_pictures_go_along_where_that_is_said(tmp_path: Path, answer: str, number: int | None) -> None:
    pytest.importorskip("PIL", reason="the extra `pictures` is not installed")
    shelve(tmp_path, [STORY])
    illustrate(tmp_path, MOLE)
    target = tmp_path / "out.epub"
    async with linear_reader(tmp_path) as reader:
        said = await reader.press("W", typed=f"{target}\r{answer}")
    if number is None:
        assert (said[-1], target.exists()) == ("Nothing was written.", False)
    else:
        assert ("with 1 picture" in said[-1]) is bool(number)
        names = zipfile.ZipFile(target).namelist()
        assert sum(name.endswith(".jpg") for name in names) == number


async def test_what_is_past_its_time_goes_when_yes_is_typed_and_not_otherwise(home: Path) -> None:
    async with linear_reader(home, "[keep]\ncount = 1\n") as reader:
        before = reader.desk.library.count()
        assert (await reader.press("P", typed="y\r"))[-1] == "Nothing was removed."
        assert reader.desk.library.count() == before
        assert (await reader.press("P", typed="yes\r"))[-1].startswith("Removed: ")
        assert reader.desk.library.count() < before
        assert (await reader.press("P"))[-1].startswith("To remove: ")


async def test_a_refresh_within_so_many_bytes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    async with linear_reader(home) as reader:

        async def refresh(*_: object, **named: object) -> object:
            asked.append(named["max_bytes"])
            yield Progress("finished")

        monkeypatch.setattr(reader.desk.library, "refresh", refresh)
        assert await reader.press("B", typed="many\r") != []
        assert (await reader.press("B", typed="\x1b"))[-1] == "Nothing was fetched."
        await reader.press("B", typed="300k\r")
        await reader.commands.refreshing._refresh
        assert asked == [300_000]


async def test_where_the_settings_are(home: Path) -> None:
    async with linear_reader(home) as reader:
        assert str(reader.desk.config.path) in (await reader.press("comma"))[0]


async def test_escape_stops_an_article_that_is_read_on_and_other_keys_wait(tmp_path: Path) -> None:
    shelve(tmp_path, [long_article(60), *edition()])
    async with linear_reader(tmp_path) as reader:
        await opened(reader, long_article(60).url)
        reader.keyboard.put_back(["\x1b", "j"])
        said = await reader.press("space")
        number = len(reader.desk.level)
        assert said[-1] == f"Stopped at passage 1 of {number}."
        assert await reader.keyboard.key() == "j"
        assert len(await reader.press("space")) > number - 1
