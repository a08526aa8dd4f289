"""Two libraries that hand each other files end alike: the newest act and the newest text win, and nothing is lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cache.errors import CacheError
from cache.library import Library, open_library

pytestmark = pytest.mark.anyio
URL = "https://paper.example/1"
ROW = {
    "format": "broadsheet/2",
    "url": URL,
    "headline": "Tide",
    "text": "The tide came at noon.",
    "offline": "full",
    "fetched": "2026-01-02T12:00:00+00:00",
}


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Library]:
    async with open_library(tmp_path / "here") as library:
        yield library


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Library]:
    async with open_library(tmp_path / "there") as library:
        yield library


async def take(library: Library, folder: Path, **row: Any) -> str:
    (folder / "in.jsonl").write_text(json.dumps(ROW | row), encoding="utf-8")
    return (await library.import_file(folder / "in.jsonl")).sentence


def text(library: Library, url: str = URL) -> str:
    article = library.article(url)
    return article.text if article else ""


async def test_a_newer_text_takes_the_place_of_the_older_which_is_kept(here: Library, tmp_path: Path) -> None:
    await take(here, tmp_path, modified="2026-01-02T10:00:00+00:00")
    told = await take(here, tmp_path, modified="2026-01-03T10:00:00+00:00", text="The tide came at one.")
    assert told == "0 articles taken in; 1 newer text, the older kept as revisions."
    assert text(here) == "The tide came at one."
    (revision,) = here.revisions(URL)
    assert revision.article.text == "The tide came at noon."
    assert here.entry(URL).changed


@pytest.mark.parametrize(
    ("kept", "coming"),
    [
        ("2026-01-03T10:00:00+00:00", "2026-01-02T10:00:00+00:00"),
        ("2026-01-03T10:00:00+00:00", "2026-01-03T10:00:00+00:00"),
        ("2026-01-03T10:00:00+00:00", None),
        ("2026-01-03", "2026-01-03T23:00:00+00:00"),
        (None, None),
        (None, "2026-01-02T11:00:00+00:00"),
        ("2026-01-02", "2999-01-01"),
    ],
)
async def test_an_older_text_replaces_nothing(
    here: Library, tmp_path: Path, kept: str | None, coming: str | None
) -> None:
    await take(here, tmp_path, modified=kept)
    told = await take(here, tmp_path, modified=coming, text="The tide came at one.")
    assert told.endswith("1 was there already.")
    assert (text(here), list(here.revisions(URL))) == ("The tide came at noon.", [])


async def test_a_text_changed_since_ours_was_fetched_is_newer(here: Library, tmp_path: Path) -> None:
    await take(here, tmp_path)
    await take(here, tmp_path, modified="2026-01-02T13:00:00+00:00", text="The tide came at one.")
    assert text(here) == "The tide came at one."


async def test_a_second_import_of_a_newer_text_keeps_no_second_revision(here: Library, tmp_path: Path) -> None:
    await take(here, tmp_path, modified="2026-01-02T10:00:00+00:00")
    for _ in range(2):
        told = await take(here, tmp_path, modified="2026-01-03T10:00:00+00:00", text="The tide came at one.")
    assert told.endswith("1 was there already.")
    assert len(here.revisions(URL)) == 1


async def test_the_same_article_under_another_address_is_one(here: Library, tmp_path: Path) -> None:
    await take(here, tmp_path)
    before = here.count()
    await take(here, tmp_path, url="http://www.paper.example/1?utm_source=feed", tags=["sea"])
    await take(here, tmp_path, url="https://short.example/x", article_url=URL, saved=True)
    assert here.count() == before
    entry = here.entry(URL)
    assert (entry.tags, entry.saved) == (("sea",), True)


async def mark_all(library: Library) -> int:
    number = library.entry(URL).id
    await library.mark_read([number])
    await library.save([number])
    await library.tag(number, ["sea"])
    await library.note(number, "Ask Orla.")
    return number


def marks(library: Library) -> tuple[object, ...]:
    entry = library.entry(URL)
    shown = [each.text for each in library.highlights(entry.id)]
    return entry.read, entry.saved, entry.tags, library.note_of(entry.id), shown


async def test_an_old_pack_imported_a_second_time_undoes_nothing_done_since(
    here: Library, there: Library, tmp_path: Path
) -> None:
    await take(here, tmp_path)
    await mark_all(here)
    await here.export("pack", tmp_path / "old.pack")
    await there.import_file(tmp_path / "old.pack")
    number = there.entry(URL).id
    assert marks(there) == (True, True, ("sea",), "Ask Orla.", [])
    await there.mark_read([number], False)
    await there.save([number], False)
    await there.tag(number, ["-sea", "-nothing"])
    await there.note(number, "")
    done = marks(there)
    await there.import_file(tmp_path / "old.pack", marks=True)
    assert marks(there) == done


async def test_a_pack_carried_between_two_homes_and_back_with_acts_on_both_sides(
    here: Library, there: Library, tmp_path: Path
) -> None:
    await take(here, tmp_path)
    number = await mark_all(here)
    await here.export("pack", tmp_path / "one.pack", "tide")
    await there.import_file(tmp_path / "one.pack")
    assert marks(there) == marks(here)
    other = there.entry(URL).id
    await there.save([other], False)
    await there.tag(other, ["sea", "monday"])
    await here.note(number, "Orla says no.")
    await here.mark_read([number], False)
    await there.export("pack", tmp_path / "two.pack", "tide")
    assert "what its sender marked is left out" in (await here.import_file(tmp_path / "two.pack")).sentence
    await here.import_file(tmp_path / "two.pack", marks=True)
    assert marks(here) == (False, False, ("monday", "sea"), "Orla says no.", [])
    await here.export("pack", tmp_path / "three.pack", "tide")
    await there.import_file(tmp_path / "three.pack")
    assert marks(there) == marks(here)


async def filled(library: Library, folder: Path) -> None:
    """Gives a library something of its own, so that no pack is what fills it."""
    await take(library, folder, url="https://paper.example/own", headline="Own")


async def test_marks_of_a_sender_nobody_knows_are_left_out_and_that_is_told(
    here: Library, there: Library, tmp_path: Path
) -> None:
    await take(here, tmp_path)
    await mark_all(here)
    await here.export("pack", tmp_path / "a.pack", "tide")
    await filled(there, tmp_path)
    told = (await there.import_file(tmp_path / "a.pack")).sentence
    assert told == ("1 article taken in; what its sender marked is left out, as this library does not know the sender.")
    assert marks(there) == (False, False, (), "", [])
    await there.import_file(tmp_path / "a.pack", marks=True)
    assert marks(there) == marks(here)
    await here.save([here.entry(URL).id], False)
    await here.export("pack", tmp_path / "a.pack", "tide")
    await there.import_file(tmp_path / "a.pack")  # its sender is known now
    assert not there.entry(URL).saved


async def test_without_marks_nothing_of_them_comes(here: Library, there: Library, tmp_path: Path) -> None:
    await take(here, tmp_path)
    await mark_all(here)
    await here.export("jsonl", tmp_path / "a.jsonl", "tide")
    told = (await there.import_file(tmp_path / "a.jsonl", marks=False)).sentence
    assert told == "1 article taken in."
    assert marks(there) == (False, False, (), "", [])


async def test_marks_alone_reach_only_what_is_here(here: Library, there: Library, tmp_path: Path) -> None:
    await take(here, tmp_path)
    await take(here, tmp_path, url="https://paper.example/2", headline="Ebb")
    await mark_all(here)
    await take(there, tmp_path, text="Another text.")
    await here.export("pack", tmp_path / "a.pack", "tide")
    before = there.count()
    imported = await there.import_file(tmp_path / "a.pack", marks=True, marks_only=True)
    assert (imported.counts["known"], imported.counts["absent"]) == (1, 1)
    assert "1 is not in this library" in imported.sentence
    assert (marks(there), text(there), there.count()) == (marks(here), "Another text.", before)


async def test_a_receipt_has_another_library_send_only_the_rest(here: Library, there: Library, tmp_path: Path) -> None:
    for number in range(1, 6):
        await take(here, tmp_path, url=f"https://paper.example/{number}", headline=f"Tide {number}", modified=None)
    await here.export("pack", tmp_path / "a.pack")
    await there.import_file(tmp_path / "a.pack")
    await here.save([here.entry(URL).id])
    await there.throw_away([there.entry("https://paper.example/2").id])
    await here.mark_read([here.entry("https://paper.example/2").id])
    await take(here, tmp_path, url="https://paper.example/9", headline="Tide 9")
    receipt = tmp_path / "there.receipt"
    assert (await there.export("receipt", receipt)).count == there.count()
    assert b"paper" not in receipt.read_bytes()
    sent = await here.export("pack", tmp_path / "rest.pack", missing_from=receipt)
    left = here.count() - 2
    assert (sent.count, sent.sentence.split("; ")[1]) == (2, f"{left} left out, as the other library has them.")
    await there.import_file(tmp_path / "rest.pack", marks=True)
    assert there.entry(URL).saved
    assert there.entry("https://paper.example/9").headline == "Tide 9"
    await there.export("receipt", receipt)
    assert (await here.export("pack", tmp_path / "rest.pack", missing_from=receipt)).count == 0
    for wrong, said in ((b"BROADSHEET RECEIPT 1\nx", "did not arrive whole"), (b"x", "is no receipt")):
        receipt.write_bytes(wrong)
        with pytest.raises(CacheError, match=said):
            await here.export("pack", tmp_path / "rest.pack", missing_from=receipt)
    with pytest.raises(CacheError, match=r"nowhere cannot be read: no such file"):
        await here.export("pack", tmp_path / "rest.pack", missing_from=tmp_path / "nowhere")
    receipt.write_bytes(b"BROADSHEET RECEIPT 1\n")
    with pytest.raises(CacheError, match="is a receipt; on the other side"):
        await here.import_file(receipt)


@pytest.mark.parametrize("odd", [7, "x", {"a": 1}, None, [], {}, {"body": "zzz"}, {"headline": "Ebb", "body": [7]}])
async def test_an_earlier_version_that_is_none_costs_itself_alone(here: Library, tmp_path: Path, odd: object) -> None:
    said = {"fetched": "2026-01-01T12:00:00+00:00", "headline": "Tide", "body": ["It was low."]}
    (tmp_path / "in.jsonl").write_text(json.dumps(ROW | {"revisions": [odd, said]}), encoding="utf-8")
    imported = await here.import_file(tmp_path / "in.jsonl")
    assert imported.sentence == "1 article taken in.\n1 earlier version could not be read."
    assert (imported.is_whole, imported.counts["missing_revisions"]) == (False, 1)
    (revision,) = here.revisions(URL)
    assert revision.article.text == "It was low."


@pytest.mark.parametrize("odd", [7, "x", {"a": 1}])
async def test_earlier_versions_that_are_no_list_cost_no_article(here: Library, tmp_path: Path, odd: object) -> None:
    assert "1 earlier version could not be read" in await take(here, tmp_path, revisions=odd)
    assert text(here) == "The tide came at noon."


async def test_with_earlier_versions_goes_what_a_receipt_does_not_tell_of(
    here: Library, there: Library, tmp_path: Path
) -> None:
    for day in ("02", "03"):
        when = f"2026-01-{day}T10:00:00+00:00"
        await take(here, tmp_path, modified=when, fetched=when, text=f"The tide came on {day}.")
    await here.export("jsonl", tmp_path / "plain.jsonl")
    await there.import_file(tmp_path / "plain.jsonl")
    await there.export("receipt", tmp_path / "have")
    for revisions, told in ((False, "0 articles"), (True, "1 article ")):
        file = tmp_path / "rest.pack"
        exported = await here.export("pack", file, "tide", missing_from=tmp_path / "have", revisions=revisions)
        assert exported.sentence.startswith(told)
    await there.import_file(tmp_path / "rest.pack", marks=True)
    assert len(there.revisions(URL)) == 1


@pytest.mark.parametrize(
    "said", ["Ann Mole", ["Ann Mole"], {"name": "Ann Mole"}, [{"@type": "Person", "name": "Ann Mole"}]]
)
async def test_names_come_in_whichever_way_programs_write_them(here: Library, tmp_path: Path, said: object) -> None:
    await take(here, tmp_path, authors=said, keywords=said, tags=said)
    entry, article = here.entry(URL), here.article(URL)
    assert article
    assert (article.authors, article.keywords, entry.tags) == (("Ann Mole",), ("Ann Mole",), ("ann-mole",))


@pytest.mark.parametrize("form", ["pack", "jsonl"])
async def test_stories_come_as_they_were_into_a_library_that_is_filled(
    here: Library, there: Library, tmp_path: Path, form: str
) -> None:
    told = {"/1": "The tide came at noon.", "/2": "Ministers met in Arle.", "/3": "The tide came at noon, again."}
    for name, words in told.items():
        await take(here, tmp_path, url=f"https://paper.example{name}", headline=words, text=words * 9)
    with closing(sqlite3.connect(here.path)) as library, library:
        ids = {name: here.entry(f"https://paper.example{name}").id for name in told}
        library.execute("UPDATE reports SET story = ? WHERE entry_id IN (?, ?)", (ids["/1"], ids["/1"], ids["/2"]))
        library.execute("UPDATE reports SET story = ? WHERE entry_id = ?", (ids["/3"], ids["/3"]))
    await here.export(form, tmp_path / "file")
    await there.import_file(tmp_path / "file")
    first, second, third = (there.entry(f"https://paper.example{name}").story for name in told)
    assert first == second > 0
    assert third == 0


async def test_stories_are_made_anew_where_there_is_news_already(here: Library, there: Library, tmp_path: Path) -> None:
    await take(there, tmp_path, url="https://paper.example/0", text="Sheep were shorn in the hills.")
    for name in ("1", "2"):
        await take(here, tmp_path, url=f"https://paper.example/{name}", headline=name, text=f"{name} is a number.")
    with closing(sqlite3.connect(here.path)) as library, library:
        library.execute("UPDATE reports SET story = 1 WHERE entry_id > 1")
    await here.export("jsonl", tmp_path / "file")
    await there.import_file(tmp_path / "file")
    assert [there.entry(f"https://paper.example/{name}").story for name in ("1", "2")] == [0, 0]
