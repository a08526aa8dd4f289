"""Pictures come with their articles where that is wanted, lie beside the library, and go with their articles."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import aclosing
from pathlib import Path

import pytest

pytest.importorskip("PIL", reason="the extra `pictures` is not installed")

from cache.db import picture_files
from cache.db.picture_files import PictureFiles, folder_of, picture_of
from cache.refresh import picture_intake, picture_wishes
from cache.refresh.options import RefreshOptions
from cache.refresh.picture_wishes import PictureWish
from cache.rules.retention import GRACE
from cache.writes import marks, source_changes
from cache.writes.store import open_store
from cache.writes.undo import UndoTrail
from fetch import picture as decoding
from fetch.picture import Picture
from tests.loopback import Loopback
from tests.newsroom import QUICKLY, RSS, feed, fetcher, page, publish, refresh, run_here, subscribe, text
from tests.tui.picture_bytes import picture

pytestmark = pytest.mark.anyio
WITH = RefreshOptions(pictures=True)


def illustrated(site: Loopback, *names: str) -> str:
    return text("mole") + "".join(
        f"<figure><img src='{site.url('/' + name)}' alt='A'><figcaption>The eastern mole, {name}.</figcaption></figure>"
        for name in names
    )


@pytest.fixture
def paper(site: Loopback, library: Path) -> Loopback:
    publish(site, "mole")
    site.put("/news/mole", page("mole", illustrated(site, "mole.jpg", "tide.png", "no.jpg", "pixel.gif")))
    site.put("/mole.jpg", picture((1600, 900)), kind="image/jpeg")
    site.put("/tide.png", picture((200, 300), "PNG"), kind="image/png")
    site.put("/no.jpg", b"<html>gone", kind="image/jpeg")
    site.put("/pixel.gif", picture((1, 1), "GIF"), kind="image/gif")
    subscribe(library, site.url("/feed"))
    return site


def entry_of(library: Path) -> int:
    with open_store(library) as store:
        return int(store.connection.value("SELECT id FROM article", ()) or 0)


async def test_they_lie_beside_the_library_for_their_reader_alone(paper: Loopback, library: Path) -> None:
    told = await refresh(library, WITH)
    assert told[-1].failed == 0, "a picture that cannot be had is no failure"
    kept = PictureFiles(library).of(entry_of(library))
    mole, tide = (picture_of(kept, paper.url(each)) for each in ("/mole.jpg", "/tide.png"))
    assert mole
    assert tide
    assert len(kept) == 2
    assert (mole.width, mole.height, tide.width, tide.height) == (960, 540, 200, 300)
    assert PictureFiles(library).count() == (2, mole.path.stat().st_size + tide.path.stat().st_size)
    if os.name == "posix":
        assert stat.S_IMODE(mole.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder_of(library).stat().st_mode) == 0o700


@pytest.mark.parametrize("options", [RefreshOptions(), RefreshOptions(pictures=True, max_bytes=2_000_000)])
async def test_none_is_asked_for_unless_it_is_wanted_or_under_a_budget(
    paper: Loopback, library: Path, options: RefreshOptions
) -> None:
    await refresh(library, options)
    assert entry_of(library)
    assert not paper.asked("/mole.jpg")
    assert not folder_of(library).exists()


async def test_no_cookie_no_referer_and_not_where_robots_txt_forbids(paper: Loopback, library: Path) -> None:
    paper.put("/robots.txt", "User-agent: *\nDisallow: /mole.jpg\n", kind="text/plain")
    await refresh(library, WITH)
    assert not paper.asked("/mole.jpg")
    (seen,) = paper.asked("/tide.png")
    assert not {"cookie", "referer"} & seen.headers.keys()


async def test_they_go_with_their_articles_and_the_oldest_over_the_quota(
    paper: Loopback, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await refresh(library, WITH)
    files, entry_id = PictureFiles(library), entry_of(library)
    files.keep(entry_id + 50, "https://x.example/old.jpg", Picture(60, 60, b"x"))
    (folder_of(library) / "mine.txt").write_text("mine")
    begun = folder_of(library) / "7-0123456789abcdef-60x60.webp.1.part"
    begun.write_bytes(b"x")
    os.utime(begun, (0, 0))
    await refresh(library)
    assert not files.of(entry_id + 50)
    assert not begun.exists()
    assert (folder_of(library) / "mine.txt").exists()
    tide = picture_of(files.of(entry_id), paper.url("/tide.png"))
    assert tide
    os.utime(tide.path, (0, 0))
    monkeypatch.setattr(picture_files, "QUOTA", files.count()[1] - 1)
    files.sweep({entry_id: 1})
    assert not tide.path.exists()
    assert files.count()[0] == 1
    with open_store(library) as store:
        store.connection.run("DELETE FROM entry")
    await refresh(library)
    assert files.count() == (0, 0)


async def test_a_host_of_pictures_that_hangs_keeps_no_page(site: Loopback, library: Path) -> None:
    with Loopback("127.0.0.9") as hanging:
        publish(site, "mole", "tide")
        hanging.hang("/mole.jpg")
        for slug in ("mole", "tide"):
            site.put(f"/news/{slug}", page(slug, illustrated(hanging, "mole.jpg") + text(slug)))
        subscribe(library, site.url("/feed"))
        told = await refresh(library, WITH, QUICKLY)
        assert told[-1].full == 2


async def test_a_host_that_does_not_answer_is_asked_for_few_pictures(site: Loopback, library: Path) -> None:
    slugs = [f"story-{number}" for number in range(8)]
    with Loopback("127.0.0.9") as hanging:
        publish(site, *slugs)
        for slug in slugs:
            hanging.hang(f"/{slug}.jpg")
            site.put(f"/news/{slug}", page(slug, text(slug) + illustrated(hanging, f"{slug}.jpg")))
        subscribe(library, site.url("/feed"))
        told = await refresh(library, WITH, QUICKLY)
        assert told[-1].full == 8
        assert sum(len(hanging.asked(f"/{slug}.jpg")) for slug in slugs) < 6


async def test_a_slow_one_keeps_the_refresh_for_no_longer_than_its_share_and_comes_with_the_next(
    paper: Loopback, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_intake, "PICTURE_SECONDS", 0.3)
    mole = paper.routes["/mole.jpg"]
    paper.hang("/mole.jpg")
    told = await refresh(library, WITH)
    assert (told[-1].full, told[-1].pictures_left) == (1, 1)
    files = PictureFiles(library)
    assert len(files.of(entry_of(library))) == 1, "the others came"
    paper.routes["/mole.jpg"] = mole
    told = await refresh(library, RefreshOptions())
    assert len(paper.asked("/mole.jpg")) == 1, "it is wanted no more"
    told = await refresh(library, WITH)
    assert told[-1].pictures_left == 0
    assert len(files.of(entry_of(library))) == 2
    with open_store(library) as store:
        assert picture_wishes.remembered(store) == []


@pytest.mark.parametrize("at_once", [1, 50])
async def test_a_refresh_that_is_stopped_before_leaves_them_to_the_next(
    paper: Loopback, library: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("cache.refresh.run.REMEMBERED_AT_ONCE", at_once)
    paper.put("/feed", feed(paper.url(""), ("mole", "tide")), kind=RSS)
    paper.hang("/news/tide")
    async with fetcher() as one, aclosing(run_here(library, WITH, fetcher=one)) as steps:
        while (await anext(steps)).step != "landed":
            pass
        with open_store(library) as store:
            assert len(picture_wishes.remembered(store)) == (3 if at_once == 1 else 0), "as if it were killed here"
    assert not paper.asked("/mole.jpg"), "texts come first"
    with open_store(library) as store:
        [*wishes] = picture_wishes.remembered(store)
    assert len(wishes) == 3
    paper.put("/news/tide", page("tide"))
    await refresh(library, WITH)
    assert len(PictureFiles(library).of(wishes[0][0].entry_id)) == 2
    with open_store(library) as store:
        assert picture_wishes.remembered(store) == []


async def test_all_of_them_together_have_their_time(
    paper: Loopback, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_intake, "PICTURE_SECONDS", 30.0)
    monkeypatch.setattr("cache.refresh.run.LEAST_SECONDS", 0.3)
    paper.hang("/mole.jpg")
    told = await refresh(library, WITH)
    assert told[-1].pictures_left >= 1
    assert [progress.step for progress in told].index("pictures") > max(
        at for at, progress in enumerate(told) if progress.step == "landed"
    ), "text comes first"


async def test_one_that_never_comes_is_given_up(
    paper: Loopback, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_intake, "PICTURE_SECONDS", 0.1)
    paper.hang("/mole.jpg")
    left = [(await refresh(library, WITH))[-1].pictures_left for _ in range(4)]
    assert left == [1, 1, 0, 0]
    assert len(paper.asked("/mole.jpg")) == 3


@pytest.mark.parametrize(
    "kept",
    [
        "x",
        [1],
        [[1, 2, 3]],
        [[True, "https://a.example/", 0]],
        [[10**30, "https://a.example/", 0]],
        [[1, "file:///etc/passwd", 0]],
        [[1, "https://a.example/\n", 0]],
        [[1, "https://a.example/" + "a" * 5000, 0]],
    ],
)
async def test_what_a_library_holds_as_wishes_may_be_anything(library: Path, kept: object) -> None:
    with open_store(library) as store:
        marks.set_setting(store.connection, "picture_wishes", kept)
        assert picture_wishes.remembered(store) == []
        picture_wishes.remember(store, [PictureWish(1, "https://a.example/a.jpg")])


@pytest.mark.parametrize("why", ["gone", "broken", "no WebP"])
async def test_where_pillow_does_not_load_none_is_asked_for(
    paper: Loopback, library: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    monkeypatch.setattr(decoding, "can_decode", decoding.can_decode.__wrapped__)
    monkeypatch.setattr(picture_intake, "can_decode", decoding.can_decode)
    if why == "no WebP":
        monkeypatch.setattr("PIL.WebPImagePlugin.SUPPORTED", False)
    else:
        monkeypatch.delattr("PIL.WebPImagePlugin", raising=False)
        monkeypatch.setitem(sys.modules, "PIL" if why == "gone" else "PIL.WebPImagePlugin", None)
    told = await refresh(library, WITH)
    assert told[-1].full == 1
    assert told[-1].pictures_left == 0
    assert not any(paper.asked(each) for each in ("/mole.jpg", "/tide.png", "/no.jpg"))


COUNTERS = [
    "<img src='/t?id=7&ev=view'>",
    "<img src='/c.gif?id=7'>",
    "<img src='/a.png' width=1 height=1>",
    "<img src='/a.png' width='1.0px' height=' 1 '>",
    "<img src='/a.png' style='height:1px;width:1px;border-style:none;'>",
    "<img src='/a.png' style='display:none'>",
    "<img src='/a.png' hidden>",
]


@pytest.mark.parametrize("image", COUNTERS)
@pytest.mark.parametrize("around", ["{}", "<figure>{}</figure>", "<noscript>{}</noscript>"])
async def test_what_counts_who_reads_is_never_asked_for(site: Loopback, library: Path, image: str, around: str) -> None:
    publish(site, "mole")
    shown = "<figure><img src='/photo?id=7' alt='The mole'><figcaption>The mole at noon.</figcaption></figure>"
    site.put("/news/mole", page("mole", text("mole") + around.format(image) + text("tide") + shown))
    site.put("/photo?id=7", picture((400, 300)), kind="image/jpeg")
    subscribe(library, site.url("/feed"))
    await refresh(library, WITH)
    assert not {seen.path for seen in site.seen} & {"/t?id=7&ev=view", "/c.gif?id=7", "/a.png"}
    assert site.asked("/photo?id=7")


async def test_those_of_a_removed_source_stay_as_long_as_undo_may_bring_it_back(
    paper: Loopback, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await refresh(library, WITH)
    files, entry_id = PictureFiles(library), entry_of(library)
    with open_store(library) as store:
        now, trail = 2_000_000_000.0, UndoTrail()
        source_id = int(store.connection.value("SELECT source_id FROM shelf WHERE id = ?", (entry_id,)) or 0)
        act = source_changes.remove(store.connection, [source_id], now)
        assert act
        trail.remember(trail.store(store.connection, act), act)
        files.sweep(picture_wishes.pictured(store, now + GRACE / 2))
        assert len(files.of(entry_id)) == 2
        trail.undo(store.connection)
        files.sweep(picture_wishes.pictured(store, now + GRACE * 2))
        assert len(files.of(entry_id)) == 2
        source_changes.remove(store.connection, [source_id], now)
        files.sweep(picture_wishes.pictured(store, now + GRACE * 2))
        assert files.count() == (0, 0)


async def test_over_the_quota_what_is_kept_goes_last_and_what_is_off_the_lists_first(
    paper: Loopback, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await refresh(library)
    files = PictureFiles(library)
    with open_store(library) as store:
        ids = [row[0] for row in store.connection.rows("SELECT id FROM article ORDER BY id LIMIT 3")]
        marks.save(store.connection, ids[:1], True, 1.0)
        marks.throw_away(store.connection, ids[2:], 2_000_000_000.0)
        there = picture_wishes.pictured(store, 2_000_000_000.0)
    for age, entry_id in enumerate(ids):
        files.keep(entry_id, "https://x.example/a.jpg", Picture(60, 60, b"x" * 100))
        for kept in files.of(entry_id).values():
            os.utime(kept.path, (age, age))
    for quota, left in ((250, ids[:2]), (150, ids[:1])):
        monkeypatch.setattr(picture_files, "QUOTA", quota)
        files.sweep(there)
        assert [each for each in ids if files.of(each)] == left


async def test_those_of_an_article_that_was_fetched_as_it_was_opened_come_after_its_text(
    paper: Loopback, library: Path
) -> None:
    from cache.library import open_library

    async with fetcher() as one, open_library(library.parent, fetcher=one) as opened:
        reading = await opened.read(paper.url("/news/mole"))
        assert reading.entry
        assert not paper.asked("/mole.jpg"), "its text stands first"
        assert await opened.fetch_pictures(reading.entry.id) == 2
        assert await opened.fetch_pictures(reading.entry.id) == 0
        assert len(paper.asked("/mole.jpg")) == 1
        again = await opened.read(paper.url("/news/mole"))
        assert again.article
        assert len(paper.asked("/mole.jpg")) == 1


async def test_those_of_a_single_page_come_with_it(paper: Loopback, library: Path) -> None:
    subscribe(library, paper.url("/news/mole"), "page")
    with open_store(library) as store:
        store.connection.run("UPDATE source SET removed = 1 WHERE url = ?", (paper.url("/feed"),))
    await refresh(library, WITH)
    assert len(PictureFiles(library).of(entry_of(library))) == 2


@pytest.mark.skipif(os.name != "posix", reason="such things as Unix has")
def test_what_bears_the_name_of_a_picture_and_is_no_file_is_none(tmp_path: Path) -> None:
    files = PictureFiles(tmp_path / "library.db")
    files.keep(1, "https://x.example/a.jpg", Picture(60, 60, b"x"))
    os.mkfifo(files.folder / "1-1123456789abcdef-60x60.webp")
    (files.folder / "1-2123456789abcdef-60x60.webp").symlink_to(tmp_path / "elsewhere")
    (files.folder / "1-3123456789abcdef-60x60.webp").mkdir()
    assert [kept.path.read_bytes() for kept in files.of(1).values()] == [b"x"]
    files.sweep({})
    assert [each.is_dir() for each in files.folder.iterdir()] == [True]
