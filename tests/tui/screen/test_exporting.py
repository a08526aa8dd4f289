"""The open article, the selected ones or the list go into a file of the form its name says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cache.db.picture_files import PictureFiles
from fetch.picture import Picture
from tests.tui.conftest import Opening, until
from tests.tui.newsroom import PILOTS
from tests.tui.pilot import headline, main_screen, press, screen
from tests.tui.screen.conftest import Harness
from tui.screen.exporting import Exporting, ToExport

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("name", "query", "number"), [("out.jsonl", "", 15), ("found.jsonl", "lighthouse", 1)])
async def test_what_is_listed_is_written(harness: Harness, tmp_path: Path, name: str, query: str, number: int) -> None:
    Exporting(harness.context, lambda: ToExport("the list", query)).ask()
    harness.question.answered(str(tmp_path / name))
    await harness.done()
    assert len((tmp_path / name).read_text(encoding="utf-8").splitlines()) == number
    assert harness.said[0].startswith("Writing ")
    assert "written to" in harness.said[-1]


@pytest.mark.parametrize("of_list", [True, False])
@pytest.mark.parametrize(("answer", "number"), [("y", 1), ("Yes", 1), ("", 0), ("n", 0)])
async def test_pictures_go_along_where_there_are_any_and_that_is_said(
    harness: Harness, tmp_path: Path, answer: str, number: int, of_list: bool
) -> None:
    article, entry_id = harness.library.article(PILOTS.url), harness.library.entry(PILOTS.url).id
    assert article
    ids = None if of_list else [entry_id]
    exporting = Exporting(harness.context, lambda: ToExport("the list", ids=ids))
    exporting.ask()
    harness.question.answered(str(tmp_path / "without.pack"))
    assert len(harness.asked) == 1, "none is on disk, and nobody is asked"
    kept = Picture(8, 8, os.urandom(9000))
    PictureFiles(harness.library.path).keep(entry_id, article.images[0].src, kept)
    exporting.ask()
    harness.question.answered(str(tmp_path / "out.jsonl"))
    assert len(harness.asked) == 2, "that form holds none"
    exporting.ask()
    harness.question.answered(str(tmp_path / "out.pack"))
    assert harness.question.title == "With the pictures that are on disk, too? y takes them along"
    harness.question.answered(answer)
    await harness.done()
    assert (f" with {number} picture" in harness.said[-1]) is bool(number)
    larger = (tmp_path / "out.pack").stat().st_size - (tmp_path / "without.pack").stat().st_size
    assert (larger > len(kept.content)) is bool(number)


@pytest.mark.parametrize(("keys", "number"), [(("y", "enter"), 1), (("enter",), 0)])
async def test_the_question_of_pictures_follows_on_the_screen_and_keys_behind_it_are_commands(
    opened: Opening, tmp_path: Path, home: Path, keys: tuple[str, ...], number: int
) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).context.library
        article, entry_id = library.article(PILOTS.url), library.entry(PILOTS.url).id
        assert article
        PictureFiles(library.path).keep(entry_id, article.images[0].src, Picture(8, 8, os.urandom(900)))
        await press(pilot, "enter", "W", *str(tmp_path / "out.pack"), "enter", *keys)
        await until(pilot, lambda: "written to" in main_screen(pilot).status.notice)
        assert (" with 1 picture" in main_screen(pilot).status.notice) is bool(number)
        await press(pilot, "W", *str(tmp_path / "left.pack"), "enter", "escape", "s")
        assert "Saved." in main_screen(pilot).status.notice
        assert not (tmp_path / "left.pack").exists()


async def test_those_of_other_articles_are_no_reason_to_ask(harness: Harness, tmp_path: Path) -> None:
    PictureFiles(harness.library.path).keep(2, "https://x.example/a.jpg", Picture(8, 8, b"RIFF0000WEBP"))
    Exporting(harness.context, lambda: ToExport("this article", ids=[1])).ask()
    harness.question.answered(str(tmp_path / "out.pack"))
    await harness.done()
    assert len(harness.asked) == 1
    assert (tmp_path / "out.pack").is_file()


async def test_one_that_is_asked_for_while_another_is_written_comes_after_it(harness: Harness, tmp_path: Path) -> None:
    exporting = Exporting(harness.context, lambda: ToExport("the list"))
    for name in ("first.jsonl", "second.jsonl"):
        exporting.ask()
        harness.question.answered(str(tmp_path / name))
    await harness.done()
    assert [said.rpartition("/")[2] for said in harness.said[2:]] == [
        "first.jsonl.",
        "second.jsonl. Before it: first.jsonl.",
    ]
    assert (tmp_path / "first.jsonl").read_bytes() == (tmp_path / "second.jsonl").read_bytes() != b""


async def test_all_that_were_asked_for_in_one_go_are_told(harness: Harness, tmp_path: Path) -> None:
    exporting = Exporting(harness.context, lambda: ToExport("the list"))
    (tmp_path / "none").write_text("a file")
    for name in ("a.jsonl", "none/b.jsonl", "c.jsonl", "e.odd", "d.md"):
        exporting.ask()
        harness.question.answered(str(tmp_path / name))
    await harness.done()
    told = harness.said[-1]
    assert "none" in told
    assert ".odd" in told
    assert f"written to {tmp_path / 'd.md'}" in told
    assert told.endswith("Before it: a.jsonl, c.jsonl.")
    exporting.ask()
    harness.question.answered(str(tmp_path / "e.jsonl"))
    await harness.done()
    assert harness.said[-1].endswith("e.jsonl.")
    assert "Before it" not in harness.said[-1]


async def test_whoever_leaves_the_question_of_pictures_writes_nothing(harness: Harness, tmp_path: Path) -> None:
    PictureFiles(harness.library.path).keep(1, "https://x.example/a.jpg", Picture(8, 8, b"RIFF0000WEBP"))
    Exporting(harness.context, lambda: ToExport("the list")).ask()
    harness.question.answered(str(tmp_path / "out.epub"))
    harness.question.left("")
    await harness.done()
    assert not (tmp_path / "out.epub").exists()


async def test_a_form_nobody_knows_is_one_sentence(harness: Harness, tmp_path: Path) -> None:
    Exporting(harness.context, lambda: ToExport("the list")).ask()
    harness.question.answered(str(tmp_path / "out.pdf"))
    await harness.done()
    assert not (tmp_path / "out.pdf").exists()
    assert len(harness.said) == 1
    assert harness.said[-1].endswith(".")


async def test_the_question_where_to_and_why_not_are_read_whole_in_80_columns(opened: Opening, tmp_path: Path) -> None:
    async with opened(80, 24) as pilot:
        await press(pilot, "W")
        assert "Write the list to .md .epub .jsonl .pack .receipt, or a folder/" in screen(pilot)
        assert "the sources to .opml .urls" in screen(pilot)
        for name, shown in (("out.pdf", ".pdf"), ("out.pages2026", ".page…")):
            await press(pilot, *str(tmp_path / name), "enter")
            sentence = f"There is no form for {shown}, only .opml .md .epub .jsonl .pack .receipt .urls."
            assert sentence in screen(pilot).splitlines()[-1]
            await press(pilot, "W")


async def test_a_folder_whose_name_has_a_dot_is_a_folder(harness: Harness, tmp_path: Path) -> None:
    Exporting(harness.context, lambda: ToExport("the list")).ask()
    harness.question.answered(f"{tmp_path}/notes.2026/")
    await harness.done()
    assert len(list((tmp_path / "notes.2026").glob("*.md"))) == 15


async def test_no_name_writes_nothing(harness: Harness) -> None:
    Exporting(harness.context, lambda: ToExport("the list")).ask()
    harness.question.answered("")
    assert harness.tasks == []


async def test_in_the_reader_the_open_article_is_written_and_a_file_name_is_a_file(
    opened: Opening, tmp_path: Path
) -> None:
    async with opened() as pilot:
        await press(pilot, "enter", "W")
        assert "Write this article to .md" in screen(pilot)
        await press(pilot, *str(tmp_path / "story.md"), "enter")
        text = (tmp_path / "story.md").read_text(encoding="utf-8")
        assert f"# {headline(pilot)}" in text
        assert text.count("\n# ") == 1
        assert "1 article written to" in main_screen(pilot).status.notice
        await press(pilot, "W", *str(tmp_path / "bare"), "enter")
        assert (tmp_path / "bare").read_text(encoding="utf-8") == text
        await press(pilot, "W", *f"{tmp_path}/folder/", "enter")
        assert len(list((tmp_path / "folder").glob("*.md"))) == 1


async def test_a_file_that_is_there_is_replaced_when_that_is_said_twice(opened: Opening, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("my own", encoding="utf-8")
    async with opened() as pilot:
        await press(pilot, "enter", "W", *str(notes), "enter")
        assert notes.read_text(encoding="utf-8") == "my own"
        assert "notes.md is there; W and the same name again replaces it." in screen(pilot)
        await press(pilot, "W", *str(tmp_path / "other.md"), "enter", "W", *str(notes), "enter")
        assert notes.read_text(encoding="utf-8") == "my own", "the name before it was another one"
        await press(pilot, "W", *str(notes), "enter")
        assert f"# {headline(pilot)}" in notes.read_text(encoding="utf-8")


async def test_nobody_is_asked_whether_a_library_is_replaced(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).context.library.path
        await press(pilot, "enter", "W", *str(library), "enter")
        assert "belongs to the library; choose another file" in main_screen(pilot).status.notice


async def test_a_name_with_a_nul_is_one_sentence(harness: Harness, tmp_path: Path) -> None:
    Exporting(harness.context, lambda: ToExport("the list")).ask()
    harness.question.answered(str(tmp_path / "a\0b.md"))
    await harness.done()
    assert harness.said[-1] == "The name of a file holds no NUL."


async def test_what_is_selected_is_written_and_else_the_list(opened: Opening, tmp_path: Path) -> None:
    async with opened() as pilot:
        ids = main_screen(pilot).article_list.ids
        await press(pilot, "j", "V", "j", "j", "W")
        assert "Write 3 selected to" in screen(pilot)
        await press(pilot, *str(tmp_path / "three.jsonl"), "enter")
        lines = (tmp_path / "three.jsonl").read_text(encoding="utf-8").splitlines()
        assert [int(json.loads(line)["id"]) for line in lines] == list(ids[1:4])
        assert not main_screen(pilot).article_list.selecting
        await press(pilot, "W", *str(tmp_path / "all.md"), "enter")
        text = (tmp_path / "all.md").read_text(encoding="utf-8")
        assert text.count("\n# ") == len(ids)
        assert text.count("title:") == 1, "front matter stands at the top of a text alone"


async def test_an_article_that_is_not_here_and_a_name_that_is_none_are_said(opened: Opening, tmp_path: Path) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await press(pilot, "enter")
        await library.write(lambda store: store.connection.run("UPDATE entry SET offline = 0"))
        await press(pilot, "W")
        assert "Nothing of this article is on disk yet." in main_screen(pilot).status.notice
        await press(pilot, "q", "W", *"~nobody-of-that-name/x.md", "enter")
        assert "There is nobody called ~nobody-of-that-name here." in main_screen(pilot).status.notice
        await press(pilot, "W", *str(tmp_path / "none" / "x.md"), "enter")
        assert "cannot be written" in main_screen(pilot).status.notice
