"""Of a file that did not arrive whole what is whole is taken in, and what is missing is named, with counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cache.errors import CacheError
from cache.formats import pack, pack_streams
from cache.formats.exchanged_articles import NotArrived
from cache.importing import Imported
from cache.library import Library, open_library
from fetch.errors import NewsError
from tests.packing import first_pack_of_lines, pack_of_lines

pytestmark = pytest.mark.anyio


def line(number: int, words: str = "It is so.") -> str:
    address = f"https://paper.example/{number}"
    return json.dumps({"url": address, "headline": f"Story {number}", "text": words}, ensure_ascii=False)


LINES = [f"{line(number)}\n".encode() for number in range(40)]
STREAMS = [b"".join(LINES[at : at + 10]) for at in range(0, 40, 10)]


async def taken_in(home: Path, content: bytes) -> tuple[Imported, list[str]]:
    """What came of importing a file of these bytes into an empty library, and the addresses that are in it."""
    (home / "file").write_bytes(content)
    async with open_library(home / "home") as library:
        return await library.import_file(home / "file"), addresses(library)


def addresses(library: Library) -> list[str]:
    urls = [entry.url for entry in library.entries(library.ids()) if entry.url.startswith("https://paper.example/")]
    return sorted(urls, key=lambda url: int(url.rpartition("/")[2]))


def urls(*numbers: int) -> list[str]:
    return [f"https://paper.example/{number}" for number in numbers]


def stream_begins(content: bytes) -> list[int]:
    found = [content.find(b"STREAM ")]
    while found[-1] >= 0:
        found.append(content.find(b"STREAM ", found[-1] + 1))
    return found[:-1]


async def test_a_truncated_pack_gives_what_stands_before_its_end(tmp_path: Path) -> None:
    content = pack_of_lines(*STREAMS)
    imported, there = await taken_in(tmp_path, content[: stream_begins(content)[3] - 1])
    assert there[:20] == urls(*range(20))
    lost = 40 - len(there)
    assert 10 <= lost <= 20
    assert not imported.is_whole
    assert imported.counts["missing"] == lost
    assert f"{lost} articles are missing." in imported.sentence
    assert f"did not arrive whole ({lost - 10 or 10} articles)." in imported.sentence


async def test_a_pack_cut_within_its_only_stream_gives_the_lines_before_that(tmp_path: Path) -> None:
    chance = [f"{line(number, f'{number * 7919 % 104729:x} ' * 400)}\n".encode() for number in range(300)]
    content = pack_of_lines(b"".join(chance))
    imported, there = await taken_in(tmp_path, content[: len(content) * 2 // 3])
    assert 30 < len(there) < 300
    assert imported.counts == {**imported.counts, "new": len(there), "missing": 300 - len(there)}


@pytest.mark.parametrize("place", ["line", "stream", "header"])
async def test_a_flipped_byte_costs_no_other_stream(tmp_path: Path, place: str) -> None:
    content = bytearray(pack_of_lines(*STREAMS))
    begin = stream_begins(bytes(content))[1]
    at = {"line": begin + 8, "stream": begin + 100, "header": len(pack.MAGIC) + 3}[place]
    content[at] ^= 1
    imported, there = await taken_in(tmp_path, bytes(content))
    assert there[-20:] == urls(*range(20, 40))
    assert there[:10] == urls(*range(10))
    assert imported.counts["missing"] == 40 - len(there)
    assert imported.is_whole == (len(there) == 40 and place != "header")
    if place == "line":
        assert "What stands behind article 10 did not arrive whole (10 articles)." in imported.sentence


async def test_a_flipped_byte_in_a_small_pack_costs_none_of_the_articles_before_it(tmp_path: Path) -> None:
    chance = [f"{line(number, f'{number * 7919 % 104729:x} ' * 60)}\n".encode() for number in range(50)]
    content = bytearray(pack_of_lines(b"".join(chance)))
    content[len(content) * 2 // 3] ^= 1
    imported, there = await taken_in(tmp_path, bytes(content))
    assert there[:20] == urls(*range(20))
    assert imported.counts == {**imported.counts, "new": len(there), "missing": 50 - len(there)}


async def test_of_any_flipped_byte_nothing_is_taken_that_was_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = pack_of_lines(*STREAMS[:2])
    monkeypatch.setattr(pack_streams, "_MOST_UNPACKED", 100_000)
    written = [each.article for each in pack.read(kept(tmp_path, sound)) if not isinstance(each, NotArrived)]
    for at in range(len(pack.MAGIC), len(sound), 3):
        spoilt = sound[:at] + bytes([sound[at] ^ 32]) + sound[at + 1 :]
        found = list(pack.read(kept(tmp_path, spoilt)))
        articles = [each.article for each in found if not isinstance(each, NotArrived)]
        assert all(article in written for article in articles)
        missing = [each for each in found if isinstance(each, NotArrived)]
        known = sum(each.articles or 0 for each in missing)
        assert len(articles) + known == 20 or any(each.articles is None for each in missing)


def kept(folder: Path, content: bytes) -> Path:
    (folder / "pack").write_bytes(content)
    return folder / "pack"


async def test_a_damaged_pack_of_the_first_version_gives_its_whole_streams(tmp_path: Path) -> None:
    content = bytearray(first_pack_of_lines(*STREAMS))
    second = bytes(content).find(b"\xfd7zXZ", bytes(content).find(b"\xfd7zXZ") + 1)
    content[second + 40] ^= 255
    imported, there = await taken_in(tmp_path, bytes(content))
    assert there == urls(*range(10), *range(20, 40))
    assert not imported.is_whole
    assert "Articles are missing.\nA part of the pack did not arrive whole." in imported.sentence


async def test_a_bad_line_of_json_costs_no_other(tmp_path: Path) -> None:
    imported, there = await taken_in(tmp_path, LINES[1] + b'{"url": \n' + LINES[2] + b"\xff\xfe\n" + LINES[3])
    assert there == urls(1, 2, 3)
    assert (imported.is_whole, imported.counts["missing"]) == (False, 2)
    assert imported.sentence == (
        "3 articles taken in.\n2 articles are missing.\nLine 2 is no article.\nLine 4 is no article."
    )


async def test_many_bad_lines_are_named_by_the_first(tmp_path: Path) -> None:
    imported, _ = await taken_in(tmp_path, LINES[1] + b"{x\n" * 9)
    assert imported.sentence.endswith("Line 6 is no article.\nAnd so do 4 more places.")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
async def test_json_lines_in_any_form_of_unicode_are_read(tmp_path: Path, codec: str) -> None:
    content = f"{line(1, 'Größe 潮汐')}\r\n{line(2)}\n".encode(codec)
    imported, there = await taken_in(tmp_path, content)
    assert there == urls(1, 2)
    assert imported.is_whole
    async with open_library(tmp_path / "home") as library:
        article = library.article(urls(1)[0])
    assert article is not None
    assert article.text == "Größe 潮汐"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize(
    "written",
    ['<opml version="2.0"><body><outline text="Größe" xmlUrl="https://a.example/feed"/></body></opml>',
     'https://a.example/feed "~Größe"\n'],
    ids=["opml", "urls"],
)  # fmt: skip
async def test_lists_in_any_form_of_unicode_are_read(tmp_path: Path, codec: str, written: str) -> None:
    (tmp_path / "list").write_bytes(("\ufeff" * (codec == "utf-16-be") + written).encode(codec))
    async with open_library(tmp_path / "home") as library:
        assert (await library.import_file(tmp_path / "list")).count == 1
        assert library.source("https://a.example/feed").title == "Größe"


@pytest.mark.parametrize("form", ["pack", "jsonl", "opml", "urls"])
async def test_an_export_of_nothing_is_a_file_that_imports_as_nothing(tmp_path: Path, form: str) -> None:
    async with open_library(tmp_path / "home") as library:
        exported = await library.export(form, tmp_path / "file", "nothinghaswordslikethis")
        assert exported.count == 0
        assert (tmp_path / "file").exists()
        imported = await library.import_file(tmp_path / "file")
    assert (imported.count, imported.is_whole) == (0, True)
    assert imported.sentence.startswith(
        ("The file holds no article; nothing was taken in.", "0 sources added", f"{tmp_path / 'file'} is empty;")
    )


async def test_what_a_newer_program_wrote_says_so(tmp_path: Path) -> None:
    path = tmp_path / "file"
    async with open_library(tmp_path / "home") as library:
        path.write_bytes(b"BROADSHEET PACK 3\nwhatever")
        with pytest.raises(CacheError, match="is of a newer Broadsheet than this one"):
            await library.import_file(path)
        path.write_text(line(1)[:-1] + ', "format": "broadsheet/3"}')
        with pytest.raises(CacheError, match="Line 1 is of a newer Broadsheet than this one"):
            await library.import_file(path)
        path.write_bytes(b"BROADSHEET PACK x")
        with pytest.raises(NewsError, match="cut or damaged at its beginning"):
            await library.import_file(path)
