"""What is exported can be taken in again, and foreign files are met with one sentence."""

import asyncio
import json
import os
import sys
from threading import Event

import pytest

from cache import importing
from cache.errors import CacheError
from cache.formats import opml
from cache.formats.table import FORMATS
from cache.library import back_up, open_library
from cache.reading import LibraryReader
from fetch.errors import NewsError
from fetch.parsers.limits import Limits

pytestmark = pytest.mark.anyio

OPML = """<?xml version="1.0"?><opml version="1.0"><body>
<outline text="World"><outline type="rss" title="The &lt;b&gt; Paper" xmlUrl="https://paper.example/feed" htmlUrl="https://paper.example/"/>
<outline text="Deeper"><outline text="Wire" xmlURL="https://wire.example/rss"/></outline></outline>
<outline text="Alone" xmlUrl="https://alone.example/feed" category="/Tech"/>
<outline text="Twice" xmlUrl="https://paper.example/feed"/>
<outline text="Script" xmlUrl="javascript:alert(1)"/><outline text="Empty"/>
</body></opml>"""


async def test_opml_comes_in_and_goes_out_with_its_sections(tmp_path):
    (tmp_path / "in.opml").write_text(OPML)
    async with open_library(tmp_path / "a") as library:
        imported = await library.import_file(tmp_path / "in.opml")
        assert (imported.count, imported.sentence) == (
            3,
            "3 sources added; 1 left out or changed.\n"
            "Script is an address of the kind javascript: which is not asked (javascript:alert(1)).",
        )
        assert [(source.title, "".join(source.groups)) for source in library.sources()] == [
            ("Broadsheet Handbook", ""),
            ("Alone", "Tech"),
            ("The <b> Paper", "World"),
            ("Wire", "World/Deeper"),
        ]
        again = await library.import_file(tmp_path / "in.opml")
        assert again.sentence.startswith("0 sources added; 3 were there already;")
        exported = await library.export("opml", tmp_path / "out.opml")
        assert exported.count == 3
    out, back = (opml.read(tmp_path / name).sources for name in ("out.opml", "in.opml"))
    assert {listed.source.url: listed for listed in out} == {listed.source.url: listed for listed in back}


async def test_what_was_thrown_away_stays_away(tmp_path):
    async with open_library(tmp_path / "a") as library:
        ids = library.ids()
        await library.save(ids)
        await library.export("jsonl", tmp_path / "out.jsonl")
        await library.throw_away(ids[:2])
        again = await library.import_file(tmp_path / "out.jsonl")
        assert again.sentence == (
            f"0 articles taken in; {len(ids) - 2} were there already; 2 that you threw away stay away."
        )
        assert list(library.ids()) == list(ids[2:])
        await library.undo()
        assert list(library.ids()) == list(ids)


async def test_a_search_that_is_kept_here_under_the_same_name_stays(tmp_path):
    async with open_library(tmp_path / "a") as library:
        await library.keep_search("Harbour", "harbour")
        await library.keep_search("Sea", "sea")
        await library.export("opml", tmp_path / "out.opml")
    async with open_library(tmp_path / "b") as library:
        await library.keep_search("Harbour", "harbour is:unread")
        imported = await library.import_file(tmp_path / "out.opml")
        assert imported.sentence == (
            "0 sources added; 1 kept search; 1 left out or changed.\n"
            "“Harbour” is another search here, which stays as it is."
        )
        assert {each.name: each.query for each in library.searches()} == {"Harbour": "harbour is:unread", "Sea": "sea"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<opml><body>", "not sound OPML"),
        (b"<html><body/></html>", r"Nothing of .* was taken\. Left out: 1 without a word on where it is from"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><html/>', "not OPML"),
        (b"just words", "neither OPML nor JSON Lines"),
        (b'{"url": 5}\n', "Line 1 is no article"),
    ],
)
async def test_a_file_of_another_kind_is_one_sentence_and_adds_nothing(tmp_path, content, said):
    (tmp_path / "file").write_bytes(content)
    async with open_library(tmp_path / "home") as library:
        before = library.count()
        with pytest.raises(CacheError, match=said):
            await library.import_file(tmp_path / "file")
        assert library.count() == before


async def test_a_file_that_takes_too_long_is_one_sentence_and_adds_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "PATIENT", Limits(processor=0.01))  # of the first article nobody sees the end
    text = "Words and words. " * 250_000
    (tmp_path / "in.jsonl").write_text(f'{{"url": "https://a.example/", "headline": "A", "text": "{text}"}}\n')
    async with open_library(tmp_path / "home") as library:
        before = library.count()
        with pytest.raises(NewsError, match=r"in\.jsonl cannot be read: reading it takes too long\."):
            await library.import_file(tmp_path / "in.jsonl")
        assert library.count() == before


async def test_missing_files_and_unknown_forms_are_one_sentence(tmp_path):
    async with open_library(tmp_path / "home") as library:
        with pytest.raises(CacheError, match="cannot be read: no such file"):
            await library.import_file(tmp_path / "missing")
        with pytest.raises(CacheError, match="cannot be written"):
            await library.export("jsonl", tmp_path / "no" / "folder" / "out.jsonl")
        with pytest.raises(CacheError, match="no export form “pdf”"):
            await library.export("pdf", tmp_path / "out.pdf")


async def test_json_lines_carry_articles_to_another_library(tmp_path):
    async with open_library(tmp_path / "a") as library:
        await library.mark_read(library.ids()[:2])
        await library.save(library.ids()[:1])
        total = library.count()
        exported = await library.export("jsonl", tmp_path / "out.jsonl")
        assert exported.count == total
        first = library.entries(library.ids(limit=1))[0]
        text = library.article(first.id).text
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert rows[0]["url"] == first.url
    assert {"id", "headline", "authors", "published", "text", "related", "read", "saved", "offline"} <= rows[0].keys()
    async with open_library(tmp_path / "b") as library:
        await library.remove(library.sources()[0].id)
        imported = await library.import_file(tmp_path / "out.jsonl")
        assert imported.count == total
        entry = library.entry(first.url)
        assert library.article(entry.id).text == text


async def test_an_export_that_is_broken_off_leaves_what_was_there(tmp_path, monkeypatch):
    monkeypatch.setattr("cache.exporting.ENTRIES_AT_ONCE", 1)
    begun, goes_on = Event(), Event()

    def slowly(reader, ref):
        begun.set()
        goes_on.wait()
        return article(reader, ref)

    article = LibraryReader.whole_article
    monkeypatch.setattr(LibraryReader, "whole_article", slowly)
    (tmp_path / "out.jsonl").write_text("as it was")
    async with open_library(tmp_path / "a") as library:
        exporting = asyncio.ensure_future(library.export("jsonl", tmp_path / "out.jsonl"))
        assert await asyncio.to_thread(begun.wait, 30)
        exporting.cancel()
        await asyncio.wait({exporting})
        goes_on.set()
        await asyncio.get_running_loop().shutdown_default_executor()
    assert exporting.cancelled()
    assert (tmp_path / "out.jsonl").read_text() == "as it was"
    assert [each.name for each in tmp_path.glob("out*")] == ["out.jsonl"]


@pytest.mark.parametrize("form", FORMATS)
async def test_no_library_is_written_over(tmp_path, form):
    async with open_library(tmp_path / "another"):
        pass
    async with open_library(tmp_path / "home") as library:
        count = library.count()
        back_up(tmp_path / "copy.db", tmp_path / "home")
        os.link(library.path, tmp_path / "same")
        (tmp_path / "link").symlink_to(library.path)
        beside = ("library.db-wal", "library.db-lock", "library-damaged-1.db", "secrets.json")
        for path in (library.path, *map(library.path.with_name, beside), *map(tmp_path.joinpath, ("same", "link"))):
            with pytest.raises(CacheError, match=r"belongs to the library|is a library of Broadsheet's"):
                await library.export(form, path)
        for path in (tmp_path / "copy.db", tmp_path / "another" / "library.db"):
            with pytest.raises(CacheError, match="is a library of Broadsheet's; choose another file"):
                await library.export(form, path)
    async with open_library(tmp_path / "home") as library:
        assert library.count() == count
    assert (tmp_path / "copy.db").read_bytes().startswith(b"SQLite")


@pytest.mark.skipif(sys.platform == "win32", reason="a device of Unix")
@pytest.mark.parametrize("form", FORMATS)
async def test_every_form_is_written_to_a_device(tmp_path, form):
    async with open_library(tmp_path) as library:
        exported = await library.export(form, "/dev/null")
        assert exported.sentence.endswith("written to /dev/null.")


async def test_markdown_is_a_file_an_article(tmp_path):
    async with open_library(tmp_path / "a") as library:
        exported = await library.export("markdown", tmp_path / "texts", "is:full")
        files = sorted((tmp_path / "texts").iterdir())
        assert exported.count == len(files) == library.count()
        assert all(file.read_text().startswith("---\ntitle: ") for file in files)


async def test_a_password_in_an_address_stays_here(tmp_path):
    from cache.paths import places
    from tests.newsroom import subscribe

    subscribe(places(tmp_path).library, "https://kim:sesame@paper.example/feed?a=b@c")
    async with open_library(tmp_path) as library:
        await library.export("opml", tmp_path / "out.opml")
    written = (tmp_path / "out.opml").read_text()
    assert "sesame" not in written
    assert "kim" not in written
    assert [listed.source.url for listed in opml.read(tmp_path / "out.opml").sources] == [
        "https://paper.example/feed?a=b@c"
    ]
