"""Files of other readers in a real library: what lands, what is told, and what the next refresh fetches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cache.errors import CacheError
from cache.library import open_library
from tests.loopback import Loopback
from tests.newsroom import page, refresh, steps

pytestmark = pytest.mark.anyio

POCKET = (
    "title,url,time_added,tags,status\n"
    "Tide,https://paper.example/news/tide,1712000000,sea|harbour,unread\n"
    "Ebb,https://paper.example/news/ebb,1712000100,,archive\n"
    "Mail,about:blank,1712000200,,unread\n"
)


async def test_what_pocket_kept_is_saved_here_with_its_tags_and_days_once(tmp_path: Path) -> None:
    (tmp_path / "pocket.csv").write_text(POCKET)
    async with open_library(tmp_path / "home") as library:
        imported = await library.import_file(tmp_path / "pocket.csv")
        assert (imported.count, imported.sentence) == (
            2,
            "2 articles taken in of Pocket's CSV; the next refresh fetches 2 texts."
            " Left out: 1 without an address on the web (Mail).",
        )
        assert [entry.headline for entry in library.entries(library.ids("is:saved tag:sea"))] == ["Tide"]
        assert [entry.headline for entry in library.entries(library.ids("is:saved is:read"))] == ["Ebb"]
        assert list(library.ids("source:0")) == list(library.ids("is:queued")) != []
        tide = library.entry("https://paper.example/news/tide")
        await library.mark_read([tide.id])
        before = library.entry(tide.id)
        again = await library.import_file(tmp_path / "pocket.csv")
        assert again.count == 0
        assert "2 were there already" in again.sentence
        assert library.entry(tide.id) == before, "what was done since is not undone"


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


async def test_links_of_a_list_are_asked_for_at_the_next_refresh(site: Loopback, library: Path) -> None:
    names = ("tide-rises-over-the-mole-in-the-night", "ebb-leaves-the-ferry-in-the-mud-for-days")
    for name in names:
        site.put(f"/2024/04/01/{name}", page(name))
    (library.parent / "links.txt").write_text("".join(f"{site.url(f'/2024/04/01/{name}')}\n" for name in names))
    async with open_library(library.parent) as opened:
        imported = await opened.import_file(library.parent / "links.txt")
        assert imported.sentence == "2 articles taken in of a list of links; the next refresh fetches 2 texts."
        assert opened.count("source:0") == 2
    told = await refresh(library)
    # They are asked for, and an address on this machine is refused, as it is of any list from elsewhere.
    assert [progress.reason for progress in steps(told, "failed")] == ["address", "address"]


async def test_a_folder_brings_what_each_of_its_files_holds(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    words = "".join(
        f"<p>The tide rose over the mole at {hour} o'clock, and the ferry stayed in the harbour until {hour + 3}.</p>"
        for hour in range(2, 9)
    )
    head = '<head><link rel="canonical" href="https://paper.example/news/{}"><title>Tide</title></head>'
    for name in ("high", "low"):
        body = f"<body><article><h1>Tide {name}</h1>{words}</article></body>"
        markup = f"<!doctype html><html>{head.format(name)}{body}</html>"
        (folder / f"{name}.html").write_text(markup)
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(90))
    (folder / ".hidden").write_text("x")
    (folder / "high_files").mkdir()
    async with open_library(tmp_path / "home") as library:
        imported = await library.import_file(folder)
        assert imported.count == 2
        told = imported.sentence.split("\n")
        assert told[0] == "high.html: 1 article taken in of a saved page."
        assert told[2].endswith("nor of another reader that is known here. It seems to be of the kind PNG.")
        found = library.entries(library.ids("is:saved is:full"))
        assert {entry.url for entry in found} == {"https://paper.example/news/high", "https://paper.example/news/low"}
        (tmp_path / "empty").mkdir()
        with pytest.raises(CacheError, match=r"empty is a folder without a file in it\."):
            await library.import_file(tmp_path / "empty")


async def test_a_file_of_no_known_kind_changes_nothing_and_is_told_what_it_seems_to_be(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("name,age,town\nAnn,5,Arle\n")
    async with open_library(tmp_path / "home") as library:
        before = library.count()
        with pytest.raises(CacheError, match=r"a table, whose columns \(name, age, town\) are not known here\."):
            await library.import_file(tmp_path / "people.csv")
        (tmp_path / "stories.csv").write_text("name,link\nTide,https://paper.example/2024/04/02/ebb-leaves-the-ferry\n")
        with pytest.raises(CacheError, match=r"a table, whose columns \(name, link\) are not known here\."):
            await library.import_file(tmp_path / "stories.csv")
        assert library.count() == before
        assert [source.kind for source in library.sources()] == ["bundled"]


def wallabag(*numbers: int) -> str:
    return json.dumps(
        [
            {
                "title": f"Tide {number}",
                "url": f"https://paper.example/news/tide-{number}",
                "is_archived": 1,
                "tags": ["sea"],
                "content": f"<p>It rose {number} feet.</p>",
                "annotations": [{"quote": "It rose", "text": "why?", "created_at": "2024-04-02T00:00:00+0000"}],
            }
            for number in numbers
        ]
    )


async def test_of_a_damaged_file_what_is_whole_is_taken_and_what_is_missing_is_counted(tmp_path: Path) -> None:
    text = wallabag(0, 1, 2, 3, 4).replace('"Tide 1",', '"Tide 1"')
    (tmp_path / "all.json").write_text(text[:-20])
    async with open_library(tmp_path / "home") as library:
        imported = await library.import_file(tmp_path / "all.json")
        assert (imported.count, imported.is_whole) == (3, False)
        assert imported.counts == {
            **dict.fromkeys(("newer", "known", "away", "absent", "left"), 0),
            "new": 3,
            "missing": 2,
        }
        assert imported.sentence == (
            "3 articles taken in of wallabag's JSON. Left out: 2 damaged (Tide 1, Tide 4)."
            f" The rest of {tmp_path / 'all.json'} could not be read (it breaks off)."
        )
        (tmp_path / "all.json").write_text(wallabag(0, 1, 2, 3, 4))
        again = await library.import_file(tmp_path / "all.json")
        assert (again.count, again.counts["known"], again.is_whole) == (2, 3, True)


async def test_the_marks_in_another_readers_file_are_left_there_when_one_says_so(tmp_path: Path) -> None:
    (tmp_path / "all.json").write_text(wallabag(1))
    (tmp_path / "pocket.csv").write_text(POCKET)
    async with open_library(tmp_path / "home") as library:
        only = await library.import_file(tmp_path / "all.json", marks_only=True)
        assert (only.count, only.counts["absent"]) == (0, 1)
        assert only.sentence == "0 articles taken in of wallabag's JSON; 1 is not in this library."
        await library.import_file(tmp_path / "all.json", marks=False)
        await library.import_file(tmp_path / "pocket.csv", marks=False)
        tide = library.entry("https://paper.example/news/tide-1")
        assert (tide.read, tide.saved, tide.tags, tide.offline) == (False, False, (), "full")
        assert list(library.ids("is:saved")) == []
        assert len(library.ids("is:queued")) == 2, "the texts that only the web has are fetched all the same"
        await library.import_file(tmp_path / "all.json", marks_only=True)
        tide = library.entry(tide.id)
        assert (tide.read, tide.saved, tide.tags) == (True, True, ("sea",))


async def test_a_folder_in_which_a_file_fails_is_not_whole_and_names_each_file(tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    (folder / "a.json").write_text(wallabag(1, 2)[:-30])
    (folder / "b.jsonl").write_text('{"url": "https://paper.example/b", "headline": "B"}\n{x\n')
    (folder / "c.csv").write_text("name,age,town\nAnn,5,Arle\n")
    (folder / "d.csv").write_text(POCKET)
    async with open_library(tmp_path / "home") as library:
        imported = await library.import_file(folder)
    assert not imported.is_whole
    assert {name: imported.counts[name] for name in ("new", "missing", "unread_files")} == {
        "new": 4,
        "missing": 2,
        "unread_files": 1,
    }
    lines = imported.sentence.split("\n")
    assert [line.partition(":")[0].partition(" ")[0] for line in lines] == ["a.json", "b.jsonl", "c.csv", "d.csv"]
    assert lines[1] == "b.jsonl: 1 article taken in. 1 article is missing. Line 2 is no article."
    assert str(folder) not in imported.sentence
