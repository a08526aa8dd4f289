"""Pictures come with their articles where that is wanted, lie beside the library, and go with their articles."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

pytest.importorskip("PIL", reason="the extra `pictures` is not installed")

from cache.db import picture_files
from cache.db.picture_files import PictureFiles, folder_of, picture_of
from cache.refresh.options import RefreshOptions
from cache.writes.store import open_store
from fetch.picture import Picture
from tests.loopback import Loopback
from tests.newsroom import QUICKLY, page, publish, refresh, subscribe, text
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
    files.sweep([entry_id])
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
