"""`sync`: what is told apart, remembered, told and forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from threading import Event

import pytest

from cache.paths import places
from cache.sync import folder as by_folder
from cache.sync import folders
from cache.sync.outcome import Synced
from tests.loopback import Loopback, Reply, Seen
from tests.newsroom import RSS, feed, subscribe
from tests.reading_server import Oddities, ReadingServer
from tests.tui.cli.conftest import Cli
from tests.tui.cli.test_reference import fields


@pytest.fixture
def lent(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were synced, in place of doing it."""
    asked = list[Path]()

    async def noted(library: object, folder: Path) -> Synced:
        asked.append(folder)
        return Synced("All is one.", counts={"taken": 3})

    monkeypatch.setattr(by_folder, "sync_folder", noted)
    return asked


@pytest.mark.parametrize("word", ["./shared", "../shared", "/media/stick", "~/Sync", "C:\\Sync", "\\\\host\\share"])
def test_a_folder_is_told_by_how_it_begins(word: str) -> None:
    assert folders.looks_like_folder(word)


@pytest.mark.parametrize("word", ["example.com/freshrss", "https://example.com", "reader.example", "a" * 5000])
def test_an_address_is_no_folder(word: str) -> None:
    assert not folders.looks_like_folder(word)


def test_a_name_that_is_a_folder_here_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reading").mkdir()
    monkeypatch.chdir(tmp_path)
    assert folders.looks_like_folder("reading")


def test_a_folder_is_remembered_and_synced_again_until_it_is_off(cli: Cli, tmp_path: Path, lent: list[Path]) -> None:
    assert cli("sync", str(tmp_path)) == (0, "All is one.\n", "")
    assert cli("sync")[:2] == (0, "All is one.\n")
    assert lent == [tmp_path, tmp_path]
    [status] = [json.loads(line) for line in cli("sync", "--status", "--json")[1].splitlines()]
    assert status["place"] == str(tmp_path)
    assert status["synced"]
    assert status["sentence"] == "All is one."
    assert set(status) == fields("A place that is synced")
    assert cli("sync", "--off")[0] == 0
    assert cli("sync", "--status", "--json") == (0, "", "")
    assert cli("sync")[0] == 2


def test_what_came_of_it_is_told_to_a_script(cli: Cli, tmp_path: Path, lent: list[Path]) -> None:
    told = json.loads(cli("sync", str(tmp_path), "--json")[1])
    assert (told["kind"], told["counts"], told["whole"]) == ("folder", {"taken": 3}, True)
    assert set(told) == fields("A place that is synced")


def test_what_was_never_set_up_is_not_switched_off(cli: Cli, tmp_path: Path) -> None:
    code, out, err = cli("sync", str(tmp_path), "--off")
    assert (code, out) == (2, "")
    assert "--status" in err


@pytest.fixture
def server() -> Iterator[ReadingServer]:
    with ReadingServer() as opened:
        opened.item(opened.feed("https://harbour.example/feed", "Harbour"), "https://harbour.example/pier")
        yield opened


def typed(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(line))


def test_a_server_is_set_up_from_its_bare_address_told_and_forgotten(
    cli: Cli, server: ReadingServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    typed(monkeypatch, "harbour\n")
    code, out, err = cli("sync", server.origin, "--user", "pat", "--yes")
    assert (code, err) == (0, "")
    assert "1 article came" in out
    secrets = tmp_path / "home" / "secrets.json"
    assert secrets.stat().st_mode & 0o077 == 0
    assert cli("sync", server.origin)[1].endswith("nothing had changed.\n")
    assert cli("mark", "https://harbour.example/pier", "--read")[0] == 0
    [status] = [json.loads(line) for line in cli("sync", "--status", "--json")[1].splitlines()]
    assert (status["place"], status["user"], status["waiting"]) == (server.base, "pat", 1)
    assert set(status) == fields("A place that is synced")
    told = json.loads(cli("sync", "--json")[1])
    assert (told["counts"]["sent"], told["waiting"], told["whole"]) == (1, 0, True)
    assert set(told) == fields("A place that is synced")
    assert "FreshRSS" in cli("sync", "--status")[1]
    assert cli("sync", "--off")[0] == 0
    assert "harbour" not in secrets.read_text()
    assert "Pier opens" in cli("list")[1]
    assert cli("sync")[0] == 2


def test_a_password_is_no_argument_and_is_kept_in_a_file_only_where_that_was_said(
    cli: Cli, server: ReadingServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    typed(monkeypatch, "harbour\n")
    code, out, err = cli("sync", server.origin, "--user", "pat")
    assert (code, out) == (2, "")
    assert "--yes" in err
    assert not (tmp_path / "home" / "secrets.json").exists()
    assert cli("sync", server.origin)[0] == 2
    assert cli("sync", "https://pat:harbour@reader.example", "--user", "pat", "--yes")[0] != 0


@pytest.mark.parametrize(
    ("odd", "said"), [(Oddities(switched_off=True), "not available"), (Oddities(), "does not know pat")]
)
def test_what_fails_is_one_sentence(
    cli: Cli, server: ReadingServer, monkeypatch: pytest.MonkeyPatch, odd: Oddities, said: str
) -> None:
    server.odd = odd
    typed(monkeypatch, "wrong\n")
    code, out, err = cli("sync", server.origin, "--user", "pat", "--yes")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert said in err


def test_a_refresh_syncs_first_and_fails_by_nothing_there(
    cli: Cli, server: ReadingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "harbour\n")
    assert cli("sync", server.origin, "--user", "pat", "--yes")[0] == 0
    assert cli("keep", "https://harbour.example/feed", "--days", "9")[0] == 0
    assert cli("remove", "https://harbour.example/feed")[0] == 0
    assert "1 change of sources sent" in cli("refresh")[1]
    assert server.feeds == {}
    server.odd.switched_off = True
    code, _, err = cli("refresh")
    assert code == 0
    assert "HTTP 503" in err


def test_a_server_that_hangs_keeps_no_news_waiting(
    cli: Cli, server: ReadingServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    typed(monkeypatch, "harbour\n")
    assert cli("sync", server.origin, "--user", "pat", "--yes")[0] == 0
    hung, asked = Event(), list[bool]()
    with Loopback() as site:

        def news(_: Seen) -> Reply:
            asked.append(hung.is_set())
            hung.set()
            return Reply(feed(site.url(""), ["mole"]).encode(), kind=RSS)

        site.routes["/feed"] = news
        subscribe(places(tmp_path / "home").library, site.url("/feed"))
        monkeypatch.setattr("tui.cli.refresh._HEAD_START", 0.1)
        server.held["subscription/list"] = hung
        code, out, _ = cli("refresh", "--teasers")
    assert (code, asked) == (0, [False]), "the news was asked for while the server still hung"
    assert out.index("complete") < out.index("Synced with")


def test_a_refresh_ends_soon_though_a_server_hangs_and_says_so(
    cli: Cli, server: ReadingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "harbour\n")
    assert cli("sync", server.origin, "--user", "pat", "--yes")[0] == 0
    monkeypatch.setattr("tui.cli.refresh._HEAD_START", 0.1)
    monkeypatch.setattr("tui.cli.refresh._PATIENCE", 0.1)
    server.held["subscription/list"] = Event()
    _, out, err = cli("refresh", "--teasers")
    server.held.pop("subscription/list").set()
    assert "Synced" not in out
    assert "the next sync goes on from here" in err
    [status] = [json.loads(line) for line in cli("sync", "--status", "--json")[1].splitlines()]
    assert (status["reason"], status["whole"]) == ("slow", False)
    assert status["again"], "the next refreshes leave it alone for a while"
    assert cli("sync")[0] == 0


def test_a_source_that_a_server_has_no_more_is_told_until_it_is_said_to_stay(
    cli: Cli, server: ReadingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "harbour\n")
    assert cli("sync", server.origin, "--user", "pat", "--yes")[0] == 0
    server.feeds.clear()
    server.items.clear()
    assert "`sync --keep SOURCE` says that it stays" in cli("sync")[1]
    [status] = [json.loads(line) for line in cli("sync", "--status", "--json")[1].splitlines()]
    assert status["gone"] == ["https://harbour.example/feed"]
    assert "no more: https://harbour.example/feed" in cli("sync", "--status")[1]
    assert "stays here, and is told no more" in cli("sync", "--keep", "https://harbour.example/feed")[2]
    assert cli("sync", "--keep", "Harbour")[2].endswith("No server lacks Harbour: nothing to decide.\n")
    assert "no more" not in cli("sync")[1]
    assert cli("sync", "--keep", "Harbour", "--status")[0] == 2
    assert cli("sync", "--keep", "Nobody")[0] == 1


def test_whose_text_articles_get_is_set_with_the_server(
    cli: Cli, server: ReadingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "harbour\n")
    next(iter(server.items.values())).html = "<p>The pier is shut, and the harbour board says until spring.</p>" * 20
    code, out, _ = cli("sync", server.origin, "--user", "pat", "--yes", "--text", "server")
    assert (code, "1 text of the server taken" in out) == (0, True)
    assert "The pier is shut" in cli("show", "https://harbour.example/pier")[1]
    assert "texts of the server" in cli("sync", "--status")[1]
    assert json.loads(cli("sync", "--status", "--json")[1])["text"] == "server"
    assert cli("sync", server.origin, "--text", "pages")[0] == 0
    assert json.loads(cli("sync", "--status", "--json")[1])["text"] == "pages"
    assert cli("sync", "--text", "pages")[0] == 2


def test_another_password_is_asked_for_where_the_one_that_is_kept_is_not_taken(
    cli: Cli, server: ReadingServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    typed(monkeypatch, "harbour\n")
    assert cli("sync", server.origin, "--user", "pat", "--yes")[0] == 0
    [item] = server.items.values()
    assert cli("mark", item.url, "--read")[0] == 0
    assert cli("sync")[0] == 0
    assert cli("mark", item.url, "--unread")[0] == 0
    server.password = "lighthouse"
    server.expire()
    assert "does not know pat" in cli("sync")[2]
    typed(monkeypatch, "lighthouse\n")
    code, out, err = cli("sync", server.origin, "--user", "pat", "--yes")
    assert (code, "marks of 1 article sent" in out, "does not know pat" in err) == (0, True, True)
    assert not item.read, "it is the account that it was, and no first sync, by which read on either side is read"
    (tmp_path / "home" / "secrets.json").unlink()
    assert f"`sync {server.base} --user pat` asks for it" in cli("sync")[2]
    typed(monkeypatch, "lighthouse\n")
    assert cli("sync", server.base, "--user", "pat", "--yes")[0] == 0
    assert cli("sync")[0] == 0


def test_a_password_that_is_taken_is_not_asked_for_again(
    cli: Cli, server: ReadingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "harbour\n")
    assert cli("sync", server.origin, "--user", "pat", "--yes")[0] == 0
    typed(monkeypatch, "")
    assert cli("sync", server.origin, "--user", "pat")[0] == 0
    server.odd.switched_off = True
    assert cli("sync", server.origin, "--user", "pat")[0] == 1
    server.odd.switched_off, server.password = False, "lighthouse"
    server.expire()
    code, _, err = cli("sync", server.origin, "--user", "pat")
    assert code != 0
    assert "does not know pat" in err
