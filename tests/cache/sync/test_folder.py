"""Machines that share a folder end alike, whatever they did and whatever the folder does; nobody loses anything."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from cache.errors import CacheError
from cache.highlight import TextRange
from cache.library import Library, open_library, open_reading
from cache.sync import folder_library
from cache.sync.folder import sync_folder
from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.parsers.pool import SameProcess
from fetch.source import Source

pytestmark = pytest.mark.anyio
FEED = "https://paper.example/feed"
TEXT = "The tide came at noon, and the boats went out."


def url(number: int) -> str:
    return f"https://paper.example/{number}"


def listing(store: Store, numbers: range, texts: bool = True) -> None:
    source = store.sources.add(Source(FEED, "feed", "The Paper"))
    for number in numbers:
        wanted = store.entries.store_teaser(source, Teaser(url(number), f"Story {number}"), 1.7e9)
        if wanted and texts:
            article = Article(url(number), f"Story {number}", (Paragraph((Span(TEXT),)),), source="The Paper")
            store.articles.store_article(wanted.entry_id, article, 1.7e9)


@pytest.fixture
def apart() -> None:
    """Files are read in processes of their own."""


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Files are read in this process, but where a test wants one apart."""
    if "apart" not in request.fixturenames:
        monkeypatch.setattr(Library, "parsers", property(lambda _: SameProcess()))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two homes to be copied, one of them with five articles."""
    folder = tmp_path_factory.mktemp("made")
    for name in ("empty", "five"):
        with open_reading(folder / name):
            pass
    with Store(folder / "five" / "library.db") as store:
        listing(store, range(5))
    return folder


@pytest.fixture
async def machines(tmp_path: Path, made: Path) -> AsyncIterator[list[Library]]:
    """Three libraries, the first two with the same five articles."""
    async with AsyncExitStack() as stack:
        found = list[Library]()
        for name, like in (("one", "five"), ("two", "five"), ("three", "empty")):
            shutil.copytree(made / like, tmp_path / name)
            found.append(await stack.enter_async_context(open_library(tmp_path / name)))
        yield found


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    (tmp_path / "shared").mkdir()
    return tmp_path / "shared"


async def sync(shared: Path, *libraries: Library) -> list[str]:
    return [(await sync_folder(library, shared)).sentence for library in libraries]


def names(shared: Path) -> set[str]:
    return {path.name for path in shared.iterdir()}


def packs(shared: Path) -> list[Path]:
    return sorted(shared.glob("*.broadsheet-pack"))


def as_written(shared: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in shared.iterdir()}


def of(library: Library, shared: Path) -> list[Path]:
    return [path for path in shared.iterdir() if path.name.startswith(library.setting("sync_machine", {})["name"])]


def acts_files(shared: Path) -> list[Path]:
    return sorted(shared.glob("*.broadsheet-acts"))


async def test_every_kind_of_mark_goes_along_and_so_does_its_withdrawal(machines: list[Library], shared: Path) -> None:
    one, two, _ = machines
    first, second, third, fourth = (one.id_of(url(number)) for number in range(4))
    await one.mark_read([first])
    await one.save([second])
    await one.tag(second, ["sea"])
    await one.note(third, "Ask the harbour master.")
    await one.throw_away([fourth])
    await one.highlight(first, TextRange(TEXT, 4, 8), "when?")
    await sync(shared, one, two)
    assert two.entry(url(0)).read
    assert two.entry(url(1)).saved
    assert list(two.entry(url(1)).tags) == ["sea"]
    assert two.note_of(two.id_of(url(2))) == "Ask the harbour master."
    assert two.count("") == one.count("")
    [highlight] = two.highlights(two.id_of(url(0)))
    assert (highlight.text, highlight.note) == ("tide", "when?")
    await two.mark_read([two.id_of(url(0))], False)
    await two.save([two.id_of(url(1))], False)
    await two.tag(two.id_of(url(1)), remove=["sea"])
    await two.note(two.id_of(url(2)), "")
    await two.withdraw(two.id_of(url(0)), [highlight])
    await sync(shared, two, one)
    assert not one.entry(url(0)).read
    assert not one.entry(url(1)).saved
    assert list(one.entry(url(1)).tags) == []
    assert one.note_of(third) == ""
    assert one.highlights(first) == []


async def test_a_sync_where_nothing_changed_writes_nothing(machines: list[Library], shared: Path) -> None:
    one, two, three = machines
    await one.mark_read([one.id_of(url(1))])
    await sync(shared, one, two, three, one, two, three)
    before = as_written(shared)
    assert await sync(shared, one, two, three, one) == ["Nothing has changed."] * 4
    assert as_written(shared) == before


async def test_an_act_on_an_article_that_is_not_here_yet_waits_for_it(machines: list[Library], shared: Path) -> None:
    one, _, three = machines
    await one.mark_read([one.id_of(url(3))])
    await sync(shared, one, three, three)
    await three.write(lambda store: listing(store, range(5), texts=False))
    assert not three.entry(url(3)).read
    assert await sync(shared, three) == ["1 mark taken over."]
    assert three.entry(url(3)).read
    assert not three.entry(url(2)).read


async def test_what_is_kept_goes_along_with_its_text(machines: list[Library], shared: Path) -> None:
    one, two, three = machines
    await one.save([one.id_of(url(1))])
    await one.note(one.id_of(url(2)), "Mind.")
    await sync(shared, one, two, three)
    article = three.article(url(1))
    assert article is not None
    assert article.text == TEXT
    assert three.entry(url(1)).saved
    assert three.note_of(three.id_of(url(2))) == "Mind."
    with pytest.raises(CacheError):
        three.entry(url(4))
    assert len(packs(shared)) == 1, "what lies there already is not written by others again"
    await two.save([two.id_of(url(4))])
    await sync(shared, two, three)
    assert three.entry(url(4)).saved
    assert len(packs(shared)) == 2


async def test_articles_stay_at_home_where_that_is_asked(machines: list[Library], shared: Path) -> None:
    one = machines[0]
    await one.save([one.id_of(url(1))])
    await sync_folder(one, shared, articles=False)
    assert packs(shared) == []


async def test_many_small_packs_become_one(machines: list[Library], shared: Path) -> None:
    one, _, three = machines
    await one.write(lambda store: listing(store, range(20)))
    for number in range(12):
        await one.save([one.id_of(url(number))])
        await sync(shared, one)
        assert len(packs(shared)) <= 8
    await sync(shared, three)
    assert [three.entry(url(number)).saved for number in range(12)] == [True] * 12


async def test_sources_go_along_with_title_groups_and_order(machines: list[Library], shared: Path) -> None:
    one, _, three = machines
    other = await one.write(lambda store: store.sources.add(Source("https://ship.example/feed", "feed", "Ships")))
    await one.file_source(other, title="The Ships", groups=["Sea/Ships", "News"])
    paper = one.source(FEED).id
    await one.put_in_order([other, paper])
    await sync(shared, one, three)
    source = three.source("https://ship.example/feed")
    assert (source.title, source.groups) == ("The Ships", one.source("https://ship.example/feed").groups)
    assert [each.url for each in three.sources()] == [each.url for each in one.sources()]
    await three.file_source(source.id, title="Boats")
    await three.put_in_order([three.source(FEED).id, source.id])
    await sync(shared, three, one)
    assert one.source("https://ship.example/feed").title == "Boats"
    assert [each.url for each in three.sources()] == [each.url for each in one.sources()]


async def test_what_is_kept_of_a_source_that_was_removed_elsewhere_stays(machines: list[Library], shared: Path) -> None:
    one, two, _ = machines
    await two.save([two.id_of(url(1))])
    await sync(shared, one, two)
    await one.remove(one.source(FEED).id)
    [told] = (await sync(shared, one, two))[1:]
    assert "The Paper was removed on another machine, and here; what you keep of it stays." in told
    assert two.entry(url(1)).saved
    assert FEED not in [each.url for each in two.sources()]
    await two.write(lambda store: store.sources.add(Source(FEED, "feed")))
    await sync(shared, two, one)
    assert FEED in [each.url for each in one.sources()]


async def test_a_source_that_a_new_machine_has_stays_whoever_removed_it(machines: list[Library], shared: Path) -> None:
    one, two, _ = machines
    await sync(shared, one)
    await one.remove(one.source(FEED).id)
    await sync(shared, one, two, one)
    assert FEED in [each.url for each in two.sources()]
    assert FEED in [each.url for each in one.sources()]


async def test_half_a_file_is_waited_for_and_said(machines: list[Library], shared: Path) -> None:
    one, two, _ = machines
    await one.mark_read([one.id_of(url(1))])
    await sync(shared, one)
    [path] = acts_files(shared)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    outcome = await sync_folder(two, shared)
    assert not outcome.is_whole
    assert f"{path.name} has not arrived whole yet; it is read next time." in outcome.sentence
    assert not two.entry(url(1)).read
    path.write_bytes(whole)
    await sync(shared, two)
    assert two.entry(url(1)).read


async def test_files_of_others_are_left_alone(machines: list[Library], shared: Path) -> None:
    one, two, _ = machines
    await one.mark_read([one.id_of(url(1))])
    await sync(shared, one)
    [path] = acts_files(shared)
    foreign = {
        ".syncthing.laptop.broadsheet-acts.tmp": b"half",
        "~syncthing~laptop.broadsheet-acts": b"half",
        ".stfolder": b"",
        "letter.txt": b"Dear",
        "photo.broadsheet-acts": b"\x89PNG\r\n",
    }
    for name, content in foreign.items():
        (shared / name).write_bytes(content)
    (shared / "folder.broadsheet-acts").mkdir()
    path.rename(shared / f"{path.stem}.sync-conflict-20261130-010203-ABCDEFG.broadsheet-acts")
    outcome = await sync_folder(two, shared)
    assert two.entry(url(1)).read, "a conflicting copy says what its writer did"
    assert outcome.sentence.count("photo.broadsheet-acts is no pack of acts, whatever its name says.") == 1
    assert {name: (shared / name).read_bytes() for name in foreign} == foreign


@pytest.mark.parametrize("ahead", [86_400.0, -86_400.0, 366 * 86_400.0])
async def test_a_wrong_clock_loses_nothing_that_was_done_later(
    machines: list[Library], shared: Path, monkeypatch: pytest.MonkeyPatch, ahead: float
) -> None:
    """What was done on top of what a machine knew is later, whatever its clock says."""
    from time import time

    one, two, _ = machines
    monkeypatch.setattr("cache.writing.time", lambda: time() + ahead)
    await one.mark_read([one.id_of(url(1))])
    await sync(shared, one, two)
    assert two.entry(url(1)).read
    monkeypatch.setattr("cache.writing.time", time)
    await two.mark_read([two.id_of(url(1))], False)
    await sync(shared, two, one)
    assert not one.entry(url(1)).read
    monkeypatch.setattr("cache.writing.time", lambda: time() - ahead)
    await one.mark_read([one.id_of(url(1))])
    await sync(shared, one, two)
    assert two.entry(url(1)).read


async def test_a_copied_library_takes_a_name_of_its_own(tmp_path: Path, made: Path, shared: Path) -> None:
    shutil.copytree(made / "five", tmp_path / "one")
    async with open_library(tmp_path / "one") as one:
        await sync(shared, one)
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    async with open_library(tmp_path / "one") as one, open_library(tmp_path / "copy") as copy:
        await one.mark_read([one.id_of(url(1))])
        await sync(shared, one)
        await copy.mark_read([copy.id_of(url(2))])
        assert "is a copy of one that syncs here" in (await sync(shared, copy))[0]
        await sync(shared, one, copy)
        for library in (one, copy):
            assert [library.entry(url(number)).read for number in range(3)] == [False, True, True]
        assert len(acts_files(shared)) == 2


async def test_who_is_killed_between_writing_and_naming_keeps_its_name(
    machines: list[Library], shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = machines[0]
    await sync(shared, one)
    await one.mark_read([one.id_of(url(1))])

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(CacheError, match=r"cannot be written: no space left on device\.$"):
            await sync(shared, one)
    assert len(names(shared)) == 1, "nothing half is left there"
    await sync(shared, one)
    assert len(acts_files(shared)) == 1


async def test_a_damaged_file_of_our_own_is_written_again(machines: list[Library], shared: Path) -> None:
    one, two, _ = machines
    await one.mark_read([one.id_of(url(1))])
    await sync(shared, one)
    [path] = acts_files(shared)
    path.write_bytes(path.read_bytes()[:-30])
    await sync(shared, one, two)
    assert len(acts_files(shared)) == 2 or acts_files(shared) == [path]
    assert two.entry(url(1)).read


@pytest.mark.parametrize(("make", "sentence"), [(False, "is not there"), (True, "is no folder")])
async def test_a_folder_that_is_none_is_told(
    machines: list[Library], tmp_path: Path, make: bool, sentence: str
) -> None:
    if make:
        (tmp_path / "stick").write_text("a file")
    with pytest.raises(CacheError, match=sentence):
        await sync(tmp_path / "stick", machines[0])


async def test_what_cannot_be_written_there_is_told_and_what_others_did_is_taken(
    machines: list[Library], shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, _ = machines
    await one.mark_read([one.id_of(url(1))])
    await sync(shared, one)
    await two.mark_read([two.id_of(url(2))])

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("cache.sync.folder_file.write", refuse)
    with pytest.raises(CacheError, match=r"cannot be written: read-only file system\.$"):
        await sync(shared, two)
    assert two.entry(url(1)).read


async def test_a_file_that_a_retired_machine_left_is_read_for_ever(machines: list[Library], shared: Path) -> None:
    one, two, three = machines
    await one.mark_read([one.id_of(url(1))])
    await one.save([one.id_of(url(2))])
    await sync(shared, one, two)
    await two.save([two.id_of(url(2))], False)
    await sync(shared, two, three)
    for path in acts_files(shared):
        os.utime(path, (1e9, 1e9))
    await three.write(lambda store: listing(store, range(5)))
    await sync(shared, three, two)
    assert three.entry(url(1)).read
    assert not three.entry(url(2)).saved
    assert not two.entry(url(2)).saved


async def test_what_a_machine_has_taken_over_it_tells_once_its_writer_is_gone(
    machines: list[Library], shared: Path
) -> None:
    one, two, three = machines
    await one.mark_read([one.id_of(url(1))])
    await sync(shared, one, two)
    for path in of(one, shared):
        path.unlink()
    await three.write(lambda store: listing(store, range(5)))
    await sync(shared, two, three)
    assert three.entry(url(1)).read


@pytest.mark.usefixtures("apart")
async def test_files_are_read_in_processes_apart(machines: list[Library], shared: Path) -> None:
    one, _, three = machines
    await one.save([one.id_of(url(1))])
    await sync(shared, one, three)
    assert three.entry(url(1)).saved
    assert three.article(url(1))


async def test_rows_are_alike_in_the_end(machines: list[Library], shared: Path) -> None:
    one, two, _ = machines
    await one.mark_read([one.id_of(url(1))])
    await two.save([two.id_of(url(1))])
    await sync(shared, one, two, one, two)
    states = [await each.write(lambda store: folder_library.acts_of(store.connection)) for each in (one, two)]
    assert states[0].flags == states[1].flags
