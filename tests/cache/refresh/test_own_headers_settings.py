"""Where the secrets of a source go: to a keyring or a file of the reader's own, and nowhere else."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from errno import ENOSPC
from pathlib import Path

import pytest

from cache.arrangement import Arrangement
from cache.db.fetch_plan import Due
from cache.library import Library, open_library
from cache.refresh.own_headers import IN_STORE, own_headers, own_proxy
from cache.secret_store import SecretStore
from cache.writes.sources import VisitRecord
from cache.writes.store import open_store
from fetch.errors import Refused
from fetch.secret import Secret
from fetch.source import Source
from tests.cache.keyrings import keyring_in_memory
from tests.loopback import Loopback, Reply, Seen
from tests.newsroom import RSS, feed, fetcher, publish, subscribe

pytestmark = pytest.mark.anyio
URL = "https://harbour.example/feed"
LOGIN = "Basic dG9ydmlrOm1vbGUtNDc="  # torvik:mole-47


@pytest.fixture
def ring() -> Iterator[dict[tuple[str, str], str]]:
    with keyring_in_memory() as kept:
        yield kept


def due(headers: str = "", proxy: str = "") -> Due:
    return Due(1, URL, "feed", "", "", "", "", None, headers, proxy)


def revealed(source: Due, secrets: SecretStore) -> dict[str, str]:
    return {name: secret.reveal() for name, secret in own_headers(source, secrets)}


def nowhere(folder: Path, *secrets: str, but: str = "") -> bool:
    """Whether no file below a folder holds one of the secrets, but for the one named."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != but]
    assert files
    return not any(secret.encode() in path.read_bytes() for path in files for secret in secrets)


def members_only(site: Loopback) -> None:
    def answer(seen: Seen) -> Reply:
        if seen.headers.get("authorization") != LOGIN:
            return Reply(status=401)
        return Reply(feed(site.url(""), ["mole"]).encode(), kind=RSS)

    publish(site, "mole")
    site.routes["/feed"] = answer


def test_a_secret_is_in_the_keyring_and_nowhere_else(tmp_path: Path, ring: dict[tuple[str, str], str]) -> None:
    secrets = SecretStore(tmp_path)
    secrets.keep(URL, "Cookie", Secret("member=torvik"))
    assert ring == {("broadsheet", f"{URL} Cookie"): "member=torvik"}
    assert list(tmp_path.iterdir()) == []
    assert revealed(due('{"Cookie": "@", "Accept-Language": "ja"}'), secrets) == {
        "Cookie": "member=torvik",
        "Accept-Language": "ja",
    }
    assert "keyring" in secrets.examine()[1]


def test_without_a_keyring_a_secret_is_in_a_file_of_mode_0600(tmp_path: Path) -> None:
    secrets = SecretStore(tmp_path / "config")
    secrets.keep(URL, "Cookie", Secret("member=torvik"))
    secrets.keep(URL, "X-Member", Secret("7"))
    assert stat.S_IMODE(secrets.file.stat().st_mode) == 0o600
    assert [path.name for path in secrets.file.parent.iterdir()] == ["secrets.json"]
    assert revealed(due('{"Cookie": "@", "X-Member": "@"}'), secrets) == {"Cookie": "member=torvik", "X-Member": "7"}
    well, sentence = secrets.examine()
    assert well
    assert str(secrets.file) in sentence
    secrets.file.chmod(0o644)
    well, sentence = secrets.examine()
    assert not well
    assert "chmod 600" in sentence


@pytest.mark.parametrize(
    "content", ['{"https://quay.example/feed Cookie": "torvik-47",}', "[]", "[" * 99_999, "\ud800"]
)
def test_a_file_of_secrets_that_cannot_be_read_is_told_and_not_written_over(tmp_path: Path, content: str) -> None:
    """A reader has mended it by hand, and one sign is wrong: what it holds is there to be mended again."""
    secrets = SecretStore(tmp_path)
    secrets.file.write_bytes(content.encode("utf-8", "surrogatepass"))
    before = secrets.file.read_bytes()
    with pytest.raises(Refused, match="mend it, or move it away"):
        secrets.keep("https://tide.example/feed", "Cookie", Secret("other"))
    with pytest.raises(Refused, match="mend it, or move it away"):
        secrets.find("https://quay.example/feed", "Cookie")
    assert secrets.examine()[0] is False
    assert secrets.file.read_bytes() == before


def test_what_a_killed_program_left_of_a_file_of_secrets_goes_with_the_next(tmp_path: Path) -> None:
    (tmp_path / "secrets.4711.new").write_text('{"half')
    secrets = SecretStore(tmp_path)
    secrets.keep("https://tide.example/feed", "Cookie", Secret("other"))
    assert [each.name for each in tmp_path.iterdir()] == ["secrets.json"]


def test_a_full_disk_leaves_no_piece_of_a_file_of_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SecretStore(tmp_path).keep(URL, "Authorization", Secret("Bearer mole"))

    def full(_: int) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Refused, match="no space left on device"):
        SecretStore(tmp_path).keep(URL, "Authorization", Secret("Bearer pier"))
    assert [each.name for each in tmp_path.iterdir()] == ["secrets.json"]
    kept = SecretStore(tmp_path).find(URL, "Authorization")
    assert kept is not None
    assert kept.reveal() == "Bearer mole"


def test_what_a_file_held_before_there_was_a_keyring_still_serves(tmp_path: Path) -> None:
    secrets = SecretStore(tmp_path)
    secrets.keep(URL, "Cookie", Secret("member=torvik"))
    with keyring_in_memory():
        assert revealed(due('{"Cookie": "@"}'), secrets) == {"Cookie": "member=torvik"}


def test_a_secret_that_is_kept_nowhere_is_not_sent_as_nothing(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="holds the Cookie"):
        own_headers(due(f'{{"Cookie": "{IN_STORE}"}}'), SecretStore(tmp_path))


def test_without_headers_nothing_is_looked_for(tmp_path: Path) -> None:
    assert own_headers(due(), SecretStore(tmp_path)) == ()


def test_a_keyring_that_refuses_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = pytest.importorskip("keyring", reason="the extra [keys] is not installed")
    from keyring.errors import KeyringLocked

    def locked(*_: object) -> None:
        raise KeyringLocked

    with keyring_in_memory():
        monkeypatch.setattr(type(keyring.get_keyring()), "get_password", locked)
        with pytest.raises(Refused, match="keyring would not"):
            own_headers(due('{"Cookie": "@"}'), SecretStore(tmp_path))


async def added(site: Loopback, library: Library) -> int:
    return (await library.add(site.url("/feed").replace("://", "://torvik:mole-47@"))).id


async def test_a_login_in_an_address_is_split_off_and_kept_with_the_secrets(site: Loopback, tmp_path: Path) -> None:
    members_only(site)
    async with fetcher() as one, open_library(tmp_path, fetcher=one) as library:
        source = library.source(await added(site, library))
        assert source.url == site.url("/feed")
        steps = [step async for step in library.refresh([source.id], teasers_only=True)]
        assert not [step for step in steps if step.step == "failed"]
        await library.export("opml", tmp_path / "out.opml")
        assert "mole-47" not in repr(source)
    assert site.asked("/feed")[-1].headers["authorization"] == LOGIN
    assert nowhere(tmp_path, "mole-47", LOGIN.split()[1], but="secrets.json")


async def test_with_a_keyring_no_file_holds_a_login(site: Loopback, tmp_path: Path, ring: dict[object, str]) -> None:
    members_only(site)
    async with fetcher() as one, open_library(tmp_path, fetcher=one) as library:
        source_id = await added(site, library)
        await library.arrange(
            source_id, Arrangement(proxy="http://torvik:mole-47@127.0.0.1:9", headers={"X-Member": "torvik-47"})
        )
    assert sorted(ring.values()) == [LOGIN, "torvik-47", "torvik:mole-47"]
    assert nowhere(tmp_path, "mole-47", "torvik-47", LOGIN.split()[1])


async def test_a_proxys_login_is_kept_with_the_secrets(site: Loopback, tmp_path: Path) -> None:
    site.put("http://harbour.example/feed", feed("http://harbour.example", []), kind=RSS)
    async with fetcher() as one, open_library(tmp_path, fetcher=one) as library:
        source_id = await library.write(lambda store: store.sources.add(Source("http://harbour.example/feed", "feed")))
        await library.arrange(source_id, Arrangement(proxy=site.url("").replace("://", "://torvik:mole-47@")))
        assert library.source(source_id).proxy == site.url("").replace("://", "://@")
        assert [step async for step in library.refresh([source_id])]
    assert site.seen[0].headers["proxy-authorization"] == LOGIN
    assert nowhere(tmp_path, "mole-47", but="secrets.json")


async def test_secrets_that_an_earlier_version_left_in_the_library_are_put_away(site: Loopback, tmp_path: Path) -> None:
    members_only(site)
    with_login = site.url("/feed").replace("://", "://torvik:mole-47@")
    async with fetcher() as one, open_library(tmp_path, fetcher=one) as library:
        source_id = await library.write(lambda store: store.sources.add(Source(with_login, "feed")))
        own = Arrangement(headers={"X-Member": "torvik-47"})
        await library.write(lambda store: store.sources.arrange(source_id, own))
        assert [step async for step in library.refresh([source_id])]
        assert library.source(source_id).url == site.url("/feed")
    said = site.asked("/feed")[-1].headers
    assert (said["authorization"], said["x-member"]) == (LOGIN, "torvik-47")
    kept = json.loads((tmp_path / "secrets.json").read_text())
    assert sorted(kept) == [f"{site.url('/feed')} Authorization", f"{site.url('/feed')} X-Member"]


async def test_an_imported_lists_logins_are_kept_with_the_secrets(site: Loopback, tmp_path: Path) -> None:
    members_only(site)
    with_login = site.url("/feed").replace("://", "://torvik:mole-47@")
    (tmp_path / "in.opml").write_text(
        f"<opml version='2.0'><body><outline type='rss' xmlUrl='{with_login}'/>"
        "<outline xmlUrl='http://a:b@[::1'/></body></opml>"
    )
    async with fetcher() as one, open_library(tmp_path, fetcher=one) as library:
        await library.import_file(tmp_path / "in.opml")
        (tmp_path / "in.opml").unlink()
        assert [step async for step in library.refresh()]
        (source,) = [source for source in library.sources() if source.url == site.url("/feed")]
        assert source.error == ""
    assert nowhere(tmp_path, "mole-47", but="secrets.json")


def test_a_source_with_headers_of_the_readers_moves_within_its_origin_only(tmp_path: Path) -> None:
    source_id = subscribe(tmp_path / "library.db", URL)
    with open_store(tmp_path / "library.db") as store:
        store.sources.arrange(source_id, Arrangement(headers={"Cookie": "@"}))
        store.sources.record_visit(source_id, VisitRecord(0.0, "", 0.0))
        store.sources.move(source_id, "https://elsewhere.example/feed")
        (source,) = store.plan.due_sources(float("inf"))
        assert source.url == URL
        store.sources.move(source_id, "https://harbour.example/new")
        (source,) = store.plan.due_sources(float("inf"))
    assert source.url == "https://harbour.example/new"
    secrets = SecretStore(tmp_path)
    secrets.keep(URL, "Cookie", Secret("member=torvik"))
    assert revealed(source, secrets) == {"Cookie": "member=torvik"}


def test_a_proxy_without_a_login_is_as_it_was(tmp_path: Path) -> None:
    assert own_proxy(due(proxy="http://127.0.0.1:3128"), SecretStore(tmp_path)) == "http://127.0.0.1:3128"
    with pytest.raises(Refused):
        own_proxy(due(proxy="http://@127.0.0.1:3128"), SecretStore(tmp_path))


async def test_a_locked_keyring_ends_no_refresh(
    site: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ring: dict[object, str]
) -> None:
    import keyring
    from keyring.errors import KeyringLocked

    def locked(*_: object) -> None:
        raise KeyringLocked

    monkeypatch.setattr(type(keyring.get_keyring()), "set_password", locked)
    publish(site, "mole")
    async with fetcher() as one, open_library(tmp_path, fetcher=one) as library:
        source_id = await library.write(lambda store: store.sources.add(Source(site.url("/feed"), "feed")))
        own = Arrangement(headers={"X-Member": "torvik-47"})
        await library.write(lambda store: store.sources.arrange(source_id, own))
        assert not [step async for step in library.refresh([source_id]) if step.step == "failed"]
    assert site.asked("/feed")[-1].headers["x-member"] == "torvik-47"
    assert ring == {}
