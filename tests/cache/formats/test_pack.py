"""A pack carries an edition to a library without a network: whole, merged, best first, and safe from strangers."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cache.entry import Entry
from cache.formats import first_pack, pack, pack_streams
from cache.formats.exchanged_articles import NotArrived, Outgoing
from cache.library import Library, open_library
from cache.site import SiteRule
from fetch.article import Article, Cell, Code, Figure, Heading, Paragraph, Points, Quote, Span, Table, Teaser
from tests.packing import first_pack_of_lines, pack_of_lines

pytestmark = pytest.mark.anyio

WORDS = ("harbour", "ferry", "crane", "tide", "quay", "pilot", "rope", "mast", "sail", "buoy")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
RICH = (
    Paragraph(
        (Span("Fourteen tonnes of "), Span("steel", strong=True), Span(" came", href="https://paper.example/steel"))
    ),
    Heading(2, (Span("At night"),)),
    Quote((Paragraph((Span("It holds."),)),), "Orla Brandt"),
    Points(((Paragraph((Span("One"),)),), (Paragraph((Span("Two"),)),)), ordered=True),
    Table(((Cell((Span("Day"),), header=True), Cell((Span("Boats"),), header=True)),)),
    Code("a\n  b", "sh"),
    Figure("https://paper.example/bridge.jpg", "A bridge", "The bridge at noon", "A. Nyman"),
)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Library]:
    async with open_library(tmp_path / "here") as library:
        yield library


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Library]:
    async with open_library(tmp_path / "there") as library:
        await library.remove(1)
        yield library


async def keep(library: Library, number: int, body: tuple[object, ...] = RICH) -> int:
    """Keeps an article of its own; its number in the library."""
    words = " ".join(random.Random(number).sample(WORDS, 6))
    article = Article(
        f"https://paper.example/{number}",
        f"Report {number}: {words}",
        body,  # type: ignore[arg-type]
        ("Mira Olden",),
        NOON.replace(day=1 + number % 28),
        related=(Teaser("https://paper.example/other", "Another", "teased", NOON),),
        image=Figure("https://paper.example/lead.jpg", "Lead"),
        source="The Paper",
    )
    return await library.write(lambda store: _stored(store, article))


def _stored(store: object, article: Article) -> int:
    entry_id: int = store.entries.entry_for(article.url, article.headline, now=NOON.timestamp())  # type: ignore[attr-defined]
    store.articles.store_article(entry_id, article, NOON.timestamp())  # type: ignore[attr-defined]
    return entry_id


async def test_an_article_arrives_as_it_left_with_what_its_sender_did(
    here: Library, there: Library, tmp_path: Path
) -> None:
    number = await keep(here, 7)
    await here.mark_read([number])
    await here.save([number])
    await here.tag(number, ["monday"])
    await here.note(number, "Ask Orla.")
    sent = await here.export("pack", tmp_path / "today.pack", "steel")
    taken = await there.import_file(tmp_path / "today.pack")
    assert (sent.count, taken.count) == (1, 1)
    entry = there.entry("https://paper.example/7")
    arrived, left = there.article(entry.id), here.article(number)
    assert arrived is not None
    assert left is not None
    assert (arrived.body, arrived.related, arrived.image) == (left.body, left.related, left.image)
    assert (arrived.authors, arrived.published, arrived.source) == (left.authors, left.published, left.source)
    assert (entry.read, entry.saved, entry.tags) == (True, True, ("monday",))
    assert there.note_of(entry.id) == "Ask Orla."
    assert list(there.ids("tonnes")) == [entry.id]


@pytest.mark.parametrize("form", ["pack", "jsonl"])
@pytest.mark.parametrize(("sent", "arrives"), [("0f" * 32, "0f" * 32), ("0F" * 32, ""), ("\x1b[2J", "")])
async def test_the_digest_of_its_page_goes_along(
    here: Library, there: Library, tmp_path: Path, form: str, sent: str, arrives: str
) -> None:
    article = Article("https://paper.example/9", "Tide", RICH, page_sha256=sent)
    await here.write(lambda store: _stored(store, article))
    await here.export(form, tmp_path / "file", "steel")
    await there.import_file(tmp_path / "file")
    arrived = there.article("https://paper.example/9")
    assert arrived is not None
    assert arrived.page_sha256 == arrives


@pytest.mark.parametrize("form", ["pack", "jsonl"])
@pytest.mark.parametrize(("sent", "arrives"), [(1_700_000_000, 1_700_000_000), (None, None), (9_999_999_999, "now")])
async def test_when_its_page_was_fetched_goes_along(
    here: Library, there: Library, tmp_path: Path, form: str, sent: int | None, arrives: int | str | None
) -> None:
    await here.write(lambda store: _stored(store, Article("https://paper.example/9", "Tide", RICH)))
    await here.write(
        lambda store: store.connection.run(
            "UPDATE entry SET fetched = ? WHERE url = 'https://paper.example/9'", (sent,)
        )
    )
    await here.export(form, tmp_path / "file", "steel")
    begun = int(time.time())
    await there.import_file(tmp_path / "file")
    fetched = there.entry("https://paper.example/9").fetched
    if arrives == "now":
        assert fetched is not None
        assert begun <= fetched.timestamp() <= time.time()
    else:
        assert (fetched and fetched.timestamp()) == arrives


async def test_tags_from_elsewhere_are_as_one_types_them(here: Library, there: Library, tmp_path: Path) -> None:
    row = {
        "url": "https://paper.example/9",
        "headline": "Tide",
        "text": "Steel.",
        "tags": ["For Monday", "#Sea,", " ", "#"],
    }
    (tmp_path / "file.jsonl").write_text(json.dumps(row), encoding="utf-8")
    await there.import_file(tmp_path / "file.jsonl")
    assert there.entry("https://paper.example/9").tags == ("for-monday", "sea")


async def test_taking_it_in_twice_changes_nothing(here: Library, there: Library, tmp_path: Path) -> None:
    await keep(here, 1)
    await here.export("pack", tmp_path / "twice.pack", "harbour OR tonnes")
    await there.import_file(tmp_path / "twice.pack")
    before = there.entries(there.ids())
    again = await there.import_file(tmp_path / "twice.pack")
    assert again.count == 0
    assert "already" in again.sentence
    assert there.entries(there.ids()) == before


async def test_taking_in_twice_what_is_there_in_part_changes_nothing(
    here: Library, there: Library, tmp_path: Path
) -> None:
    number = await keep(here, 3)
    article = here.article(number)
    assert article is not None
    part = replace(article, reason="paywall", url="https://paper.example/part")
    await here.write(lambda store: _stored(store, part))
    await here.export("pack", tmp_path / "part.pack", "is:part")
    assert (await there.import_file(tmp_path / "part.pack")).count == 1
    before = there.entries(there.ids())
    assert [entry.reason for entry in before if entry.offline == "part"] == ["paywall"]
    assert (await there.import_file(tmp_path / "part.pack")).count == 0
    assert there.entries(there.ids()) == before


async def test_an_article_that_is_there_without_tags_is_not_counted_as_new(
    here: Library, there: Library, tmp_path: Path
) -> None:
    number = await keep(here, 1)
    await here.tag(number, ["monday"])
    await here.export("pack", tmp_path / "tagged.pack", "tonnes")
    kept = await keep(there, 1)
    again = await there.import_file(tmp_path / "tagged.pack", marks=True)
    assert again.sentence.endswith("; 1 was there already.")
    assert there.entry(kept).tags == ("monday",)


async def test_a_text_that_is_there_is_not_replaced(here: Library, there: Library, tmp_path: Path) -> None:
    await keep(here, 3, (Paragraph((Span("The sender's version of the tonnes."),)),))
    kept = await keep(there, 3)
    await here.export("pack", tmp_path / "older.pack", "tonnes")
    await there.import_file(tmp_path / "older.pack")
    article = there.article(kept)
    assert article is not None
    assert article.body == RICH


async def test_a_pack_keeps_to_its_size_and_takes_the_best_first(here: Library, tmp_path: Path) -> None:
    numbers = [await keep(here, number) for number in range(40)]
    await here.save([numbers[0], numbers[5]])
    path = tmp_path / "small.pack"
    whole = await here.export("pack", path, "tonnes")
    most = path.stat().st_size // 2
    part = await here.export("pack", path, "tonnes", max_bytes=most)
    assert 0 < part.count < whole.count
    assert path.stat().st_size <= most
    urls = [each.article.url for each in pack.read(path) if not isinstance(each, NotArrived)]
    assert set(urls[:2]) == {"https://paper.example/0", "https://paper.example/5"}
    nothing = await here.export("pack", path, "tonnes", max_bytes=100)
    assert nothing.count == 0
    assert list(pack.read(path)) == []


async def test_what_stays_behind_is_told_and_what_is_worth_most_goes_first(here: Library, tmp_path: Path) -> None:
    numbers = [await keep(here, number) for number in range(30)]
    await here.save(numbers[3:4])
    await here.queue("https://paper.example/28")
    path = tmp_path / "small.pack"
    whole = await here.export("pack", path, ids=numbers)
    part = await here.export("pack", path, ids=numbers, max_bytes=path.stat().st_size * 2 // 3)
    urls = [each.article.url for each in pack.read(path) if not isinstance(each, NotArrived)]
    assert "https://paper.example/3" in urls[:2]
    left = whole.count - part.count
    assert 0 < left < whole.count
    assert part.sentence.endswith(f"; {left} stayed behind ({left} other).")


async def test_what_the_reader_taught_of_a_site_stays(here: Library, there: Library, tmp_path: Path) -> None:
    await keep(here, 1)
    await here.teach([SiteRule("paper.example", "At night")])
    for form in ("pack", "jsonl"):
        await here.export(form, tmp_path / "file", "tonnes")
        await there.import_file(tmp_path / "file")
        assert (len(here.site_rules()), there.site_rules()) == (1, [])


async def test_a_strangers_pack_passes_the_gate(there: Library, tmp_path: Path) -> None:
    bad = "a\x1b]0;owned\x07b\u202ec\x9bd"
    row = {
        "url": "https://paper.example/bad",
        **dict.fromkeys(("headline", "dek", "section", "source", "dateline", "language", "note", "reason"), bad),
        "authors": [bad],
        "keywords": [bad],
        "tags": [bad],
        "related": [{"url": "javascript:alert(1)", "headline": bad, "teaser": bad}],
        "image": ["file:///etc/passwd", bad, bad, bad],
        "body": [bad, ["p", [[bad, 7, "javascript:alert(1)"]]], ["c", f"{bad}\n{bad}", bad], ["e", bad, "data:x", bad]],
    }
    path = tmp_path / "stranger.pack"
    path.write_bytes(pack_of_lines(json.dumps(row).encode()))
    await there.import_file(path, marks=True)
    entry = there.entry("https://paper.example/bad")
    article = there.article(entry.id)
    assert article is not None
    strings = [*_strings(article), *_strings(entry), there.note_of(entry.id)]
    assert any("owned" in text for text in strings)
    assert not any(re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text) for text in strings)
    assert not any("javascript" in text or "file:" in text or "data:x" in text for text in strings)


def _strings(part: object) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple):
        return [text for each in part for text in _strings(each)]
    if is_dataclass(part):
        return [text for field in fields(part) for text in _strings(getattr(part, field.name))]
    return []


@pytest.mark.parametrize("written", [pack_of_lines, first_pack_of_lines])
def test_a_pack_that_swells_is_put_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: Callable[..., bytes]
) -> None:
    for module in (pack_streams, first_pack):
        monkeypatch.setattr(module, "_MOST_UNPACKED", 5_000_000)
    path = tmp_path / "swells.pack"
    path.write_bytes(written(b" " * 50_000_000))
    assert path.stat().st_size < 20_000
    assert [type(each) for each in pack.read(path)] == [NotArrived]


def test_an_article_without_a_headline_arrives_as_any_other(tmp_path: Path) -> None:
    url = "https://paper.example/1"
    article = Article(url, "", (Paragraph((Span("It rose."),)),))
    pack.write(tmp_path / "one.pack", [Outgoing(Entry(1, url, "", offline="full"), article)])
    (arrived,) = pack.read(tmp_path / "one.pack")
    assert not isinstance(arrived, NotArrived)
    assert (arrived.article.headline, arrived.article.text) == ("", "It rose.")
