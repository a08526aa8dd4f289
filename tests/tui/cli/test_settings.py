"""What the settings change on the command line: each what it says."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from tests.loopback import Loopback
from tests.newsroom import page, publish, text
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, records
from tests.tui.picture_bytes import picture

Configure = Callable[[str], None]


@pytest.fixture
def configure(tmp_path: Path) -> Configure:
    """Writes the settings file."""

    def write(text: str) -> None:
        (tmp_path / "home").mkdir(exist_ok=True)
        (tmp_path / "home" / "config.toml").write_text(text, encoding="utf-8")

    return write


def test_a_refresh_fetches_as_many_of_a_source_as_is_set_and_a_source_of_its_own_goes_first(
    cli: Cli, paper: str, configure: Configure
) -> None:
    configure("[refresh]\nmost = 1\n")
    done(cli("add", paper))
    assert "2 left for the next refresh" in done(cli("refresh", "2"))
    done(cli("arrange", "2", "--most", "9"))
    assert "2 articles complete" in done(cli("refresh", "2"))


def test_a_refresh_takes_no_more_bytes_than_are_set_unless_more_are_said(
    cli: Cli, paper: str, configure: Configure
) -> None:
    configure('[refresh]\nbudget = "1k"\n')
    done(cli("add", paper))
    assert records(done(cli("refresh", "2", "--json")))[0]["full"] == 0
    assert records(done(cli("refresh", "2", "--json", "--max-bytes", "1M")))[0]["full"] == 3


def test_pruning_leaves_what_is_set_of_sources_without_limits(cli: Cli, paper: str, configure: Configure) -> None:
    done(cli("add", paper))
    done(cli("refresh", "2"))
    before = len(records(done(cli("list", "--json"))))
    configure("[keep]\ncount = 1\n")
    assert "2 articles past their time" in done(cli("prune", "--dry-run"))
    done(cli("keep", "2", "--count", "2"))
    assert "1 article past their time" in done(cli("prune"))
    assert len(records(done(cli("list", "--json")))) == before - 1, "the handbook stays"


def test_requests_go_through_the_proxy_that_is_set(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, configure: Configure
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # what is set goes before it
    monkeypatch.setenv("https_proxy", "")
    monkeypatch.setenv("all_proxy", "")
    with Loopback() as proxy:
        configure(f'[network]\nproxy = "{proxy.url("").rstrip("/")}"\n')
        cli("add", "http://paper.example/feed")
        assert any("paper.example" in seen.path + seen.headers.get("host", "") for seen in proxy.seen)


def test_without_the_keyring_secrets_go_to_the_file(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, configure: Configure
) -> None:
    pytest.importorskip("keyring")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.chainer.ChainerBackend")
    configure("[network]\nkeyring = false\n")
    with Loopback() as site:
        publish(site, "mole")
        done(cli("add", site.url("/feed")))
        monkeypatch.setattr(sys, "stdin", StringIO("member=torvik-47\n"))
        assert cli("arrange", site.url("/feed"), "--secret", "Cookie")[0] == 0
    assert "torvik-47" in (tmp_path / "home" / "secrets.json").read_text(encoding="utf-8")


def test_what_is_wrong_in_the_file_is_told_and_the_verb_goes_on(cli: Cli, configure: Configure) -> None:
    configure("[refresh]\nmost = 0\n")
    code, out, err = cli("prune")
    assert code == 0
    assert "nothing" in out
    assert err == (
        "broadsheet: config.toml, line 2: refresh.most must be a number from 1 to 100000, so the default holds.\n"
    )


def test_doctor_examines_the_settings_file(cli: Cli, configure: Configure) -> None:
    def finding() -> dict[str, object]:
        rows = map(json.loads, cli("doctor", "--json")[1].splitlines())
        return next(row for row in rows if row["name"] == "configuration")

    done(cli("list", "--limit", "1"))
    assert finding()["ok"]
    configure("[lst]\n")
    assert "did you mean list?" in str(finding()["sentence"])
    assert not finding()["ok"]


@pytest.mark.parametrize(
    ("pictures", "ssh", "asked"),
    [("off", "", 0), ("on", "", 1), ("on", "10.0.0.1 22", 0), ("anywhere", "10.0.0.1 22", 1)],
)
def test_pictures_are_fetched_with_their_articles_where_that_is_set(
    cli: Cli, configure: Configure, monkeypatch: pytest.MonkeyPatch, pictures: str, ssh: str, asked: int
) -> None:
    pytest.importorskip("PIL", reason="the extra `pictures` is not installed")
    for name in ("SSH_CLIENT", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_CONNECTION", ssh)
    configure(f'[screen]\npictures = "{pictures}"\n')
    with Loopback() as site:
        publish(site, "mole")
        figure = f"<figure><img src='{site.url('/mole.jpg')}'><figcaption>The mole.</figcaption></figure>"
        site.put("/news/mole", page("mole", text("mole") + figure))
        site.put("/mole.jpg", picture((400, 300)), kind="image/jpeg")
        done(cli("add", site.url("/feed")))
        assert "1 article complete" in done(cli("refresh", "2"))
        assert len(site.asked("/mole.jpg")) == asked
        assert ("1 picture," if asked else "No pictures are kept.") in cli("doctor")[1]
        done(cli("show", site.url("/news/mole")))
        assert len(site.asked("/mole.jpg")) == asked, "opening asks for nothing"


def test_doctor_says_where_pillow_does_not_load(
    cli: Cli, configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fetch import picture

    configure('[screen]\npictures = "on"\n')
    for installed, word in ((True, "does not load"), (False, "brings it")):
        monkeypatch.setattr(picture, "can_decode", lambda: False)
        monkeypatch.setattr(picture, "is_installed", lambda installed=installed: installed)
        code, out, _ = cli("doctor", "--json")
        (found,) = [each for each in records(out) if each["name"] == "pictures"]
        assert code == 1
        assert not found["ok"]
        assert word in str(found["sentence"])
