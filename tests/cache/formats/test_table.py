"""The table of formats: what stands in it works wherever formats are offered, and nothing works beside it."""

from __future__ import annotations

import inspect
import re
from argparse import ArgumentParser
from pathlib import Path
from pkgutil import iter_modules

import pytest

from cache import formats
from cache.errors import CacheError
from cache.formats import table
from cache.formats.table import FORMATS, Format, files_to_name, name_for, recognised, titles_to_take_in
from cache.formats.taking_in import articles_in
from cache.library import open_library
from fetch.handbook import bundled
from tui.cli import export, import_

NO_FORMATS = set(
    "addresses article_form blocks book chapter citation clean_articles edition exchanged_articles file_limits"
    " first_pack highlights language_tags pack_streams pictures readers record source_list table taking_in"
    " vault_names".split()
)
NAMES = sorted(FORMATS)


def test_every_codec_is_in_the_table_and_every_row_has_its_codec() -> None:
    assert {module.name for module in iter_modules(formats.__path__)} - NO_FORMATS == set(FORMATS)


@pytest.mark.parametrize("name", NAMES)
def test_a_codec_offers_what_its_row_says(name: str) -> None:
    row = FORMATS[name]
    assert row.name == name
    parameters = inspect.signature(row.codec.write).parameters
    assert ("max_bytes" in parameters) == row.sized
    assert ("searches" in parameters) == row.takes_searches
    assert ("pictures" in parameters) == row.pictured
    assert ("companions" in parameters) == row.linked
    assert ("away" in parameters) == row.is_receipt
    assert ("library" in parameters) == row.signed
    assert hasattr(row.codec, "read") == bool(row.begins)


def test_no_two_formats_are_taken_for_each_other() -> None:
    beginnings = [row.begins for row in FORMATS.values() if row.begins]
    assert len(set(beginnings)) == len(beginnings)
    assert all(recognised(row.begins + b' "url" more') == row for row in FORMATS.values() if row.begins)
    suffixes = [row.suffix for row in FORMATS.values()]
    assert len(set(suffixes)) == len(suffixes)


def test_every_format_is_named_where_a_file_to_take_in_is_asked_for() -> None:
    parser = ArgumentParser()
    import_.options(parser)
    told = " ".join(parser.format_help().split())
    for row in FORMATS.values():
        assert (row.title in titles_to_take_in()) == bool(row.begins)
        assert (row.title in told) == bool(row.begins)


def test_the_handbook_lists_every_format_and_no_other() -> None:
    page, _ = bundled.page("broadsheet:handbook/import-export")
    table = page.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    assert sorted(re.findall(r"<tr><td><code>(\w+)</code>", table)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_command_line_and_a_files_name_offer_every_format(name: str) -> None:
    parser = ArgumentParser()
    export.options(parser)
    assert parser.parse_args([name]).format == name
    assert name_for(Path("edition" + FORMATS[name].suffix)) == name
    assert (FORMATS[name].suffix or FORMATS[name].title) in files_to_name()


@pytest.mark.anyio
@pytest.mark.parametrize("name", NAMES)
async def test_what_is_exported_is_recognised_where_it_can_be_taken_in(name: str, tmp_path: Path) -> None:
    path = tmp_path / ("edition" + FORMATS[name].suffix)
    async with open_library(tmp_path / "home") as library:
        exported = await library.export(name, path)
        assert exported.sentence.endswith(f"written to {path}.")
        if not FORMATS[name].begins:
            with pytest.raises(CacheError, match=r"neither OPML nor JSON Lines nor a pack|cannot be read|is a receipt"):
                await library.import_file(path)
            return
        assert recognised(path.read_bytes()) == FORMATS[name]
        assert (await library.import_file(path)).count == 0  # all of it is there already


class Headlines:
    """The codec of a format made up here: a headline a line."""

    def write(self, path: Path, articles: object) -> int:
        lines = [entry.headline for entry, *_ in articles]  # type: ignore[attr-defined]
        path.write_text("\n".join(["HEADLINES", *lines]))
        return len(lines)

    def read(self, path: Path) -> list[object]:
        raise CacheError(f"{path} holds headlines and no articles.")


@pytest.fixture
def with_headlines(monkeypatch: pytest.MonkeyPatch) -> Format:
    row = Format("headlines", "Headlines", ".heads", begins=b"HEADLINES")
    monkeypatch.setitem(FORMATS, "headlines", row)
    monkeypatch.setattr(table, "import_module", {"cache.formats.headlines": Headlines()}.__getitem__)
    return row


@pytest.mark.anyio
async def test_a_format_added_to_the_table_works_everywhere(with_headlines: Format, tmp_path: Path) -> None:
    parser = ArgumentParser()
    export.options(parser)
    assert parser.parse_args(["headlines"]).format == name_for(tmp_path / "a.heads") == "headlines"
    assert ".heads" in files_to_name()
    async with open_library(tmp_path / "home") as library:
        exported = await library.export("headlines", tmp_path / "a.heads")
        assert exported.count == library.count()
        newest = library.entries(library.ids(limit=1))[0].headline
    assert recognised((tmp_path / "a.heads").read_bytes()) is with_headlines
    with pytest.raises(CacheError, match="holds headlines and no articles"):  # in a process apart nobody has added it
        list(articles_in("headlines", tmp_path / "a.heads"))
    assert (tmp_path / "a.heads").read_text().splitlines()[1] == newest


@pytest.mark.anyio
async def test_a_row_without_a_codec_fails_loudly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(FORMATS, "gopher", Format("gopher", "Gopher", ".gopher"))
    async with open_library(tmp_path / "home") as library:
        with pytest.raises(ModuleNotFoundError, match=r"cache\.formats\.gopher"):
            await library.export("gopher", tmp_path / "a.gopher")
