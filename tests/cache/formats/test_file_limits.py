"""What is larger than any list, line or file of articles is refused in a sentence, and nothing of it is taken in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cache.errors import CacheError
from cache.formats import file_limits, jsonl, opml, pack, source_list, urls
from cache.formats.exchanged_articles import NotArrived
from cache.library import open_library
from tests.packing import first_pack_of_lines, pack_of_lines

OPML = "<opml version='2.0'><body>{}</body></opml>"
OUTLINE = '<outline text="S{n}" xmlUrl="https://paper.example/{n}.xml"/>'


def outlines(count: int) -> str:
    return "".join(OUTLINE.format(n=number) for number in range(count))


def line(number: int) -> str:
    return json.dumps({"url": f"https://paper.example/{number}", "headline": f"Story {number}", "text": "It is so."})


@pytest.mark.parametrize("codec", [opml, urls])
def test_a_list_larger_than_any_is_refused(codec: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_limits, "MOST_LIST_BYTES", 1_000_000)
    path = tmp_path / "list"
    path.write_text(OPML.format(outlines(20_000)))
    with pytest.raises(CacheError, match="larger than 1 MB, as no list of sources is"):
        codec.read(path)  # type: ignore[attr-defined]


def test_the_first_sources_of_a_long_list_are_taken_and_the_rest_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_list, "MOST_SOURCES", 5)
    path = tmp_path / "list.opml"
    path.write_text(OPML.format(outlines(8)))
    found = opml.read(path)
    assert [listed.source.title for listed in found.sources] == ["S0", "S1", "S2", "S3", "S4"]
    assert [left.reason for left in found.left] == ["stands behind the first 5 sources of the list"] * 3


@pytest.mark.parametrize("broken", [False, True])
def test_folders_within_each_other_without_end_are_read(tmp_path: Path, broken: bool) -> None:
    path = tmp_path / "deep.opml"
    path.write_text(OPML.format(("<outline>" if broken else "<outline text='f'>") * 50_000 + OUTLINE.format(n=1)))
    assert [listed.source.title for listed in opml.read(path).sources] == ["S1"]


@pytest.mark.parametrize("name", ["jsonl", "pack"])
@pytest.mark.anyio
async def test_a_line_longer_than_any_article_is_left_out_and_told(name: str, tmp_path: Path) -> None:
    content = f'{line(1)}\n{line(2)[:-2]}{"x" * file_limits.LONGEST_LINE}"}}\n{line(3)}\n'.encode()
    path = tmp_path / "file"
    path.write_bytes(pack_of_lines(content) if name == "pack" else content)
    async with open_library(tmp_path / "home") as library:
        before = len(library.ids(""))
        imported = await library.import_file(path)
        assert len(library.ids("")) == before + 2
    assert (imported.is_whole, imported.counts["new"], imported.counts["missing"]) == (False, 2, 1)
    told = "Line 2 is longer than any article." if name == "jsonl" else "did not arrive whole."
    assert imported.sentence.endswith(told)


def test_more_articles_than_any_library_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MOST_ARTICLES", 3)
    path = tmp_path / "file"
    path.write_text("".join(f"{line(number)}\n" for number in range(4)))
    *articles, missing = jsonl.read(path)
    assert len(articles) == 3
    assert missing == NotArrived("The file", "holds more than 3 articles", None)


def test_a_line_of_more_values_than_any_article_has_is_no_article(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(line(1)[:-1] + ', "body": [' + "[]," * 600_000 + "[]]}")
    assert list(jsonl.read(path)) == [NotArrived("Line 1", "is no article")]


@pytest.mark.parametrize("written", [pack_of_lines, first_pack_of_lines])
def test_several_streams_of_a_pack_are_read_one_after_the_other(tmp_path: Path, written: Callable[..., bytes]) -> None:
    path = tmp_path / "many.pack"
    path.write_bytes(written(*(f"{line(number)}\n".encode() for number in range(40))))
    found = [each.article.headline for each in pack.read(path) if not isinstance(each, NotArrived)]
    assert found == [f"Story {number}" for number in range(40)]
