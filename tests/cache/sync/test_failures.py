"""What goes wrong with a server is said in words, by either protocol; no way of it gives the password away."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from cache.library import Library, open_library
from cache.sync.server import accounts_of, set_up, sync_account
from fetch.errors import NewsError
from fetch.fetcher import Fetcher
from fetch.secret import Secret
from tests.fever_side import FeverSide
from tests.loopback import Loopback, Reply
from tests.reading_server import ReadingServer
from tests.wire import certified

pytestmark = pytest.mark.anyio
PIER = "https://harbour.example/pier"


def google_reader(tls: ssl.SSLContext | None = None) -> ReadingServer:
    return ReadingServer(tls=tls)


def fever(tls: ssl.SSLContext | None = None) -> ReadingServer:
    return ReadingServer(path="", fever=FeverSide(), tls=tls)


Making = Callable[..., ReadingServer]
EITHER = pytest.mark.parametrize("made", [google_reader, fever])


def expires(server: ReadingServer) -> None:
    server.expire()
    server.password = "another"


def is_switched_off(server: ReadingServer) -> None:
    answers(503)(server)


def answers(status: int) -> Callable[[ReadingServer], None]:
    def fails(server: ReadingServer) -> None:
        server.odd.status = status
        if server.fever:
            server.fever.odd.status = status

    return fails


def is_a_login_page(server: ReadingServer) -> None:
    server.odd.html_instead = "subscription/list"
    if server.fever:
        server.fever.odd.instead = "<!doctype html><title>Log in</title>"


def has_stopped(server: ReadingServer) -> None:
    server.stop()


FAILURES = {
    "another password there": (expires, "does not know pat by this password"),
    "API switched off": (is_switched_off, "an administrator allows API access"),
    "server error": (answers(500), "HTTP 500"),
    "nothing behind a proxy": (answers(502), "HTTP 502"),
    "a page to log in at": (is_a_login_page, "a page to log in at"),
    "nobody there": (has_stopped, "nobody answers there"),
}


@EITHER
@pytest.mark.parametrize("failure", FAILURES)
async def test_a_sync_that_fails_says_why_marks_nothing_and_goes_on_later(
    library: Library, made: Making, failure: str
) -> None:
    fails, said = FAILURES[failure]
    with made() as server:
        pier = server.item(server.feed("https://harbour.example/feed"), PIER, starred=True)
        account = await set_up(library, server.origin, "pat", Secret("harbour"))
        await sync_account(library, account)
        await library.mark_read([library.entry(PIER).id], True)
        fails(server)
        with pytest.raises(NewsError, match=said) as caught:
            await sync_account(library, account)
    assert "harbour" not in str(caught.value).replace("harbour.example", "")
    assert (pier.read, pier.starred) == (False, True)
    entry = library.entry(PIER)
    assert (entry.read, entry.saved) == (True, True)
    [kept] = await accounts_of(library)
    assert said in kept.error


@EITHER
async def test_a_certificate_that_is_not_in_order_is_told_before_anything_is_sent(
    library: Library, tmp_path: Path, made: Making
) -> None:
    with made(certified(tmp_path)) as server:  # by an authority that nobody knows
        with pytest.raises(NewsError, match="its certificate or encryption is not in order"):
            await set_up(library, server.origin, "pat", Secret("harbour"))
        assert server.seen == []
    assert await accounts_of(library) == []


@EITHER
async def test_a_certificate_that_goes_out_of_order_sends_nothing_either(
    tmp_path: Path, made: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made(certified(tmp_path)) as server:
        server.item(server.feed("https://harbour.example/feed"), PIER)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        async with Fetcher() as fetcher, open_library(tmp_path / "home", fetcher=fetcher) as library:
            account = await set_up(library, server.origin, "pat", Secret("harbour"))
            await sync_account(library, account)
            assert library.entry(PIER).headline
        monkeypatch.delenv("SSL_CERT_FILE")
        before = len(server.seen)
        async with Fetcher() as fetcher, open_library(tmp_path / "home", fetcher=fetcher) as library:
            with pytest.raises(NewsError, match="certificate"):
                await sync_account(library, account)
        assert len(server.seen) == before


async def test_an_address_that_begins_encrypted_is_never_tried_without(library: Library) -> None:
    with google_reader() as server:  # it speaks without encryption alone
        with pytest.raises(NewsError, match="certificate or encryption"):
            await set_up(library, server.origin.replace("http:", "https:"), "pat", Secret("harbour"))
        assert server.seen == []


async def test_a_place_that_is_no_such_server_is_told_and_hears_the_password_in_no_address(library: Library) -> None:
    with Loopback(answer=lambda _: Reply(b"<!doctype html><title>A paper</title>")) as site:
        with pytest.raises(NewsError, match="No server that speaks the Google Reader API was found"):
            await set_up(library, site.url(), "pat", Secret("harbour"))
        assert site.seen
        assert "harbour" not in "".join(each.path for each in site.seen)


@EITHER
async def test_the_password_is_in_no_file_but_that_of_secrets(library: Library, made: Making, tmp_path: Path) -> None:
    with made() as server:
        server.password = "ferry-at-eight"
        server.item(server.feed("https://harbour.example/feed"), PIER)
        account = await set_up(library, server.origin, "pat", Secret("ferry-at-eight"))
        await sync_account(library, account)
        assert "ferry-at-eight" not in repr(account)
    assert modes_of_files_with(tmp_path, b"ferry-at-eight") == [0o600]


def modes_of_files_with(folder: Path, words: bytes) -> list[int]:
    return [each.stat().st_mode & 0o777 for each in folder.rglob("*") if each.is_file() and words in each.read_bytes()]
