from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cache.db.fetch_plan import Due
from cache.refresh.own_headers import IN_KEYRING, keep_secret, own_headers
from cache.writes.store import open_store
from fetch.errors import Refused
from tests.newsroom import subscribe

keyring = pytest.importorskip("keyring", reason="the extra [keys] is not installed")
URL = "https://harbour.example/feed"


def _source(headers: str) -> Due:
    return Due(1, URL, "feed", "", "", "", "", None, headers, "")


@pytest.fixture
def ring() -> Iterator[None]:
    import keyring.backend

    class Ring(keyring.backend.KeyringBackend):
        priority = 1

        def __init__(self) -> None:
            self.kept: dict[tuple[str, str], str] = {}

        def get_password(self, service: str, username: str) -> str | None:
            return self.kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self.kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del self.kept[service, username]

    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    yield
    keyring.set_keyring(before)


@pytest.mark.usefixtures("ring")
def test_a_secret_is_in_the_keyring_and_never_in_the_library(tmp_path: Path) -> None:
    source_id = subscribe(tmp_path / "library.db", URL)
    keep_secret(URL, "Cookie", "member=torvik")
    with open_store(tmp_path / "library.db") as store:
        store.connection.run(
            "UPDATE source SET headers = ? WHERE id = ?", ('{"Cookie": "@", "X-Plain": "ja"}', source_id)
        )
        (source,) = store.plan.due_sources(float("inf"))
    said = [(name, secret.reveal()) for name, secret in own_headers(source)]
    assert said == [("Cookie", "member=torvik"), ("X-Plain", "ja")]
    assert not any(b"torvik" in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.usefixtures("ring")
def test_a_secret_that_is_not_in_the_keyring_is_not_sent_as_nothing() -> None:
    with pytest.raises(Refused, match="holds no Cookie"):
        own_headers(_source(f'{{"Cookie": "{IN_KEYRING}"}}'))


def test_without_headers_no_keyring_is_asked() -> None:
    assert own_headers(_source("")) == ()


def test_a_keyring_that_refuses_is_told_in_a_sentence() -> None:
    import keyring.backends.fail

    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    try:
        with pytest.raises(Refused, match="keyring"):
            own_headers(_source(f'{{"Cookie": "{IN_KEYRING}"}}'))
    finally:
        keyring.set_keyring(before)
